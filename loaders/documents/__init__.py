"""Document folders: texts, tables, slugs, what a person has corrected."""
