"""The data: opening, loading, releases, a store elsewhere."""
