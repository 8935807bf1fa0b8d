"""Plans and their trees."""
