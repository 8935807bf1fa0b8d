"""From document folders to a validated release."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pyoxigraph import CanonicalizationAlgorithm, Quad, RdfFormat, parse
from pyoxigraph import Dataset as QuadSet

from hytegraph.graph.errors import BuildError
from hytegraph.graph.iris import DEFAULT_BASE, Iris, common_graph, slug_of
from hytegraph.graph.reasoning.rules import inferred_quads
from hytegraph.graph.resources import data_files, data_folder, ontology_quads
from hytegraph.graph.search.build_index import make_index
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.store.document_texts import TEXTS
from hytegraph.graph.store.dumps import measure_dumps
from hytegraph.graph.store.meanings import refuse_changed_meanings
from hytegraph.graph.store.release import (
    SEARCH_INDEX,
    SUMMARIES,
    Release,
    in_canonical_forms,
    is_up_to_date,
    read_release,
    write_release,
)
from hytegraph.graph.summaries.build_tables import make_summaries
from hytegraph.graph.validation.expected import FILE, expected_csv, read_expected
from hytegraph.graph.validation.report import Report
from hytegraph.graph.validation.report_turtle import report_turtle
from hytegraph.graph.validation.validate import validate
from hytegraph.graph.writing.serialise import write_lines
from hytegraph.loaders.catalogue import Rights, catalogue_quads, graph_counts
from hytegraph.loaders.documents.folder import MANIFEST, Folder, Source, read_folder
from hytegraph.loaders.links.quads import link_quads
from hytegraph.loaders.links.sssom import read_link_tables
from hytegraph.loaders.links.town_graph import TownGraph
from hytegraph.loaders.privacy.decisions import FILE as PRIVACY_FILE
from hytegraph.loaders.privacy.waiting import refuse_unjudged
from hytegraph.loaders.quads.steps import folder_quads


@dataclass(frozen=True, slots=True)
class Built:
    """What a build gave: the release, or None when the candidate broke a shape; the report; whether it was new."""

    release: Release | None
    report: Report | None
    fresh: bool


def build(
    folders: Sequence[Path],
    out: Path,
    base: str = DEFAULT_BASE,
    rights: Rights | None = None,
    *,
    force: bool = False,
) -> Built:
    """Build a release from document folders; a candidate with a Violation leaves the old release in place.

    Raises BuildError for a base or licence that is no IRI and for documents that cannot be released together.
    """
    _check_base(base)
    refuse_unjudged(folders)
    rights = rights or Rights()
    inputs = fingerprint(folders, base, rights)
    if not force and is_up_to_date(out, inputs):
        return Built(read_release(out), None, fresh=False)
    read = [read_folder(folder) for folder in folders]
    _refuse_clashes(read)
    quads = {quad for folder in read for quad in _with_links(folder, base)}
    quads |= set(common_quads(base))
    quads |= set(inferred_quads(quads, base))
    quads = in_canonical_forms(quads)
    quads |= set(catalogue_quads(base, read, quads, rights))
    refuse_changed_meanings(out, quads, base)
    expected = [each for folder in folders for each in read_expected(folder / FILE, base)]
    report = validate(quads, base, expected=expected)
    if not report.conforms:
        return Built(None, report, fresh=True)
    dataset = Dataset.of(data := write_lines(quads))
    files = _texts(read) | _files(data, dataset, report, base) | {FILE: expected_csv(expected).encode()}
    manifest = _manifest(read, inputs, base, files, quads, report) | {
        "dumps": measure_dumps(dataset),
        "licence": rights.licence,
        "publisher": rights.publisher,
    }
    release = write_release(out, files, manifest)
    return Built(release, report, fresh=True)


def _texts(read: Iterable[Folder]) -> dict[str, bytes]:
    return {_text_file(source): source.text.text.encode() for folder in read for source in folder.sources}


def _files(data: bytes, dataset: Dataset, report: Report, base: str) -> dict[str, bytes]:
    """The files of a release that are made of its data alone, by name."""
    return {
        "data.nq": data,
        SEARCH_INDEX: make_index(dataset),
        SUMMARIES: make_summaries(dataset, base),
        "report.json": report.as_json().encode(),
        "report.ttl": report_turtle(report).encode(),
    }


def _check_base(base: str) -> None:
    try:
        Iris(base, "x")
    except ValueError as error:
        raise BuildError(str(error)) from error


def _with_links(folder: Folder, base: str) -> set[Quad]:
    """The quads of a folder's documents and of its link tables."""
    quads = folder_quads(folder, base)
    graph = TownGraph(quads, base, slug_of(folder.sources[0].entry.town))
    return quads | set(link_quads(read_link_tables(folder.path), graph))


def common_quads(base: str) -> Iterator[Quad]:
    """Ontology, code lists, SDGs, alignments and shapes, with canonical names for their blank nodes."""
    common, shapes = QuadSet(ontology_quads(base)), common_graph(base, "shapes")
    for file in data_files("shapes", "*.ttl"):
        for triple in parse(file.read_bytes(), RdfFormat.TURTLE, rename_blank_nodes=True):
            common.add(Quad(triple.subject, triple.predicate, triple.object, shapes))
    common.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    yield from common


def _text_file(source: Source) -> str:
    """Where the redacted text lies in the release; the names of files may clash between towns, slugs may not."""
    return f"{TEXTS}/{slug_of(source.entry.town)}/{source.entry.slug}.txt"


def _refuse_clashes(folders: Iterable[Folder]) -> None:
    seen: dict[tuple[str, str], Path] = {}
    for folder in folders:
        for source in folder.sources:
            key = (source.entry.town, source.entry.slug)
            if key in seen:
                raise BuildError(f"{seen[key]} and {folder.path} both hold a document '{key[1]}' of {key[0]}")
            seen[key] = folder.path


def fingerprint(folders: Sequence[Path], base: str, rights: Rights | None = None) -> dict[str, str]:
    """The checksum of everything a release is made from, by a name that is the same on every machine."""
    rights = rights or Rights()
    inputs = {"base": base, "version": version("hytegraph")}
    inputs |= {"licence": rights.licence, "publisher": rights.publisher}
    for number, folder in enumerate(folders, 1):
        if not (folder / MANIFEST).exists():
            read_folder(folder)
        # Two towns' folders may have one name, and the folder may be given as `.`.
        name = folder.resolve().name + (f"#{number}" if len(folders) > 1 else "")
        for file in sorted(folder.rglob("*")):
            hidden = any(part.startswith(".") for part in file.relative_to(folder).parts)
            # What may be personal data leaves no trace in a release, not even its checksum.
            if file.is_file() and not hidden and file.name != PRIVACY_FILE:
                inputs[f"{name}/{file.relative_to(folder).as_posix()}"] = _sha256(file)
    for name, pattern in (
        ("graph", "**/*.py"),
        ("graph", "**/*.rq"),
        ("graph", "**/*.sql"),
        ("graph", "**/*.toml"),
        ("loaders", "**/*.py"),
        ("loaders", "**/*.csv"),
        ("ontology", "*.ttl"),
        ("queries", "checks/*"),
        ("queries", "gaps/*.rq"),
        ("queries", "rules/*.rq"),
        ("shapes", "*.ttl"),
    ):
        files = sorted(data_folder(name).glob(pattern))
        inputs[f"{name}/{pattern}"] = hashlib.sha256("".join(map(_sha256, files)).encode()).hexdigest()
    return inputs


def _sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _manifest(
    folders: Iterable[Folder],
    inputs: Mapping[str, str],
    base: str,
    files: Mapping[str, bytes],
    quads: Iterable[Quad],
    report: Report,
) -> dict[str, Any]:
    documents = [
        {
            "name": source.entry.name,
            "iri": Iris(base, slug_of(source.entry.town)).thing("document", source.entry.slug).value,
            "text": _text_file(source),
            "textSha256": hashlib.sha256(source.text.text.encode()).hexdigest(),
            "title": dict(source.entry.title),
            "sha256": source.entry.sha256,
            "lines": source.coverage.lines,
            "nonBlankLines": source.coverage.non_blank,
            "unexplainedLines": len(source.coverage.unexplained),
        }
        for folder in folders
        for source in folder.sources
    ]
    data = files["data.nq"]
    return {
        "hytegraph": version("hytegraph"),
        "base": base,
        "inputs": dict(inputs),
        "documents": documents,
        "data": {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data), "quads": data.count(b"\n")},
        "search": _described(files[SEARCH_INDEX]),
        "summaries": _described(files[SUMMARIES]),
        "graphs": dict(sorted(graph_counts(quads).items())),
        "validation": {"rules": len(report.rules), "results": dict(sorted(report.counts().items()))},
    }


def _described(content: bytes) -> dict[str, str | int]:
    return {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
