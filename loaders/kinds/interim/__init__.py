"""The parts of an interim report: its outline, budget narratives, amendment tables and figure tables."""
