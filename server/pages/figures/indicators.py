"""The indicators of the measures, and whether the documents give a value for them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from flask import Blueprint, Response, request

from hytegraph.graph.results import Row
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.summaries.tables import Summaries
from hytegraph.server.context import dataset, is_of_all_towns, settings, summaries, town_of_rows
from hytegraph.server.http.parameters import Parameter, asks, in_towns
from hytegraph.server.http.problems import Problem, ProblemError
from hytegraph.server.pages.shared.by_town import by_town
from hytegraph.server.pages.shared.documents import place_link
from hytegraph.server.pages.shared.paging import PAGE, part_of
from hytegraph.server.pages.shared.table import Table
from hytegraph.server.pages.shared.view import View, respond
from hytegraph.server.text.labels import labels_of
from hytegraph.server.text.languages import reader_language
from hytegraph.server.text.links import Link, page_path, path_under
from hytegraph.server.text.messages import Language

blueprint = Blueprint("indicators", __name__)

SIZE = 50
VALUES = ("value", "digits", "none")
COLUMNS = (
    "period",
    "sector",
    "indicator",
    "measures",
    "realisation",
    "value",
    "document",
    "lineStart",
    "lineEnd",
)
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class ListedIndicator:
    """An indicator of a table row: the measures of the row, what is reported on the row, and the values, if any."""

    iri: str
    link: Link
    measures: tuple[tuple[str, Link], ...]
    periods: tuple[str, ...]
    sector: Link | None
    sector_path: str
    realisation: str
    values: tuple[str, ...]
    document: str
    start: int
    end: int
    row: Link | None

    @property
    def has(self) -> str:
        """`value` with a value in the data, `digits` with digits in what is reported on the row, else `none`."""
        return "value" if self.values else "digits" if _DIGIT.search(self.realisation) else "none"


@blueprint.get("/indicators")
@blueprint.get("/indicators.<suffix>")
@in_towns
@asks(
    Parameter("period", "Period of the plan.", example="2022-2025"),
    Parameter("sector", "Path of a sector.", example="id/kemi/unit/keskusvirasto"),
    Parameter("has", "What the documents give.", values=VALUES),
    PAGE,
)
def indicators_page(suffix: str | None = None) -> Response:
    """The indicators with their measures, and honestly whether a value is in the data."""
    if is_of_all_towns():
        return by_town("indicators", ("indicators", *(f"indicators-{has}" for has in VALUES)), suffix)
    base, language = settings().base, reader_language(request)
    listed = read_indicators(dataset(), summaries(), town_of_rows(), base, language)
    sectors = {each.sector_path: each.sector for each in listed if each.sector}
    periods = sorted({period for each in listed for period in each.periods})
    chosen = {
        "period": _chosen("period", periods),
        "sector": _chosen("sector", sectors),
        "has": _chosen("has", VALUES),
    }
    here = tuple(
        each
        for each in listed
        if (not chosen["period"] or chosen["period"] in each.periods)
        and (not chosen["sector"] or chosen["sector"] == each.sector_path)
    )
    shown = tuple(each for each in here if not chosen["has"] or each.has == chosen["has"])
    values = {
        "known": len(listed),
        "here": len(here),
        "counts": {name: sum(each.has == name for each in here) for name in VALUES},
        "sectors": sectors,
        "periods": periods,
        "chosen": chosen,
        "part": part_of(shown, SIZE),
    }
    things = [iri for each in shown for iri in (each.iri, *(measure for measure, _ in each.measures))]
    return respond(View("figures/indicators.html", values, _table(shown), tuple(things)), suffix)


@lru_cache(maxsize=6)
def read_indicators(
    dataset: Dataset, summaries: Summaries, town: str | None, base: str, language: Language
) -> tuple[ListedIndicator, ...]:
    """All indicators of a town (its slug) or of the data in the order of their documents; kept, as the data never
    change within a dataset.
    """
    rows = summaries.rows("indicator-rows", town)
    measures: dict[str, dict[str, Row]] = {}
    for row in summaries.rows("indicator-measures", town):
        measures.setdefault(row.text("indicator"), {})[row.text("measure")] = row
    observed: dict[str, list[str]] = {}
    for row in summaries.rows("indicator-values", town):
        observed.setdefault(row.text("indicator"), []).append(row.text("value"))
    sectors = {iri for row in rows if (iri := row.iri("sector"))}
    labels = labels_of(dataset, sectors, base, language)
    names = {iri: labels.link(iri) for iri in sectors}
    first = {(row.text("indicator"), row.text("row")): row for row in reversed(rows)}
    ordered = dict.fromkeys((row.text("indicator"), row.text("row")) for row in rows)
    return tuple(
        _listed(
            first[key],
            measures.get(key[0], {}),
            tuple(sorted(observed.get(key[0], ()))),
            names,
            base,
            language,
        )
        for key in ordered
    )


def _listed(
    row: Row,
    measures: Mapping[str, Row],
    values: tuple[str, ...],
    sectors: Mapping[str, Link],
    base: str,
    language: Language,
) -> ListedIndicator:
    start, end = int(row.text("start") or 0), int(row.text("end") or 0)
    iri, sector = row.text("indicator"), row.text("sector")
    return ListedIndicator(
        iri=iri,
        link=Link(row.text("label"), row.language("label"), page_path(iri, base)),
        measures=tuple(
            (measure, Link(each.text("label"), each.language("label"), path_under("trace", measure, base)))
            for measure, each in measures.items()
        ),
        periods=tuple(sorted({each.text("period") for each in measures.values() if each["period"]})),
        sector=sectors.get(sector),
        sector_path=sector.removeprefix(base),
        realisation=row.text("realisation"),
        values=values,
        document=row.text("name"),
        start=start,
        end=end,
        row=place_link(dataset(), (row.text("document"), start, end), base, language) if start else None,
    )


def _chosen(name: str, known: object) -> str:
    """The value of a parameter of the address; raises the 404 for one that is not in the data."""
    value = request.args.get(name, "")
    assert isinstance(known, list | tuple | dict)
    if value and value not in known:
        raise ProblemError(Problem(404, "not-found", f"There is no {name} {value!r} in this list."))
    return value


def _table(shown: tuple[ListedIndicator, ...]) -> Table:
    rows = tuple(
        (
            *(" | ".join(each.periods) or None, each.sector.text if each.sector else None, each.link.text),
            " | ".join(link.text for _, link in each.measures) or None,
            *(each.realisation or None, " | ".join(each.values) or None, each.document or None),
            *(each.start or None, each.end or None),
        )
        for each in shown
    )
    return Table("indicators", COLUMNS, rows)
