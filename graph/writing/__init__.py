"""Triples and quads as text: the same triples always give the same bytes."""
