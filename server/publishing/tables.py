"""The named queries as tables: CSV with its metadata (CSV on the Web), and a workbook in each language."""

import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pyoxigraph import Literal, NamedNode

from hytegraph.graph.formats import CSV
from hytegraph.graph.query.named import NamedQuery, Solutions, answer, answer_in, load_queries
from hytegraph.graph.query.town_quads import TownQuads
from hytegraph.graph.releases.row import Published
from hytegraph.graph.results import Term, text_of
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.vocab import XSD
from hytegraph.server.catalogue.about import About
from hytegraph.server.catalogue.rights import document_rights, licence_text
from hytegraph.server.pages.queries.of_towns import MOST_QUADS
from hytegraph.server.pages.shared.table import heading
from hytegraph.server.pages.shared.workbook import (
    LONGEST_CELL,
    LONGEST_NAME,
    new_workbook,
    write_notes,
)
from hytegraph.server.publishing.folder import OutFolder
from hytegraph.server.text.messages import LANGUAGES, Language, translate

_WIDTH = 24
_NUMBERS = frozenset(XSD[name] for name in ("integer", "decimal", "double", "float", "nonNegativeInteger"))
_TYPES = {
    XSD.integer: "integer",
    XSD.nonNegativeInteger: "integer",
    XSD.decimal: "decimal",
    XSD.date: "date",
    XSD.boolean: "boolean",
    XSD.gYear: "gYear",
}
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Answered:
    """A named query and its rows."""

    query: NamedQuery
    solutions: Solutions


def write_tables(out: OutFolder, release: Published, dataset: Dataset, about: About) -> None:
    """Write the tables of the named queries with the values that they have by themselves, metadata, and workbooks.

    Of data that are too large for queries over all of them each town has its own, as in the service.
    """
    if release.quads <= MOST_QUADS:
        _write_tables(out, "query", release, dataset, about)
        return
    towns = TownQuads(dataset, release.manifest["towns"], str(release.manifest["base"]), most=1)
    for town in sorted(release.manifest["towns"]):
        _write_tables(out, f"{town}/query", release, towns.of(town), about)


def _write_tables(out: OutFolder, folder: str, release: Published, dataset: Dataset, about: About) -> None:
    answered = []
    for query in load_queries().values():
        solutions = answer(dataset, query, {})
        if isinstance(solutions, Solutions):
            answered.append(Answered(query, solutions))
            out.write(f"{folder}/{query.name}.csv", answer_in(dataset, query, {}, CSV))
    metadata = json.dumps(_csvw(answered, release, about), ensure_ascii=False, indent=1) + "\n"
    out.write(f"{folder}/csv-metadata.json", metadata.encode())
    for language in LANGUAGES:
        out.write(f"{folder}/hytegraph.{language}.xlsx", _workbook(answered, release, about, language))


def _csvw(answered: list[Answered], release: Published, about: About) -> Mapping[str, Any]:
    """The metadata of all tables, by https://www.w3.org/TR/tabular-metadata/."""
    told: dict[str, Any] = {
        "@context": "http://www.w3.org/ns/csvw",
        "dc:title": _in_languages({each: about.titles.get(each, "") for each in LANGUAGES}),
        "dc:publisher": about.publisher,
        "schema:version": release.version,
        "dc:issued": {"@value": release.date.isoformat(), "@type": "xsd:date"},
        "dc:identifier": release.checksum,
    }
    if about.licence:
        told["dc:license"] = {"@id": about.licence.value}
    if about.rights:
        told["dc:rights"] = [
            {"@value": text.value, "@language": text.language or "und"} for text in about.rights
        ]
    return told | {"tables": [_table(each) for each in answered]}


def _table(answered: Answered) -> Mapping[str, Any]:
    query, solutions = answered.query, answered.solutions
    columns = [
        _column(name, query.name, [row[place] for row in solutions.terms])
        for place, name in enumerate(solutions.variables)
    ]
    return {
        "url": f"{query.name}.csv",
        "dc:title": _in_languages({each: query.summary[each] for each in LANGUAGES}),
        "tableSchema": {"columns": columns},
    }


def _column(name: str, table: str, terms: list[Term | None]) -> Mapping[str, Any]:
    told = {
        "name": name,
        "titles": name,
        "dc:description": _in_languages({each: heading(name, each, table) for each in LANGUAGES}),
        "datatype": _datatype([term for term in terms if term is not None]),
    }
    return told if _NAME.fullmatch(name) else {key: value for key, value in told.items() if key != "name"}


def _datatype(terms: list[Term]) -> str:
    """The datatype that all values of a column have; text where they have several."""
    found = {
        "anyURI"
        if isinstance(term, NamedNode)
        else _TYPES.get(term.datatype, "string")
        if isinstance(term, Literal)
        else "string"
        for term in terms
    }
    return found.pop() if len(found) == 1 else "string"


def _in_languages(texts: Mapping[str, str]) -> list[Mapping[str, str]]:
    return [{"@value": text, "@language": language} for language, text in texts.items() if text]


def _workbook(answered: list[Answered], release: Published, about: About, language: Language) -> bytes:
    """A workbook with the source first and then a sheet for each table; the same rows give the same bytes."""
    output = io.BytesIO()
    with new_workbook(output, about.titles.get(language, ""), constant_memory=True) as book:
        write_notes(book, _source(release, about, language), translate("publish.sheet.source", language))
        bold = book.add_format({"bold": True, "text_wrap": True})
        for each in answered:
            sheet = book.add_worksheet(each.query.name[:LONGEST_NAME])
            names = each.solutions.variables
            sheet.set_column(0, max(0, len(names) - 1), _WIDTH)
            sheet.freeze_panes(1, 0)
            for number, name in enumerate(names):
                sheet.write_string(0, number, heading(name, language, each.query.name), bold)
            for line, row in enumerate(each.solutions.terms, 1):
                for number, term in enumerate(row):
                    if isinstance(term, Literal) and term.datatype in _NUMBERS:
                        sheet.write_number(line, number, float(term.value))
                    elif term is not None:
                        sheet.write_string(line, number, text_of(term)[:LONGEST_CELL])
    return output.getvalue()


def _source(release: Published, about: About, language: Language) -> Iterator[tuple[str, str]]:
    """What the first sheet says of source and licence."""
    yield translate("publish.sheet.title", language), about.titles.get(language, "")
    yield translate("publish.sheet.publisher", language), about.publisher
    yield translate("column.version", language), release.version
    yield translate("column.date", language), release.date.isoformat()
    yield translate("workbook.licence", language), licence_text(about.licence, language)
    yield translate("workbook.modelling", language), licence_text(about.modelling, language)
    yield translate("workbook.words", language), translate("about.licence.documents", language)
    yield translate("publish.sheet.checksum", language), release.checksum
    yield translate("publish.sheet.address", language), about.root
    terms = {entry.document.value: entry.as_text(language) for entry in document_rights(about.data)}
    for document in release.manifest["documents"]:
        title = str(document["title"].get(language, document["name"]))
        words = terms.get(document["iri"], translate("rights.unstated", language))
        yield translate("column.document", language), f"{title}. {words}"
