"""Named queries and competency questions."""
