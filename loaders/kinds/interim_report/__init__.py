"""Interim reports."""
