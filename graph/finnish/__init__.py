"""Finnish words for loaders, links and search: the dictionary, compounds, basic forms, and foldings of a text.

`dictionary` wraps simplemma; `compounds` splits words over it; `forms` gives basic forms and the terms of parts;
`folding` holds every way in which two texts count as the same, each for one purpose.
"""
