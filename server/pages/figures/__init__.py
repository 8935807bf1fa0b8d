"""Figures, indicators and amendments."""
