"""Who stands behind a role of a row, which unit a post belongs to, and which outside organisations take part."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from hytegraph.graph.csv_files import read_csv
from hytegraph.graph.errors import TableError
from hytegraph.loaders.links.link import COMPOSITE, LEXICAL, STRUCTURAL, LinkAssertion, LinkEnd
from hytegraph.loaders.links.town_graph import Material, RowItems

METHOD = "roles/1"
FILE = "organisations.csv"
HEADER = ("slug", "name", "kind", "forms", "confidence", "note")
ROLE, POST, COLLABORATOR = "role", "post", "collaborator"
_SECTOR_HEAD = re.compile(r"toimialajohtaja", re.IGNORECASE)
_UNIT = re.compile(r"(?:toimiala|virasto)$")
_POST = re.compile(r"(?:johtaja|päällikkö|sihteeri|koordinaattori|tarkastaja)$")
_ROLE_SAME_STEM = 0.85
_POST_ONE_ROW, _POST_ROWS, _POST_SAME_STEM, _RESULT_AREA = 0.6, 0.75, 0.9, 0.6
_SHORTEST_STEM = 7
# Inflection and derivation change the end of a stem: työllisyyspäällikkö, työllisyyden.
_STEM_END = 2


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation outside the town's own: how it is called, what kind it is, the forms its name takes."""

    slug: str
    name: str
    kind: str
    forms: tuple[str, ...]
    confidence: float
    note: str


def read_organisations(folder: Path) -> tuple[Organisation, ...]:
    """The outside organisations that the town's documents name, () where no one has listed them; raises TableError."""
    file = folder / FILE
    if not file.exists():
        return ()
    table = read_csv(file, FILE)
    if table.header != HEADER:
        raise TableError(FILE, "-", f"the columns are not {', '.join(HEADER)}", line=table.header_line)
    return tuple(_organisation(cells, line) for line, cells in table.records())


def _organisation(cells: dict[str, str], line: int) -> Organisation:
    forms = tuple(form.strip() for form in cells["forms"].split("|"))
    try:
        confidence = float(cells["confidence"])
    except ValueError as error:
        reason = f"confidence '{cells['confidence']}' is no number"
        raise TableError(FILE, cells["slug"] or "-", reason, line=line) from error
    return Organisation(cells["slug"], cells["name"], cells["kind"], forms, confidence, cells["note"])


def suggest_roles(material: Material, organisations: Sequence[Organisation]) -> tuple[LinkAssertion, ...]:
    """Roles resolved to posts, posts placed in units, and organisations that take part."""
    units = {each.id: each for each in material.graph.elements("sector", "resultArea")}
    posts = {each.id: each for each in material.graph.elements("post")}
    texts = material.graph.elements("measure", "project", "realisation")
    return (
        *_resolved(material.rows, posts.values(), units),
        *_placed(material.rows, posts, units),
        *_collaborators(texts, organisations, material.graph.town),
    )


def _resolved(
    rows: Iterable[RowItems], posts: Iterable[LinkEnd], units: dict[str, LinkEnd]
) -> Iterator[LinkAssertion]:
    """`Toimialajohtaja` in a sector's table is the post whose name has the sector's stem, if the documents name it."""
    by_name = {post.text.casefold(): post for post in posts}
    for row in rows:
        for party in row.responsible:
            if row.sector not in units or not _SECTOR_HEAD.fullmatch(party.text.strip()):
                continue
            sector = units[row.sector].text
            post = by_name.get(f"{_UNIT.sub('', sector.casefold())}johtaja")
            if post:
                yield _link(
                    LinkEnd(row.id, "row", party.text, evidence=party.evidence),
                    "hyte:responsibleAgent",
                    post,
                    ROLE,
                    _ROLE_SAME_STEM,
                    COMPOSITE,
                    party.text,
                    f"Rivi on toimialan ”{sector}” taulukossa, ja asiakirjat nimeävät viran ”{post.text}”.",
                )


def _placed(
    rows: Sequence[RowItems], posts: dict[str, LinkEnd], units: dict[str, LinkEnd]
) -> Iterator[LinkAssertion]:
    sectors: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in rows:
        for post in {party.id for party in row.responsible if party.id in posts}:
            if row.sector in units:
                sectors[post][row.sector] += 1
    for post, counts in sorted(sectors.items()):
        # A post that stands in the tables of two sectors tells nothing of its own.
        if len(counts) == 1:
            ((sector, count),) = counts.items()
            yield _in_sector(posts[post], units[sector], count)
            yield from _in_result_area(posts[post], sector, units)


def _in_sector(post: LinkEnd, sector: LinkEnd, count: int) -> LinkAssertion:
    same = _UNIT.sub("", sector.text.casefold()) == _POST.sub("", post.text.casefold())
    confidence = _POST_SAME_STEM if same else _POST_ROWS if count > 1 else _POST_ONE_ROW
    rows = "yhdellä rivillä" if count == 1 else f"{count} rivillä"
    why = f"Virka on vastuutahona {rows}, vain tämän toimialan taulukoissa."
    return _link(post, "org:postIn", sector, POST, confidence, STRUCTURAL, "", why)


def _in_result_area(post: LinkEnd, sector: str, units: dict[str, LinkEnd]) -> Iterator[LinkAssertion]:
    stem = _POST.sub("", post.text.casefold().rsplit(" ", 1)[-1])
    stem = stem[: max(len(stem) - _STEM_END, _SHORTEST_STEM)]
    if len(stem) < _SHORTEST_STEM:
        return
    for unit in units.values():
        words = unit.text.casefold().split()
        shared = [word for word in words if word.startswith(stem)]
        if unit.kind == "resultArea" and unit.id.startswith(f"{sector}/") and shared:
            why = f"Viran ja tulosalueen nimessä on sama sanavartalo: {stem}."
            yield _link(post, "org:postIn", unit, POST, _RESULT_AREA, LEXICAL, shared[0], why)


def _collaborators(
    texts: Iterable[LinkEnd], organisations: Sequence[Organisation], town: str
) -> Iterator[LinkAssertion]:
    patterns = [(each, _pattern(each.forms)) for each in organisations]
    for text in texts:
        for organisation, pattern in patterns:
            found = list(dict.fromkeys(match[0] for match in pattern.finditer(text.text)))
            if found:
                node = LinkEnd(
                    f"{town}:organisation/{organisation.slug}", organisation.kind, organisation.name
                )
                why = organisation.note or "Teksti nimeää organisaation."
                confidence = organisation.confidence
                yield _link(
                    text, "hyte:collaborator", node, COLLABORATOR, confidence, LEXICAL, " | ".join(found), why
                )


def _pattern(forms: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(forms, key=lambda form: (-len(form), form))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?![\w:])", re.IGNORECASE)


def _link(
    subject: LinkEnd,
    predicate: str,
    target: LinkEnd,
    kind: str,
    confidence: float,
    justification: str,
    cue: str,
    why: str,
) -> LinkAssertion:
    return LinkAssertion(
        subject=subject.id,
        predicate=predicate,
        object=target.id,
        kind=kind,
        confidence=confidence,
        method=METHOD,
        justification=justification,
        cue=cue,
        rationale=why,
        subject_label=subject.text,
        object_label=target.text,
        subject_evidence=subject.evidence,
        object_evidence=target.evidence,
    )
