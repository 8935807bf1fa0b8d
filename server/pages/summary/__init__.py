"""Summaries of a town, aim, goal or party, to print or to send."""
