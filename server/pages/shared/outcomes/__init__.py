"""What came of things: measures counted by state, and what paragraphs of reports speak of."""
