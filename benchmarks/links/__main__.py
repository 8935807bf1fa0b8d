"""`python -m benchmarks.links`: suggests the links of Kemi and prints how true two readers find them.

What stands on even lines was used to fit and to choose; `--held-out` tells of the other half.
"""

import argparse
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from benchmarks.links import tables
from benchmarks.links.fit import fit
from benchmarks.links.labels import Labels, Resolver, line_of, read_labels, rows
from benchmarks.links.pairs import continuity_pairs, continuity_rows, report_pairs
from hytegraph.graph.iris import DEFAULT_BASE
from hytegraph.loaders.documents.folder import read_folder
from hytegraph.loaders.links.continuity.successors import suggest_continuity
from hytegraph.loaders.links.cues import read_cues
from hytegraph.loaders.links.link import LinkAssertion, LinkEnd
from hytegraph.loaders.links.reports import Reports, suggest_reports
from hytegraph.loaders.links.sdg import suggest_sdg
from hytegraph.loaders.links.town_graph import read_material

KEMI = Path(__file__).parents[2] / "documents" / "kemi"
_LEVELS = {
    "goals": ("goal",),
    "aims": ("aim",),
    "priorities": ("priority",),
    "measures": ("measure", "project"),
}
_ENDS = ("paragraph", "object")


def read_elements(folder: Path = KEMI) -> tuple[LinkEnd, ...]:
    """The elements that links are suggested for."""
    graph = read_material(read_folder(folder), DEFAULT_BASE).graph
    return graph.elements("aim", "goal", "priority", "measure", "project", "realisation")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.links", description=__doc__)
    parser.add_argument(
        "--held-out", action="store_true", help="the half on odd lines, which nothing is tuned on"
    )
    parser.add_argument(
        "--fit", action="store_true", help="print the weights that fit the half on even lines"
    )
    options = parser.parse_args()
    elements = read_elements()
    if options.fit:
        for name, weights in fitted(elements).items():
            print(name, *(f"{feature},{weight:.2f}" for feature, weight in weights.items()), sep="\n  ")
        return
    print("held out (odd lines)" if options.held_out else "tuned on (even lines)")
    _continuity(elements, held_out=options.held_out)
    _reports(elements, held_out=options.held_out)
    _sdg(elements, held_out=options.held_out)


def fitted(elements: Iterable[LinkEnd]) -> dict[str, dict[str, float]]:
    """The weights of both models, from the labels of even lines alone."""
    known = tuple(elements)
    pairs = continuity_pairs(known, read_labels(known, "goals", "measures"), held_out=False)
    reports = Reports(known)
    told = list(report_pairs(reports, read_labels(known, "report", ends=_ENDS), held_out=False))
    return {
        "continuity-model": fit(continuity_rows(known, pairs), [pair.truth for pair in pairs]),
        "report-model": fit(
            [reports.features(pair.earlier, pair.later) for pair in told], [pair.truth for pair in told]
        ),
    }


def _continuity(elements: tuple[LinkEnd, ...], *, held_out: bool) -> None:
    labels = read_labels(elements, "goals", "measures")
    later = {each.id for each in elements if each.period != "2023-12-04"}
    links = [link for link in suggest_continuity(elements) if link.object in later or ":" in link.object[:6]]
    kind_of = {each.id: each.kind for each in elements}
    for name, levels in _LEVELS.items():
        keep = _half(labels, kind_of, levels, held_out=held_out)
        _print(f"continuity of {name}", tables.agreement(labels, keep))
        _print("", *tables.precision_and_recall(_labelled(links, later), labels, keep))
        _print("", *tables.kinds(links, labels, keep))
    keep = _half(labels, kind_of, tuple(kind_of.values()), held_out=held_out)
    _print(
        "continuity, all levels", *tables.kinds(links, labels, keep), *tables.unmatched(links, labels, keep)
    )


def _labelled(links: Iterable[LinkAssertion], later: set[str]) -> list[LinkAssertion]:
    return [link for link in links if link.object in later]


def _half(
    labels: Labels, kind_of: Mapping[str, str], levels: tuple[str, ...], *, held_out: bool
) -> Callable[[str], bool]:
    subjects = labels.subjects(held_out=held_out)
    return lambda subject: subject in subjects and kind_of[subject] in levels


def _reports(elements: tuple[LinkEnd, ...], *, held_out: bool) -> None:
    labels = read_labels(elements, "report", ends=_ENDS)
    links = suggest_reports(elements)
    subjects = labels.subjects(held_out=held_out)
    _print("paragraphs of the report", tables.agreement(labels, lambda subject: subject in subjects))
    for kind in ("priority", "goal", "measure"):
        of_kind = {each.id for each in elements if each.kind == kind}
        part = Labels({pair: told for pair, told in labels.pairs.items() if pair[1] in of_kind})
        shown = [link for link in links if link.kind == kind]
        _print(kind, *tables.precision_and_recall(shown, part, lambda subject: subject in subjects))


def _sdg(elements: tuple[LinkEnd, ...], *, held_out: bool) -> None:
    resolve = Resolver(elements)
    readers: list[dict[str, dict[str, str]]] = []
    for reader in ("a", "b"):
        told: dict[str, dict[str, str]] = defaultdict(dict)
        for row in rows(reader, "sdg"):
            element = resolve(row["item"])
            if element and (line_of(row["item"]) % 2 == 1) == held_out:
                told[element.id][row["goal"]] = row["strength"]
        readers.append(told)
    items = readers[0].keys() | readers[1].keys()
    found: dict[str, set[str]] = defaultdict(set)
    for link in suggest_sdg(elements, read_cues("sdg")):
        if link.subject in items:
            found[link.subject].add(link.object.removeprefix("sdg:").partition(".")[0])
    _print("goals of the UN", *tables.core_goals(found, *readers))


def _print(title: str, *lines: str) -> None:
    if title:
        print(f"\n{title}")
    for line in lines:
        print(f"  {line}")


if __name__ == "__main__":
    main()
