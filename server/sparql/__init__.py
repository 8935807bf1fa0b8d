"""The SPARQL endpoint, the graph store protocol and the query editor."""
