"""Precision and recall of links against two readers, by confidence and by kind."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping

from benchmarks.links.labels import Labels
from hytegraph.loaders.links.link import NO_MATCH, LinkAssertion

BANDS = ((0.0, 0.5), (0.5, 0.6), (0.6, 0.8), (0.8, 1.01))
_Keep = Callable[[str], bool]


def agreement(labels: Labels, keep: _Keep) -> str:
    """How many of the pairs that a reader sees both see; nearly all pairs are none, so that kappa would say little."""
    seen = [verdicts for (subject, _), verdicts in labels.pairs.items() if keep(subject)]
    both = sum(len(verdicts) == 2 for verdicts in seen)
    return f"pairs of one reader or both {len(seen)}, of both {both} ({both / len(seen):.2f})"


def precision_and_recall(links: Iterable[LinkAssertion], labels: Labels, keep: _Keep) -> Iterator[str]:
    """The shown links that a reader has, and of what readers have clearly, and both, how much is shown."""
    shown = [
        link for link in links if link.object != NO_MATCH and link.kind != "sameText" and keep(link.subject)
    ]
    pairs = {pair: verdicts for pair, verdicts in labels.pairs.items() if keep(pair[0])}
    found = {(link.subject, link.object) for link in shown}
    right = [link for link in shown if (link.subject, link.object) in pairs]
    yield f"shown {len(shown)}, precision {_share(len(right), len(shown))}"
    clear = [pair for pair, told in pairs.items() if any(verdict.is_clear for verdict in told.values())]
    both = [pair for pair, told in pairs.items() if len(told) == 2]
    for name, wanted in (
        ("clear to a reader", clear),
        ("seen by both", both),
        ("seen by one or both", list(pairs)),
    ):
        yield f"  recall of {name}: {_share(sum(pair in found for pair in wanted), len(wanted))}"
    for low, high in BANDS:
        band = [link for link in shown if low <= link.confidence < high]
        hits = sum((link.subject, link.object) in pairs for link in band)
        if band:
            yield f"  confidence {low:.1f}-{min(high, 1.0):.1f}: {_share(hits, len(band))}"


def kinds(links: Iterable[LinkAssertion], labels: Labels, keep: _Keep) -> Iterator[str]:
    """How often the kind of a right link is one that a reader gives, by kind."""
    given: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for link in links:
        verdicts = labels.pairs.get((link.subject, link.object), {})
        if verdicts and keep(link.subject):
            given[link.kind] += 1
            right[link.kind] += link.kind in {verdict.kind for verdict in verdicts.values()}
    yield f"kind right {_share(right.total(), given.total())}"
    for kind, count in sorted(given.items()):
        yield f"  {kind}: {_share(right[kind], count)}"


def unmatched(links: Iterable[LinkAssertion], labels: Labels, keep: _Keep) -> Iterator[str]:
    """How often readers find no counterpart either, and how often they say the same of why."""
    for kind in ("dropped", "transferred", "new"):
        those = [
            link for link in links if link.kind == kind and keep(link.subject) and link.subject in labels.line
        ]
        none = sum(link.subject in labels.alone for link in those)
        same = sum(kind in labels.alone.get(link.subject, {}).values() for link in those)
        yield f"{kind}: no counterpart for a reader either {_share(none, len(those))}, and called so {_share(same, len(those))}"


def core_goals(
    found: Mapping[str, set[str]],
    first: Mapping[str, Mapping[str, str]],
    second: Mapping[str, Mapping[str, str]],
) -> Iterator[str]:
    """Goals of the UN: right where a reader has them at all, recall of those that are core to both or to each."""
    links = [(item, goal) for item, goals in found.items() for goal in goals]
    either = sum(goal in first.get(item, {}) or goal in second.get(item, {}) for item, goal in links)
    core = sum("core" in (first.get(i, {}).get(g), second.get(i, {}).get(g)) for i, g in links)
    yield f"links {len(links)}, precision: of core {_share(core, len(links))}, of core or also {_share(either, len(links))}"
    for name, readers in (("a", (first,)), ("b", (second,)), ("both", (first, second))):
        wanted = [
            (item, goal)
            for item, goals in readers[0].items()
            for goal, strength in goals.items()
            if all(reader.get(item, {}).get(goal) == "core" for reader in readers) and strength == "core"
        ]
        yield f"  recall of core of {name}: {_share(sum(g in found.get(i, ()) for i, g in wanted), len(wanted))}"


def _share(part: int, whole: int) -> str:
    return f"{part}/{whole} = {part / whole:.2f}" if whole else "0/0"
