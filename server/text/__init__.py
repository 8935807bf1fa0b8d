"""Texts in three languages, and terms of the graph as they are shown."""
