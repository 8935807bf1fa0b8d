"""What the words of a cell say: lists, statuses and their legend, several roles in one, two languages."""
