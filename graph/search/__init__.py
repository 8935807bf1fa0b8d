"""Search by words: how texts become terms, the index of a release, and the questions that it answers."""
