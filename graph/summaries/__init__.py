"""Summaries: what pages sum up over a whole graph, asked once when a release is built, its rows kept by town."""
