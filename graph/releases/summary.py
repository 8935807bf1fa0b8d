"""The changes of a release in short: how many of each kind, and the first of them; kept in the release itself."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from hytegraph.graph.errors import ReleaseError
from hytegraph.graph.releases.changes import Change, changes
from hytegraph.graph.store.release import Release

FILE = "changes.json"
# So many changes of each kind are listed of each class of things; the counts are of all.
MOST_LISTED = 200


@dataclass(frozen=True, slots=True)
class Count:
    """How many changes of a kind there are of one class of things of one document."""

    what: str
    town: str
    document: str
    kind: str
    changes: int


@dataclass(frozen=True, slots=True)
class Summary:
    """The changes from one release to the next: versions ('' for a draft) and checksums of both, counts, and changes.

    Of each kind the first MOST_LISTED changes are listed of each class of things.
    """

    earlier: str
    later: str
    checksums: tuple[str, str]
    counts: tuple[Count, ...]
    listed: tuple[Change, ...]

    def total(self, what: str) -> int:
        """How many changes of a kind there are."""
        return sum(count.changes for count in self.counts if count.what == what)

    def of(self, what: str) -> tuple[Change, ...]:
        """The listed changes of a kind."""
        return tuple(change for change in self.listed if change.what == what)

    def as_json(self) -> bytes:
        """The summary as JSON."""
        return (json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n").encode()


def summarise(old: Release, new: Release) -> Summary:
    """The changes from one release to another; raises OSError where the data of one cannot be read."""
    return summary_of(changes(old, new), old, new)


def summary_of(found: Iterable[Change], old: Release, new: Release) -> Summary:
    """The summary of changes that were found between two releases."""
    counts: Counter[tuple[str, str, str, str]] = Counter()
    numbers: Counter[tuple[str, str]] = Counter()
    listed = []
    for change in found:
        counts[change.what, change.town, change.document, change.kind] += 1
        numbers[change.what, change.kind] += 1
        if numbers[change.what, change.kind] <= MOST_LISTED:
            listed.append(change)
    rows = tuple(Count(*key, number) for key, number in sorted(counts.items()))
    return Summary(_version(old), _version(new), (old.checksum, new.checksum), rows, tuple(listed))


def read_summary(folder: Path) -> Summary | None:
    """The changes that a published release has brought; None for one without a release before it.

    Raises ReleaseError for a file that is damaged.
    """
    file = folder / FILE
    if not file.is_file():
        return None
    try:
        told: Mapping[str, Any] = json.loads(file.read_text("utf-8"))
        return Summary(
            str(told["earlier"]),
            str(told["later"]),
            (str(told["checksums"][0]), str(told["checksums"][1])),
            tuple(Count(**each) for each in told["counts"]),
            tuple(Change(**each) for each in told["listed"]),
        )
    except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
        raise ReleaseError(file, "the list of changes is damaged") from error


def _version(release: Release) -> str:
    return str((release.manifest.get("release") or {}).get("version", ""))
