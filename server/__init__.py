"""Command line and HTTP: the only place that wires the parts."""
