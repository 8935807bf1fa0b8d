"""The commands that make and keep document folders, and what they tell."""
