"""Which thing a cell names: kinds of parties, references to decisions, the path of a thing's IRI."""
