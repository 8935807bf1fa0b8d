"""The opinions of reviewers on a link, as the column `opinions` of a link table holds them.

An opinion is `{reviewer} {day} {verdict}`, then ` as {kind}` where the reviewer has named a kind, then `: {comment}`;
several are separated by ` | `: `kemi:reviewer/a 2026-11-29 accept as narrowed: vain nuoret | kemi:reviewer/b …`.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

ACCEPT, LEAN, REJECT, UNSURE = "accept", "lean", "reject", "unsure"
VERDICTS = (ACCEPT, LEAN, REJECT, UNSURE)
LONGEST_COMMENT = 500
_BETWEEN = " | "
_FORM = re.compile(
    rf"(?P<reviewer>\S+:\S+) (?P<day>\d{{4}}-\d\d-\d\d) (?P<verdict>{'|'.join(VERDICTS)})"
    r"(?: as (?P<kind>[A-Za-z]+))?(?:: (?P<comment>.+))?"
)


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a reviewer (a CURIE, never a person's name) thought of a link on a day (ISO): one of VERDICTS.

    `kind` is what the reviewer would call the link, '' for what it is called. Who leans to a link sees it and thinks
    that a reasonable person may doubt it: such an opinion stands in no other's way, and settles nothing alone.
    """

    reviewer: str
    day: str
    verdict: str
    kind: str = ""
    comment: str = ""

    def __str__(self) -> str:
        kind = f" as {self.kind}" if self.kind else ""
        comment = f": {' '.join(self.comment.replace('|', '/').split())}" if self.comment.strip() else ""
        return f"{self.reviewer} {self.day} {self.verdict}{kind}{comment}"

    def label(self, kind: str) -> str:
        """The opinion on a link called `kind` in a word: a kind that it is for or leans to, reject or unsure."""
        return (self.kind or kind or ACCEPT) if self.verdict in (ACCEPT, LEAN) else self.verdict


def parse_opinions(text: str) -> tuple[Opinion, ...]:
    """The opinions of a cell; raises ValueError for what is none.

    >>> parse_opinions("kemi:reviewer/a 2026-11-29 accept as same: sama hanke")[0].comment
    'sama hanke'
    """
    return tuple(map(_parse, filter(None, (part.strip() for part in text.split("|")))))


def _parse(text: str) -> Opinion:
    match = _FORM.fullmatch(text)
    if match is None:
        raise ValueError(f"'{text}' is no opinion, such as 'kemi:reviewer/a 2026-11-29 {ACCEPT}'")
    try:
        date.fromisoformat(match["day"])
    except ValueError as error:
        raise ValueError(f"the day of the opinion '{text}' is no day") from error
    return Opinion(
        match["reviewer"], match["day"], match["verdict"], match["kind"] or "", match["comment"] or ""
    )


def write_opinions(opinions: Iterable[Opinion]) -> str:
    """The cell that holds the opinions, each once, in their order."""
    return _BETWEEN.join(dict.fromkeys(map(str, opinions)))
