"""HTTP, whatever is served over it."""
