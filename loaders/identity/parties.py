"""Who is named as responsible: a sector, a post, a role several hold, a scope phrase, or something else."""

import re
from enum import Enum

_POST = r"(?:johtaja|päällikkö|rehtori|tarkastaja|geodeetti|arkkitehti|koordinaattori|sihteeri|lääkäri|insinööri|ohjaaja)"
_ROLE = r"(?:johtajat|päälliköt|rehtorit|esihenkilö|esihenkilöt|esimiehet|henkilöstö|vastaavat)"
_SCOPE = re.compile(r"(?:koko organisaatio|kaikki toimialat|toimialat|kaikki yksiköt)", re.IGNORECASE)


class PartyKind(Enum):
    """The kinds of responsible party: the value is the segment of the IRI."""

    SECTOR = "unit"
    POST = "post"
    ROLE = "role"
    SCOPE = "scope"
    OTHER = "party"


def party_kind(name: str) -> PartyKind:
    """The kind of a responsible party, from the form of its name.

    >>> party_kind("Kestävän kehityksen päällikkö")
    <PartyKind.POST: 'post'>
    """
    words = name.strip().rstrip(".,;").casefold()
    if _SCOPE.fullmatch(words):
        return PartyKind.SCOPE
    if re.fullmatch(r"\w+(?:toimiala|virasto)", words) or words == "kanslia":
        return PartyKind.SECTOR
    # "Toimialajohtaja" is another post in each sector's table, so it stays a role until it is resolved.
    if words == "toimialajohtaja" or re.search(rf"{_ROLE}$", words):
        return PartyKind.ROLE
    if re.search(rf"{_POST}$", words):
        return PartyKind.POST
    return PartyKind.OTHER


def party_name(name: str) -> str:
    """The name as a label: no closing comma, a capital first letter."""
    text = " ".join(name.split()).strip().rstrip(",;/")
    return text[:1].upper() + text[1:]
