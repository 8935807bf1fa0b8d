"""Themes and target groups."""
