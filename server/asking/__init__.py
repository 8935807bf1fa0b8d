"""Asking a release or a running service from Python, and for assistants by the Model Context Protocol."""
