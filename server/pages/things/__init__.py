"""The pages of single things."""
