"""Readers of the forms in which municipalities publish: one module a form, each gives blocks."""
