"""The municipalities of Finland, by code, Finnish or Swedish name; an operator can add others in a file."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from hytegraph.graph.csv_files import read_csv
from hytegraph.graph.errors import Reason, TableError, TownError

OWN_LIST = Path(__file__).with_name("municipalities.csv")
_COLUMNS = ("code", "name_fi", "name_sv", "valid_from", "valid_to", "successor")
_NEEDED = _COLUMNS[:2]
_CODE = re.compile(r"\d{3}")
_NEAREST = 3


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality with its three-digit code, and the days from and to which it is one ('' where none is known)."""

    code: str
    name: str
    name_sv: str = ""
    valid_from: str = ""
    valid_to: str = ""
    successor: str = ""

    @property
    def names(self) -> Mapping[str, str]:
        """The names by language."""
        return {"fi": self.name} | ({"sv": self.name_sv} if self.name_sv else {})

    def __str__(self) -> str:
        other = f" / {self.name_sv}" if self.name_sv not in ("", self.name) else ""
        return f"{self.name}{other} ({self.code})"


def read_municipalities(path: Path) -> tuple[Municipality, ...]:
    """The municipalities of a file with the columns of the project's own list; all but code and name_fi may be left
    out.

    Raises TownError where the file is missing, TableError with the row that cannot be used.
    """
    if not path.is_file():
        raise TownError(Reason("there is no list of municipalities at {path}", path=str(path)))
    file = read_csv(path, path.name)
    missing = [name for name in _NEEDED if name not in file.header]
    unknown = [name for name in file.header if name not in _COLUMNS]
    if missing or unknown:
        reason = f"the columns are {', '.join(_COLUMNS)}, of which {', '.join(_NEEDED)} are needed"
        raise TableError(path.name, "-", reason, line=file.header_line)
    municipalities = []
    for line, cells in file.records():
        try:
            municipalities.append(_municipality({name: cells.get(name, "").strip() for name in _COLUMNS}))
        except ValueError as error:
            raise TableError(path.name, cells["code"], str(error), line=line) from error
    return tuple(municipalities)


def _municipality(cells: Mapping[str, str]) -> Municipality:
    if not _CODE.fullmatch(cells["code"]):
        raise ValueError(f"the code '{cells['code']}' is not of three digits")
    if not cells["name_fi"]:
        raise ValueError("the Finnish name is missing")
    for day in (cells["valid_from"], cells["valid_to"]):
        if day:
            date.fromisoformat(day)
    return Municipality(*(cells[name] for name in _COLUMNS))


@cache
def own_municipalities() -> tuple[Municipality, ...]:
    """Those of the project's own list."""
    return read_municipalities(OWN_LIST)


def find_municipality(
    given: str, *, code: str = "", added: Path | None = None, today: date | None = None
) -> Municipality:
    """The municipality of that name or code, which must have the other code too where one is given.

    `added` is an operator's own list, which goes before the project's. Raises TownError with the nearest names for an
    unknown one, and with the successor for one that is no municipality any more.
    """
    own = read_municipalities(added) if added else ()
    codes = {municipality.code for municipality in own}
    known = (*own, *(municipality for municipality in own_municipalities() if municipality.code not in codes))
    wanted = _key(given)
    fitting = [
        municipality
        for municipality in known
        if wanted and wanted in (municipality.code, _key(municipality.name), _key(municipality.name_sv))
    ]
    day = (today or date.today()).isoformat()
    now = [each for each in fitting if not each.valid_to or each.valid_to >= day]
    if not fitting:
        raise _unknown(given, known)
    if not now:
        raise _ended(fitting[0], known)
    if code and now[0].code != code:
        reason = Reason("{town} does not have the code {code}", town=str(now[0]), code=code)
        raise TownError(reason)
    if now[0].valid_from > day:
        reason = Reason("{town} is a municipality from {day} on", town=str(now[0]), day=now[0].valid_from)
        raise TownError(reason)
    return now[0]


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()


def _unknown(given: str, known: Sequence[Municipality]) -> TownError:
    by_name = {_key(name): each for each in known for name in each.names.values() if not each.valid_to}
    nearest = [str(by_name[name]) for name in get_close_matches(_key(given), by_name, _NEAREST, 0.5)]
    if not nearest:
        return TownError(Reason("no municipality is called '{name}'", name=given))
    names = ", ".join(dict.fromkeys(nearest))
    return TownError(
        Reason("no municipality is called '{name}'; the nearest are: {names}", name=given, names=names)
    )


def _ended(former: Municipality, known: Sequence[Municipality]) -> TownError:
    successor = next((str(each) for each in known if each.code == former.successor), "")
    if successor:
        reason = Reason(
            "{town} was a municipality until {day}; it is part of {successor} now",
            town=str(former),
            day=former.valid_to,
            successor=successor,
        )
    else:
        reason = Reason("{town} was a municipality until {day}", town=str(former), day=former.valid_to)
    return TownError(reason)
