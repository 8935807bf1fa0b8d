"""The kinds of personal data, and the words that stand in a text where something was removed."""

import re

NAME = "name"
PHONE = "phone"
EMAIL = "email"
ACCOUNT = "account"
ADDRESS = "address"
IDENTITY = "identity"
LINE = "line"

MARKERS = {
    NAME: "[nimi poistettu]",
    PHONE: "[puhelin poistettu]",
    EMAIL: "[sähköposti poistettu]",
    ACCOUNT: "[tilinumero poistettu]",
    ADDRESS: "[osoite poistettu]",
    IDENTITY: "[tunnus poistettu]",
    LINE: "[henkilötietoja poistettu]",
}
KINDS = tuple(kind for kind in MARKERS if kind != LINE)
MARKER = re.compile("|".join(map(re.escape, MARKERS.values())))
_KIND_OF = {marker: kind for kind, marker in MARKERS.items()}


def kinds_removed(line: str) -> tuple[str, ...]:
    """The kinds of what was removed from a line, in order.

    >>> kinds_removed("Soita: [nimi poistettu], [puhelin poistettu]")
    ('name', 'phone')
    """
    return tuple(_KIND_OF[marker] for marker in MARKER.findall(line))


def is_removed(line: str) -> bool:
    """Whether a whole line was removed, because a person marked it."""
    return line.strip() == MARKERS[LINE]
