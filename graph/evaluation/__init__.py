"""Evaluating queries in processes that can be stopped."""
