"""Turns two readings of a town's plans, made apart from each other, into reviews of its link tables."""
