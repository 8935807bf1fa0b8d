"""Traces of an element."""
