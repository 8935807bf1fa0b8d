"""Towns side by side."""
