"""About the service, downloads, problems."""
