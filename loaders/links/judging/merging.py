"""Puts together what two people have judged in copies of the same link tables."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from hytegraph.graph.errors import TableError
from hytegraph.graph.kappa import Kappa
from hytegraph.loaders.links.judging.agreement import Pairs, kappas_of
from hytegraph.loaders.links.judging.opinions import Opinion
from hytegraph.loaders.links.judging.reviewers import read_reviewers
from hytegraph.loaders.links.judging.settling import Reviewers, as_suggested, opinions_of, settled
from hytegraph.loaders.links.link import SUGGESTED, LinkAssertion
from hytegraph.loaders.links.sssom import FOLDER, LinkTable, read_link_tables


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A link that stays open, with the opinions of the one copy and of the other."""

    table: str
    link: LinkAssertion
    first: tuple[Opinion, ...]
    second: tuple[Opinion, ...]


@dataclass(frozen=True, slots=True)
class Merged:
    """The merged tables, the reviewers of both, what is open, and agreement by table and label."""

    tables: tuple[LinkTable, ...]
    reviewers: Reviewers
    open: tuple[Disagreement, ...]
    kappas: Mapping[tuple[str, str], Kappa]


@dataclass(frozen=True, slots=True)
class _Judged:
    """A link, the opinions of the folder that neither copy has taken back, and the new ones of each copy."""

    link: LinkAssertion
    kept: tuple[Opinion, ...]
    first: tuple[Opinion, ...]
    second: tuple[Opinion, ...]

    @property
    def opinions(self) -> tuple[Opinion, ...]:
        """What is thought of the link once the copies are put together."""
        return tuple(dict.fromkeys((*self.kept, *self.first, *self.second)))


def merge_copies(folder: Path, first: Path, second: Path) -> Merged:
    """The link tables of a folder with what has been judged in two copies of it, not yet written.

    Raises TableError for a copy without link tables, and what reading them raises.
    """
    copies = [{table.name: table for table in _tables(copy)} for copy in (first, second)]
    reviewers = {**read_reviewers(folder), **read_reviewers(first), **read_reviewers(second)}
    own = {table.name: table for table in read_link_tables(folder)}
    tables: list[LinkTable] = []
    open_: list[Disagreement] = []
    labels: dict[str, Pairs] = defaultdict(list)
    for name in sorted({*own, *copies[0], *copies[1]}):
        versions = [copy.get(name) for copy in (own, *copies)]
        links = []
        for judged in _side_by_side(versions):
            link, kind = judged.link, as_suggested(judged.link).kind
            if judged.opinions != opinions_of(link):
                link = settled(name, link, judged.opinions, reviewers)
            links.append(link)
            if judged.first and judged.second:
                labels[name].append((judged.first[-1].label(kind), judged.second[-1].label(kind)))
            if (judged.first or judged.second) and not link.reviewer:
                open_.append(Disagreement(name, link, judged.first, judged.second))
        template = next(version for version in versions if version)
        tables.append(replace(template, links=tuple(links)))
    kappas = {
        (name, label): kappa for name, pairs in labels.items() for label, kappa in kappas_of(pairs).items()
    }
    return Merged(tuple(tables), reviewers, tuple(open_), kappas)


def _tables(copy: Path) -> tuple[LinkTable, ...]:
    tables = read_link_tables(copy)
    if not tables:
        raise TableError(f"{copy.name}/{FOLDER}", "-", "there is no link table to merge")
    return tables


def _side_by_side(versions: Iterable[LinkTable | None]) -> Iterator[_Judged]:
    """Each link of the folder, and each that a copy has judged and the folder lacks."""
    own, *copies = (
        {as_suggested(link).key: link for link in (each.links if each else ())} for each in versions
    )
    judged = (key for copy in copies for key, link in copy.items() if opinions_of(link))
    for key in dict.fromkeys((*own, *judged)):
        held = [version.get(key) for version in (own, *copies)]
        before = opinions_of(held[0]) if held[0] else ()
        # A copy without the link has changed nothing about it.
        sides = [opinions_of(each) if each else before for each in held[1:]]
        kept = tuple(each for each in before if all(each in side for side in sides))
        new = [tuple(each for each in side if each not in before) for side in sides]
        # A link that only a copy has comes without opinions, lest it seem settled already.
        link = held[0] or replace(
            as_suggested(next(filter(None, held))), opinions="", review_status=SUGGESTED
        )
        yield _Judged(link, kept, *new)
