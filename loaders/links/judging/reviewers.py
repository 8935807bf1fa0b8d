"""Who reviews the links of a document folder, as `links/reviewers.csv` tells it: roles, and never persons."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode, Quad

from hytegraph.graph.csv_files import csv_bytes, read_csv
from hytegraph.graph.errors import TableError
from hytegraph.graph.iris import common_graph
from hytegraph.graph.languages import LANGUAGES, Text
from hytegraph.graph.replacing import replace_file
from hytegraph.graph.vocab import HYTE, RDF, RDFS
from hytegraph.loaders.links.town_graph import TownGraph

MUNICIPALITY, PROJECT_READER, LANGUAGE_MODEL = "municipality", "projectReader", "languageModel"
SORTS = (MUNICIPALITY, PROJECT_READER, LANGUAGE_MODEL)
FILE = "links/reviewers.csv"
COLUMNS = ("reviewer", "sort", *LANGUAGES)
_CURIE = re.compile(r"[a-z0-9-]+:(?:reviewer|post|role)/[a-z0-9][a-z0-9-]*")


@dataclass(frozen=True, slots=True)
class Reviewer:
    """One who reviews: a CURIE such as `kemi:reviewer/reader-1`, its sort (one of SORTS), and what it is called."""

    curie: str
    sort: str
    label: Text


def read_reviewers(folder: Path) -> Mapping[str, Reviewer]:
    """The reviewers of a folder by CURIE, none where it has no such file; raises TableError naming the line."""
    file = folder / FILE
    if not file.exists():
        return {}
    table = read_csv(file, FILE)
    missing = [column for column in COLUMNS if column not in table.header]
    if missing:
        raise TableError(FILE, "-", f"the column '{missing[0]}' is missing", line=table.header_line)
    reviewers: dict[str, Reviewer] = {}
    for line, cells in table.records():
        curie, sort, label = cells["reviewer"], cells["sort"], Text.of(cells)
        for broken, reason in (
            (not _CURIE.fullmatch(curie), f"'{curie}' is no reviewer, such as 'kemi:reviewer/reader-1'"),
            (sort not in SORTS, f"sort '{sort}' is none of {', '.join(SORTS)}"),
            (not all(label[language] for language in LANGUAGES), "a reviewer has a name in fi, sv and en"),
            (curie in reviewers, "the reviewer stands twice"),
        ):
            if broken:
                raise TableError(FILE, curie or "-", reason, line=line)
        reviewers[curie] = Reviewer(curie, sort, label)
    return reviewers


def write_reviewers(folder: Path, reviewers: Iterable[Reviewer]) -> None:
    """Write the file of reviewers, sorted, in one step."""
    rows = ((each.curie, each.sort, *(each.label[language] for language in LANGUAGES)) for each in reviewers)
    replace_file(folder / FILE, csv_bytes(COLUMNS, sorted(rows)))


def reviewer_quads(reviewers: Iterable[Reviewer], graph: TownGraph) -> Iterator[Quad]:
    """The reviewers as things with their sort and names; raises TableError for one of another town."""
    place = common_graph(graph.base, "links/accepted")
    for each in reviewers:
        if not each.curie.startswith(f"{graph.town}:"):
            raise TableError(FILE, each.curie, f"a reviewer of these documents begins with '{graph.town}:'")
        node = NamedNode(graph.iri(each.curie))
        yield Quad(node, RDF.type, HYTE.ReviewerRole, place)
        yield Quad(node, HYTE.reviewerSort, HYTE[each.sort], place)
        for literal in each.label.literals():
            yield Quad(node, RDFS.label, literal, place)
