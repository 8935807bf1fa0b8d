"""What came of measures and targets, derived by rule from what a report says of them."""
