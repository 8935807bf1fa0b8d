"""The strategy tables of an interim report."""
