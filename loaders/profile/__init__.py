"""Plans of any layout: what each table and column of a document is, and its rows by that profile."""
