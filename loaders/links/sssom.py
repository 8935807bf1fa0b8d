"""Link tables in the SSSOM form: tab-separated values under a metadata header, for spreadsheets, diffs and SSSOM
tools.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from hytegraph.graph.errors import TableError
from hytegraph.graph.iris import DEFAULT_BASE
from hytegraph.graph.replacing import replace_file
from hytegraph.graph.vocab import DCT, HYTE, ORG, SKOS
from hytegraph.loaders.links.judging.opinions import parse_opinions
from hytegraph.loaders.links.link import (
    ACCEPTED_BY_RULE,
    NO_MATCH,
    NOT,
    REVIEW_STATES,
    SUGGESTED,
    LinkAssertion,
)

CURIE_MAP = {
    "dct": DCT.iri,
    "hyte": HYTE.iri,
    "org": ORG.iri,
    "sdg": "http://metadata.un.org/sdg/",
    "semapv": "https://w3id.org/semapv/vocab/",
    "skos": SKOS.iri,
    "sssom": "https://w3id.org/sssom/",
    "theme": "https://w3id.org/hytegraph/themes#",
}
FOLDER = "links"
# Column to field of LinkAssertion, in the order of the table; SSSOM's own columns first.
COLUMNS = {
    "subject_id": "subject",
    "subject_label": "subject_label",
    "predicate_id": "predicate",
    "predicate_modifier": "predicate_modifier",
    "object_id": "object",
    "object_label": "object_label",
    "mapping_justification": "justification",
    "confidence": "confidence",
    "reviewer_id": "reviewer",
    "reviewer_label": "reviewer_label",
    "review_date": "review_date",
    "comment": "rationale",
    "review_status": "review_status",
    "kind": "kind",
    "method": "method",
    "cue": "cue",
    "subject_evidence": "subject_evidence",
    "object_evidence": "object_evidence",
    "opinions": "opinions",
    "suggested_kind": "suggested_kind",
    "value": "value",
    "searched_in": "searched_in",
}
_EXTENSIONS = (
    *("review_status", "kind", "method", "cue", "subject_evidence", "object_evidence"),
    *("opinions", "suggested_kind", "value", "searched_in"),
)
# A column of those tables only that have something to put into it.
_WHERE_USED = ("value", "searched_in")
_REQUIRED = (
    "subject_id",
    "predicate_id",
    "object_id",
    "mapping_justification",
    "confidence",
    "review_status",
)
_NUMBER = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class LinkTable:
    """A link table: its name, the town whose things its CURIEs name, what it holds, its links."""

    name: str
    town: str
    title: str
    links: tuple[LinkAssertion, ...]


def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """A sort key by which L99 stands before L100."""
    return tuple((1, int(part), "") if part.isdigit() else (0, 0, part) for part in _NUMBER.split(text))


def in_order(links: Iterable[LinkAssertion]) -> tuple[LinkAssertion, ...]:
    """The links in the order of a table."""
    return tuple(sorted(links, key=lambda link: tuple(map(natural, link.key))))


def write_links(table: LinkTable) -> str:
    """The table as SSSOM/TSV text, sorted, LF."""
    header = yaml.safe_dump(_metadata(table), allow_unicode=True, sort_keys=False, width=1000)
    out = io.StringIO()
    out.writelines(f"#{line}\n" for line in header.splitlines())
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    columns = _columns(table)
    writer.writerow(columns)
    writer.writerows(_cells(link, columns) for link in in_order(table.links))
    return out.getvalue()


def _columns(table: LinkTable) -> list[str]:
    return [
        column
        for column, field in COLUMNS.items()
        if column not in _WHERE_USED or any(getattr(link, field) for link in table.links)
    ]


def _metadata(table: LinkTable) -> dict[str, Any]:
    columns = _columns(table)
    return {
        "sssom_version": "1.1",
        "mapping_set_id": f"{DEFAULT_BASE}id/{table.town}/links/{table.name}",
        "mapping_set_title": table.title,
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "curie_map": {table.town: f"{DEFAULT_BASE}id/{table.town}/", **CURIE_MAP},
        "extension_definitions": [
            {"slot_name": name, "property": f"hyte:{_camel(name)}", "type_hint": "xsd:string"}
            for name in _EXTENSIONS
            if name in columns
        ],
    }


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def _cells(link: LinkAssertion, columns: Iterable[str]) -> list[str]:
    values = {column: getattr(link, COLUMNS[column]) for column in columns}
    values["confidence"] = f"{link.confidence:.2f}" if link.has_confidence else ""
    return [" ".join(str(value).split()) for value in values.values()]


def table_file(folder: Path, name: str) -> Path:
    """Where a link table of a document folder is kept."""
    return folder / FOLDER / f"{name}.tsv"


def write_table(folder: Path, table: LinkTable) -> None:
    """Put a table into a document folder in one step."""
    file = table_file(folder, table.name)
    file.parent.mkdir(exist_ok=True)
    replace_file(file, write_links(table).encode())


def read_link_tables(folder: Path) -> tuple[LinkTable, ...]:
    """The link tables that a document folder has, by name; raises TableError for a broken one."""
    return tuple(read_links(file) for file in sorted((folder / FOLDER).glob("*.tsv")))


def read_links(path: Path) -> LinkTable:
    """Read a link table as a person's spreadsheet may have saved it; raises TableError naming the line."""
    name = f"{path.parent.name}/{path.name}"
    try:
        lines = path.read_bytes().decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise TableError(name, "-", "the file is not UTF-8") from error
    start = next(
        (number for number, line in enumerate(lines) if not line.startswith(("#", '"#'))), len(lines)
    )
    metadata = _read_metadata(name, lines[:start])
    reader = csv.DictReader(lines[start:], delimiter="\t")
    missing = [column for column in _REQUIRED if column not in (reader.fieldnames or ())]
    if missing:
        raise TableError(name, "-", f"the column '{missing[0]}' is missing", line=start + 1)
    links = tuple(_read_link(name, cells, start + reader.line_num) for cells in reader if any(cells.values()))
    town = next(
        (
            prefix
            for prefix, iri in metadata.get("curie_map", {}).items()
            if iri == f"{DEFAULT_BASE}id/{prefix}/"
        ),
        "",
    )
    if not town:
        raise TableError(name, "-", "the header's curie_map names no town", line=1)
    return LinkTable(path.stem, town, str(metadata.get("mapping_set_title", "")), links)


def _read_metadata(name: str, lines: list[str]) -> Mapping[str, Any]:
    # A spreadsheet pads the header's lines with tabs and quotes those that hold a comma or a quotation mark.
    plain = (line.rstrip("\t").strip('"').removeprefix("#").replace('""', '"') for line in lines)
    try:
        found = yaml.safe_load("\n".join(plain)) or {}
    except yaml.YAMLError as error:
        raise TableError(name, "-", f"the metadata header is no YAML ({error})", line=1) from error
    if not isinstance(found, dict):
        raise TableError(name, "-", "the metadata header is no YAML mapping", line=1)
    return found


def _read_link(name: str, cells: Mapping[str, str | None], line: int) -> LinkAssertion:
    values = {field: (cells.get(column) or "").strip() for column, field in COLUMNS.items()}
    subject = values["subject"]
    try:
        number = values.pop("confidence").replace(",", ".")
        confidence = 0.0 if not number and values["object"] == NO_MATCH else float(number)
    except ValueError as error:
        raise TableError(name, subject, "confidence is no number", line=line) from error
    for broken, reason in (
        (None in cells, "the row has more cells than columns"),
        (not subject, "subject_id is empty"),
        (not 0 <= confidence <= 1, f"confidence {confidence} is not between 0 and 1"),
        (
            values["review_status"] not in REVIEW_STATES,
            f"review_status is none of {', '.join(REVIEW_STATES)}",
        ),
        (not _is_date(values["review_date"]), f"review_date '{values['review_date']}' is no ISO date"),
        (
            values["predicate_modifier"] == NOT and values["review_status"] in (SUGGESTED, ACCEPTED_BY_RULE),
            f"that a link is '{NOT}' so is for a reviewer to say",
        ),
    ):
        if broken:
            raise TableError(name, subject or "-", reason, line=line)
    try:
        parse_opinions(values["opinions"])
    except ValueError as error:
        raise TableError(name, subject, str(error), line=line) from error
    return LinkAssertion(confidence=confidence, **values)


def _is_date(text: str) -> bool:
    try:
        return not text or bool(date.fromisoformat(text))
    except ValueError:
        return False
