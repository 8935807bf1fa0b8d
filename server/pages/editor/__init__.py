"""The query editor."""
