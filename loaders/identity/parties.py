"""Who is named as responsible: a sector, a post, a role several hold, a scope phrase, a project, or another party."""

import re
from enum import Enum

_POST = (
    r"(?:johtaja|päällikkö|rehtori|tarkastaja|geodeetti|arkkitehti|koordinaattori|sihteeri|lääkäri"
    r"|insinööri|ohjaaja)"
)
_ROLE = r"(?:johtajat|päälliköt|rehtorit|esihenkilö|esihenkilöt|esimiehet|henkilöstö|vastaavat)"
_SCOPE = re.compile(r"(?:koko organisaatio|kaikki toimialat|toimialat|kaikki yksiköt)", re.IGNORECASE)
_PROJECT = re.compile(r"(?:\b|[\w-])(?:hanke|projekti)\b")
# What is worked by, and nobody who works: a model, a programme, several projects, a year, a task.
_NO_PARTY = re.compile(
    r"(?:malli|polku|ohjelma|prosessi|hankkeet|projektit|plan)\b|\b(?:19|20)\d\d\b"
    r"|(?:minen|markkinointi|tuotanto|viestintä|suunnittelu|kehitys)\b(?!tiimi)"
)
_MOST_WORDS = 4


class PartyKind(Enum):
    """What an item of a responsibility cell names: the value is the segment of the IRI, '' for what names nobody."""

    SECTOR = "unit"
    POST = "post"
    ROLE = "role"
    SCOPE = "scope"
    PROJECT = "project"
    OTHER = "party"
    NONE = ""


def party_kind(name: str) -> PartyKind:
    """The kind of an item of a responsibility cell, from the form of its words.

    >>> party_kind("Kestävän kehityksen päällikkö"), party_kind("Jatkuvan parantamisen malli.")
    (<PartyKind.POST: 'post'>, <PartyKind.NONE: ''>)
    """
    words = name.strip().rstrip(".,;").casefold()
    if _SCOPE.fullmatch(words):
        return PartyKind.SCOPE
    if re.fullmatch(r"\w+(?:toimiala|virasto)", words):
        return PartyKind.SECTOR
    # "Toimialajohtaja" is another post in each sector's table, so it stays a role until it is resolved.
    if words == "toimialajohtaja" or re.search(rf"{_ROLE}$", words):
        return PartyKind.ROLE
    if re.search(rf"{_POST}$", words):
        return PartyKind.POST
    if _PROJECT.search(words):
        return PartyKind.PROJECT
    if _NO_PARTY.search(words) or len(words.split()) > _MOST_WORDS:
        return PartyKind.NONE
    return PartyKind.OTHER


def party_name(name: str) -> str:
    """The name as a label: no closing comma or full stop, a capital first letter."""
    text = " ".join(name.split()).strip().rstrip(",;/.")
    return text[:1].upper() + text[1:]
