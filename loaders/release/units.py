"""Which document folders are made into one part: all folders of one town."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from hytegraph.graph.iris import slug_of
from hytegraph.loaders.documents.folder import MANIFEST, read_folder, read_manifest


@dataclass(frozen=True, slots=True)
class Unit:
    """The folders that hold documents of the same towns, nearly always one folder of one town; towns by their slugs."""

    towns: tuple[str, ...]
    folders: tuple[Path, ...]

    @property
    def name(self) -> str:
        """What the unit is called in messages and among the inputs of a release."""
        return "+".join(self.towns)


def document_folders(paths: Sequence[Path]) -> tuple[Path, ...]:
    """The document folders at the paths: each itself, or the folders in it where it holds document folders only."""
    found: list[Path] = []
    for path in paths:
        inner = (
            [] if (path / MANIFEST).exists() else sorted(file.parent for file in path.glob(f"*/{MANIFEST}"))
        )
        found += inner or [path]
    return tuple(found)


def units_of(folders: Iterable[Path]) -> tuple[Unit, ...]:
    """The units of document folders by the slugs of their towns, whatever the order in which the folders are given.

    Raises ManifestError for a folder without a usable manifest.
    """
    groups: list[tuple[set[str], list[tuple[list[str], Path]]]] = []
    for folder in folders:
        entries = read_manifest(folder) or [source.entry for source in read_folder(folder).sources]
        towns = {slug_of(entry.town) for entry in entries}
        told = [(sorted(entry.slug for entry in entries), folder)]
        for group in [group for group in groups if group[0] & towns]:
            groups.remove(group)
            towns, told = towns | group[0], told + group[1]
        groups.append((towns, told))
    units = (
        Unit(tuple(sorted(towns)), tuple(folder for _, folder in sorted(told))) for towns, told in groups
    )
    return tuple(sorted(units, key=lambda unit: unit.towns))
