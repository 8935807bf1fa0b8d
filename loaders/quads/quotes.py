"""Quotes: the characters of a document, spaced as the text that was read from them."""


def spaced_as(raw: str, text: str) -> str:
    r"""The characters of the raw words, with white space where the clean text has it; '' for an empty text.

    >>> spaced_as("HYVIN-\nVOIVAT  kun talaiset", "Hyvinvoivat kuntalaiset")
    'HYVIN-VOIVAT kuntalaiset'
    """
    spaced, at = "", 0
    for character in raw if text else "":
        if character.isspace():
            continue
        if text[at : at + 1] == " ":
            spaced, at = f"{spaced} ", at + 1
        spaced += character
        at += text[at : at + 1].casefold() == character.casefold()
    return spaced
