"""Commands that ask a release or a service."""
