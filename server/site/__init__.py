"""A release as a folder of files that any web server gives: the pages of the service, and the data beside them."""
