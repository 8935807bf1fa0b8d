"""Document folders of invented towns, as many as a country has: the same arguments give the same bytes."""
