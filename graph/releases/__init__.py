"""The row of published releases, and what has changed from one to the next."""
