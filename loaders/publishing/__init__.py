"""The publishing of a release: what its publisher states, what must be in order, and its place in the row."""
