"""The report of data that were validated part by part.

Each part was validated with what all have in common, as if it were alone. Shapes and checks look at one town's things,
with these exceptions: a code is unused only when no part uses it, and names of what belongs to no town are compared
between the parts.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from pyoxigraph import Quad, Store

from hytegraph.graph.iris import DEFAULT_BASE
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.store.loading import merged
from hytegraph.graph.validation.checks import check_results
from hytegraph.graph.validation.expected import mark
from hytegraph.graph.validation.places import Names
from hytegraph.graph.validation.report import DocumentInfo, Expected, Finding, Report
from hytegraph.graph.validation.validate import findings_of, own_rules

# What they find wants that no part has something.
WANT_EVERY_PART = frozenset({"code-not-used"})
# They compare things that may come from several parts.
COMPARE_PARTS = frozenset({"label-repeated", "label-shared", "notation-repeated"})


def merge_reports(
    reports: Sequence[Report], shared: Iterable[Quad], expected: Iterable[Expected], base: str = DEFAULT_BASE
) -> Report:
    """The report of all parts together; `shared` are the quads about what belongs to no town.

    The reports are those of the parts without marks of expected findings.
    """
    store, rules = Store(), own_rules()
    quads = list(shared)
    store.bulk_extend(quads)
    names = Names(store)
    store.bulk_extend(list(merged(quads)))
    compared = [
        result for result in check_results(Dataset(store), base, COMPARE_PARTS) if result.focus is not None
    ]
    of_parts = (finding for report in reports for finding in report.findings)
    found = _of_any([*of_parts, *findings_of(compared, rules, names)])
    everywhere = _everywhere(reports)
    kept = [
        finding
        for finding in found.values()
        if finding.shape not in WANT_EVERY_PART or _identity(finding) in everywhere
    ]
    marked, missing = mark(sorted(kept, key=Finding.key), expected)
    documents = {document for report in reports for document in report.documents}
    engine = next((report.engine for report in reports), "")
    return Report(marked, rules, tuple(sorted(documents, key=_by_name)), missing, engine)


def _identity(finding: Finding) -> tuple[object, ...]:
    return (
        *(finding.severity, finding.shape, finding.focus, finding.path, finding.term, finding.component),
        finding.value,
    )


def _of_any(findings: Iterable[Finding]) -> dict[tuple[object, ...], Finding]:
    """Each finding once: of what several parts found, the one whose place comes first."""
    found: dict[tuple[object, ...], Finding] = {}
    for finding in findings:
        known = found.get(_identity(finding), finding)
        found[_identity(finding)] = min(
            known, finding, key=lambda each: (each.document, each.line, each.line_end)
        )
    return found


def _everywhere(reports: Sequence[Report]) -> frozenset[tuple[object, ...]]:
    """What every part has found."""
    counts = Counter(
        identity for report in reports for identity in {_identity(each) for each in report.findings}
    )
    return frozenset(identity for identity, count in counts.items() if count == len(reports))


def _by_name(document: DocumentInfo) -> tuple[str, str]:
    return document.identifier, document.iri
