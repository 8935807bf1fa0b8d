"""Elements over periods."""
