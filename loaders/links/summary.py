"""The reports of suggesting and reviewing links, as lines of text."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from hytegraph.graph.locking import alone_in
from hytegraph.loaders.links.judging.merging import Merged, merge_copies
from hytegraph.loaders.links.judging.reviewers import write_reviewers
from hytegraph.loaders.links.review import Review, Waiting, review_folder
from hytegraph.loaders.links.sssom import write_table
from hytegraph.loaders.links.suggest import ADDED, KEPT, Joined, suggest_folder, write_folder


def suggest_links(folders: Sequence[Path], *, dry_run: bool, every_change: bool) -> Iterator[str]:
    """Write new suggestions into the link tables of the folders; gives the lines of the report."""
    for folder in folders:
        # A reviewer may be judging the same tables.
        with alone_in(folder):
            joined = suggest_folder(folder)
            if not dry_run:
                write_folder(folder, joined)
        for each in joined:
            yield from _joined(each, every_change)


def _joined(joined: Joined, every_change: bool) -> Iterator[str]:
    states = Counter(link.outcome for link in joined.table.links)
    changes = Counter(change.what for change in joined.changes)
    held = ", ".join(f"{count} {state}" for state, count in sorted(states.items())) or "no links"
    yield f"{joined.table.name}.tsv: {held}" + "".join(
        f"; {changes[what]} {what}" for what in sorted(changes)
    )
    for change in joined.changes:
        if every_change or change.what != ADDED:
            link = change.link
            what = "kept as reviewed" if change.what == KEPT else change.what
            yield f"  {what}: {link.subject} {link.predicate} {link.object or link.object_label}: {change.why}"


def merge_reviews(folder: Path, first: Path, second: Path, *, dry_run: bool) -> tuple[bool, list[str]]:
    """Write what was judged in two copies into the folder's tables: whether nothing is open, and the report's lines."""
    with alone_in(folder):
        merged = merge_copies(folder, first, second)
        if not dry_run:
            for table in merged.tables:
                write_table(folder, table)
            if merged.reviewers:
                write_reviewers(folder, merged.reviewers.values())
    return not merged.open, list(_merged(merged))


def _merged(merged: Merged) -> Iterator[str]:
    for each in merged.open:
        link = each.link
        yield f"{each.table}.tsv: «{link.subject_label}» {link.kind} «{link.object_label or link.object}»"
        yield from (f"  {opinion}" for opinion in (*each.first, *each.second))
    yield f"{len(merged.open)} links stay open with the opinions of both"
    yield "table        label           judged by both     alike  by chance     kappa"
    for (table, label), kappa in merged.kappas.items():
        value = "–" if kappa.value is None else f"{kappa.value:.2f}"
        yield f"{table:12} {label:14} {kappa.items:15} {kappa.observed:9.0%} {kappa.chance:10.0%} {value:>9}"


def review_links(folders: Sequence[Path], limit: int) -> tuple[bool, list[str]]:
    """Whether the link tables of the folders are sound, and the lines of the report."""
    reviews = [review_folder(folder) for folder in folders]
    lines = [line for review in reviews for line in _review(review, limit)]
    return not any(review.faults for review in reviews), lines


def _review(review: Review, limit: int) -> Iterator[str]:
    for fault in review.faults:
        yield f"{fault.table}.tsv: {fault.link.subject} → {fault.link.object}: {fault.reason}"
    yield f"{len(review.waiting)} suggestions wait, {len(review.faults)} faults"
    yield from _waiting(review.waiting[:limit])
    yield "table        confidence   waiting   by rule  accepted  rejected  agreement"
    for each in review.agreements:
        judged = each.accepted + each.rejected
        share = f"{each.accepted / judged:9.0%}" if judged else "        –"
        yield (
            f"{each.table:12} {each.low:.2f}–{each.high:.2f} {each.waiting:10} {each.by_rule:9} "
            f"{each.accepted:9} {each.rejected:9}  {share}"
        )


def _waiting(waiting: Iterable[Waiting]) -> Iterator[str]:
    for each in waiting:
        link = each.link
        yield (
            f"  {each.table} {link.confidence:.2f}, {each.uses} uses: «{link.subject_label}» "
            f"{link.predicate.partition(':')[2]} «{link.object_label or link.object}» ({link.rationale})"
        )
