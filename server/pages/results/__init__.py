"""What came of the goals: measures, targets, and how it is known."""
