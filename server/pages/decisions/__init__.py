"""The decisions that the documents hold or refer to."""
