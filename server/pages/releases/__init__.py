"""The pages of the published releases, and of what each has changed."""
