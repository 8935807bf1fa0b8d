"""Recognises the units and posts that a responsibility cell names, by the endings of their names."""

import re

_UNIT = (
    r"(?:\w+toimiala|\w*virasto|\w*kanslia|\w+(?:lautakunta|hallitus|valtuusto|osasto|palvelut|yksikkö|tiimi|neuvosto)"
    r"|koko organisaatio|koko kaupunki|(?:kaikki )?(?:toimialat|tulosalueet|yksiköt))"
)
_POST = (
    r"(?:[A-ZÄÖÅ][\w-]*(?: [a-zäöå][\w-]*){0,2} )?[\w-]*(?:päällikkö|päälliköt|johtajat?|johtoryhmä|koordinaattorit?"
    r"|sihteerit?|rehtorit?|geodeetti|arkkitehti|tarkastaja|suunnittelija|esihenkilöt|esimiehet)"
)
_PARTY = rf"(?:(?i:{_UNIT})|{_POST})"
_SEPARATOR = r"(?:\s*[/,;]\s*|\s+(?:ja|sekä)\s+)"
_PARTIES = re.compile(rf"{_PARTY}(?:{_SEPARATOR}{_PARTY})*{_SEPARATOR[:-1]})?")
_AT_END = re.compile(rf"(?<=[^\s.,;:/–-])\s+((?=[A-ZÄÖÅ]){_PARTY}(?:{_SEPARATOR}{_PARTY})*)$")


def is_parties(text: str) -> bool:
    """Whether the text is nothing but names of units and posts."""
    return bool(_PARTIES.fullmatch(text.strip()))


def parties_at_end(text: str) -> str:
    """The units or posts that stand at the end of a line after another cell; empty when there are none."""
    match = _AT_END.search(text.strip())
    return match[1] if match and not is_parties(text) else ""


def parties_in(text: str) -> list[str]:
    """The units and posts of a cell, each by itself."""
    return [party for party in re.split(r"\s*[/,;]\s*|\s+(?:ja|sekä)\s+(?=[A-ZÄÖÅ])", text) if party]
