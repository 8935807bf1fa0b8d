"""Gives every thing that the tables name its slug, before any quad is written."""

from collections.abc import Callable, Iterable, Mapping

from hytegraph.loaders.documents.slugs import Registry, Slug
from hytegraph.loaders.documents.tables import Row, Table
from hytegraph.loaders.identity.paths import (
    decision_path,
    element_path,
    figure_path,
    named_path,
    party_path,
    unit_path,
)
from hytegraph.loaders.identity.references import find_references, reference_of
from hytegraph.loaders.identity.rows import registered


def mint(documents: Iterable[tuple[str, str, Mapping[str, Table]]], registry: Iterable[Slug]) -> Registry:
    """The registry with a slug for each thing that the tables name; what is registered stays as it is.

    A document is given as its slug, the period or version of the plan whose aims it states, and its tables. Slugs are
    given in the order of the documents, of `_STEPS` and of the rows, so the same tables give the same slugs.
    """
    minted = Registry(registry, mints=True)
    for document, scope, tables in documents:
        known = {(slug.type, slug.scope, slug.wording) for slug in minted}
        for slug in registered(document, tables, minted):
            if (slug.type, slug.scope, slug.wording) not in known:
                minted.add(slug)
        for name, step in _STEPS.items():
            for row in tables[name].rows if name in tables else ():
                step(minted, scope, row)
    return Registry(minted, minted.labels)


def _units(slugs: Registry, _: str, row: Row) -> None:
    for unit in row.values("unit"):
        if row["kind"] == "sector":
            unit_path(slugs, unit)
        else:
            unit_path(slugs, row["parent"], unit)


def _element(type_: str) -> Callable[[Registry, str, Row], None]:
    def step(slugs: Registry, scope: str, row: Row) -> None:
        for wording in row.values(type_):
            slugs.show(type_, scope, wording)
        _aim(slugs, scope, row)

    return step


def _aim(slugs: Registry, scope: str, row: Row) -> None:
    for aim in row.values("aim"):
        element_path(slugs, "aim", scope, aim)


def _sector(slugs: Registry, _: str, row: Row) -> None:
    if row["sector"]:
        unit_path(slugs, row["sector"])


def _citation(slugs: Registry, _: str, row: Row) -> None:
    decision_path(slugs, reference_of(row))


def _decision(slugs: Registry, scope: str, row: Row) -> None:
    _citation(slugs, scope, row)
    for post in (*row.values("preparedBy"), *row.values("presentedBy")):
        named_path(slugs, "post", post)


def _measure(slugs: Registry, scope: str, row: Row) -> None:
    _aim(slugs, scope, row)
    _sector(slugs, scope, row)
    for goal in row.values("goal"):
        element_path(slugs, "goal", scope, goal)
    for reference in find_references(row["cites"]):
        decision_path(slugs, reference)
    for party in (*row.values("responsible"), *row.values("partner")):
        party_path(slugs, party)


def _figure(slugs: Registry, _: str, row: Row) -> None:
    figure_path(slugs, row)


_STEPS: dict[str, Callable[[Registry, str, Row], None]] = {
    "units": _units,
    "aims": _aim,
    "goals": _element("goal"),
    "priorities": _element("priority"),
    "citations": _citation,
    "decisions": _decision,
    "measures": _measure,
    "realisations": _aim,
    "narratives": _sector,
    "figures": _figure,
    "amendments": _sector,
}
