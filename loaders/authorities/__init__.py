"""Lists of authorities that documents are checked against."""
