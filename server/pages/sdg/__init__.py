"""Links to the Sustainable Development Goals."""
