"""Documents to tables to quads."""
