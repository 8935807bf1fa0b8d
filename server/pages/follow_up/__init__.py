"""Follow-up: what the documents say of how the plans went."""
