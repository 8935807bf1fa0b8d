"""A release is written to a SPARQL store, and read back."""
