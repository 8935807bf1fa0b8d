"""Validation and checks."""
