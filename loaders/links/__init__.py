"""Links that no document states: suggested with evidence, kept in reviewable tables, turned into quads."""
