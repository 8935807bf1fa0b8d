"""A release from the parts of its units and the common part."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from typing import Any, Self

from pyoxigraph import NamedNode, RdfFormat, parse

from hytegraph.graph.errors import ReleaseError
from hytegraph.graph.iris import common_graph, town_beginnings
from hytegraph.graph.store.dumps.lines import lines_of_graphs
from hytegraph.graph.store.dumps.measured import measure_dumps
from hytegraph.graph.store.release import (
    DATA,
    DESCRIBED,
    Content,
    Release,
    read_release,
    write_release,
)
from hytegraph.graph.validation.expected import FILE, expected_csv
from hytegraph.graph.validation.merged import merge_reports
from hytegraph.graph.validation.report import Expected, Report
from hytegraph.graph.validation.report_turtle import report_turtle
from hytegraph.loaders.catalogue import Rights, catalogue_quads
from hytegraph.loaders.release.ahead import Merging
from hytegraph.loaders.release.lines import Written
from hytegraph.loaders.release.meanings import Piece, refuse_changed_meanings
from hytegraph.loaders.release.part import Part


@dataclass(frozen=True)
class Candidate:
    """What a release would be: the common part, the parts of the units in their order, the base and the rights."""

    common: Part
    parts: tuple[Part, ...]
    base: str
    rights: Rights

    @classmethod
    def of(cls, parts: Iterable[Part], base: str, rights: Rights) -> Self:
        """Of all parts, the common one first."""
        common, *others = parts
        return cls(common, tuple(others), base, rights)

    @property
    def documents(self) -> tuple[Mapping[str, Any], ...]:
        """All documents, as the manifest tells of them."""
        return tuple(document for part in self.parts for document in part.documents)

    @property
    def towns(self) -> Mapping[str, Mapping[str, Any]]:
        """By slug, checksum and number of the lines about each town."""
        return {town: facts for part in self.parts for town, facts in part.towns.items()}

    @property
    def expected(self) -> tuple[Expected, ...]:
        """The findings that are known and kept."""
        return tuple(each for part in self.parts for each in part.expected)

    @cached_property
    def shared(self) -> list[str]:
        """The lines about what belongs to no town, sorted, each once, with those of the catalogue."""
        shared = chain.from_iterable(part.shared() for part in (self.common, *self.parts))
        stated = set(self.rights.stated(shared, self.base))
        sizes = {name: size for name, size in self._sizes(stated).items() if name != self._catalogue}
        documents = (NamedNode(document["iri"]) for document in self.documents)
        catalogue = {f"{quad} .\n" for quad in catalogue_quads(self.base, documents, sizes, self.rights)}
        return sorted(stated | {line for line in catalogue if not self._is_of_town(line)})

    @property
    def sizes(self) -> Mapping[str, int]:
        """The number of quads of each graph of the release, by name."""
        return dict(sorted(self._sizes(self.shared).items()))

    def _sizes(self, shared: Iterable[str]) -> Mapping[str, int]:
        sizes = Counter(lines_of_graphs(shared))
        for part in self.parts:
            sizes.update(part.graphs)
        return sizes

    @property
    def _catalogue(self) -> str:
        return common_graph(self.base, "catalogue").value

    def _is_of_town(self, line: str) -> bool:
        """Whether a line of the catalogue is about a town's graph: then it is the part's."""
        graphs = f"<{self.base}graph/"
        return line.startswith(graphs) and line[len(graphs) :].partition("/")[0] in self.towns


def merge_report(candidate: Candidate) -> Report:
    """The report of the whole."""
    shared = parse("".join(candidate.shared), RdfFormat.N_QUADS)
    reports = [part.report() for part in candidate.parts]
    return merge_reports(reports, shared, candidate.expected, candidate.base)


def refuse_other_meanings(candidate: Candidate, out: Path) -> None:
    """Raise BuildError when an IRI of the release at `out` would mean another thing; only what changed is compared."""
    refuse_changed_meanings(out, candidate.base, _changed_pieces(candidate, out))


def _changed_pieces(candidate: Candidate, out: Path) -> Iterator[Piece]:
    try:
        before = read_release(out).manifest.get("towns", {})
    except ReleaseError:
        return
    for part in candidate.parts:
        if any(before.get(town) != facts for town, facts in part.towns.items()):
            yield Piece(part.lines.read_bytes(), town_beginnings(candidate.base, part.towns))
    things = [line for line in candidate.shared if line.startswith(f"<{candidate.base}id/")]
    subjects = sorted({line[: line.index("> ") + 2] for line in things})
    yield Piece("".join(things).encode(), subjects)


def finish_release(
    candidate: Candidate, report: Report, out: Path, inputs: Mapping[str, str], merging: Merging
) -> Release:
    """Put what is merged and what is made of the report together to a release at `out`."""
    files = _small_files(candidate, report) | {name: merging.work / name for name in DESCRIBED}
    data = merging.written()
    dumps = measure_dumps(merging.work / DATA, data.sha256, data.quads)
    # Index and summaries are still merged meanwhile.
    described = merging.described()
    manifest = _manifest(candidate, data, report) | described | {"inputs": dict(inputs), "dumps": dumps}
    return write_release(out, files, manifest)


def _small_files(candidate: Candidate, report: Report) -> dict[str, Content]:
    """The files of a release that are made from the report, and the texts."""
    files: dict[str, Content] = {
        "report.json": report.as_json().encode(),
        "report.ttl": report_turtle(report).encode(),
        FILE: expected_csv(candidate.expected).encode(),
    }
    for part in candidate.parts:
        files |= part.texts()
    return files


def _manifest(candidate: Candidate, data: Written, report: Report) -> dict[str, Any]:
    return {
        "hytegraph": version("hytegraph"),
        "base": candidate.base,
        "licence": candidate.rights.licence,
        "publisher": candidate.rights.publisher,
        "documents": list(candidate.documents),
        "towns": dict(sorted(candidate.towns.items())),
        "data": {"sha256": data.sha256, "bytes": data.size, "quads": data.quads},
        "graphs": candidate.sizes,
        "validation": {"rules": len(report.rules), "results": dict(sorted(report.counts().items()))},
    }
