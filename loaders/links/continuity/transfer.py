"""What left the municipalities by law: social, health and rescue services went to the wellbeing services counties."""

import re
from datetime import date

from hytegraph.graph.iris import slug_of

# Act 616/2021, section 1 with Act 612/2021, section 8: the counties have organised the services since that day.
DAY = date(2023, 1, 1)
_SECTORS = re.compile(
    r"perusturva|grundtrygghet|\bsote\b|\bsote-|sosiaali-?\s*(?:ja|&|\+)\s*tervey|social-?\s*(?:och|&)\s*hälso"
    r"|\bsosiaali(?:palvelu|toim)|\bterveys(?:palvelu|toim)|\bterveydenhuol|\bpelastus(?:laito|toim|palvelu)"
    r"|\bsocial(?:väsen|tjänst|service)|\bhälsovård|\bräddnings(?:verk|väsen)",
    re.IGNORECASE,
)
# Helsinki organises the services itself; Åland has its own law.
_OUTSIDE = (
    "Brändö Eckerö Finström Föglö Geta Hammarland Helsingfors Helsinki Jomala Kumlinge Kökar Lemland Lumparland "
    "Maarianhamina Mariehamn Saltvik Sottunga Sund Vårdö"
)
_TOWNS_OUTSIDE = frozenset(map(slug_of, _OUTSIDE.split()))


def left_by_law(sector: str, start: date, town: str) -> bool:
    """Whether a matter of this sector, planned from `start`, is no longer of the town (its slug) since DAY.

    >>> left_by_law("Perusturvatoimiala", date(2022, 1, 1), "kemi")
    True
    >>> left_by_law("Hyvinvointitoimiala", date(2022, 1, 1), "kemi")
    False
    """
    return start < DAY and town not in _TOWNS_OUTSIDE and bool(_SECTORS.search(sector))


def reason(sector: str) -> str:
    """Why, in words."""
    return (
        f"Toimialan nimi ”{sector}” kertoo, että sen tehtävien järjestäminen siirtyi lailla (612/2021, 616/2021) "
        f"kunnalta hyvinvointialueelle {DAY.day}.{DAY.month}.{DAY.year}. Sääntö päättelee tämän nimestä; "
        "asiakirja ei sano sitä tästä kohdasta."
    )
