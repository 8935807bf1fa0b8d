"""A candidate becomes a release of the row: the same files under a version, with what has changed since the last."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from hytegraph.graph.errors import ReleaseError
from hytegraph.graph.languages import LANGUAGES
from hytegraph.graph.releases.row import Published, published
from hytegraph.graph.releases.summary import FILE as CHANGES
from hytegraph.graph.releases.summary import Summary
from hytegraph.graph.store.release import MANIFEST, Content, Release, write_release
from hytegraph.loaders.publishing.publication import Publication


def candidate_link(release: Path) -> Path:
    """Where a release is built before it is published: beside the row, so that its files are linked and not copied."""
    return release.with_name(f"{release.name}.candidate")


def put_release(
    out: Path,
    candidate: Release,
    publication: Publication,
    row: Sequence[Published],
    summary: Summary | None,
) -> Published:
    """Publish a candidate as the release that the link `out` leads to; the row is that of the releases beside it.

    Publishing what is published already changes nothing. Raises ReleaseError where something else is in the way.
    """
    assert publication.date
    earlier = [one for one in row if one.version != publication.version]
    own = next((one for one in row if one.version == publication.version), None)
    told = {
        "version": publication.version,
        "date": publication.date.isoformat(),
        "notes": {language: publication.notes[language] for language in LANGUAGES},
        "number": own.number if own else (row[0].number + 1 if row else 1),
        "previous": own.previous if own else (earlier[0].version if earlier else ""),
        "keep": publication.keep,
    }
    folder = candidate.path.resolve()
    files: dict[str, Content] = {
        file.relative_to(folder).as_posix(): file
        for file in sorted(folder.rglob("*"))
        if file.is_file() and file.name != MANIFEST
    }
    if summary:
        files[CHANGES] = replace(summary, later=publication.version).as_json()
    manifest = {name: value for name, value in candidate.manifest.items() if name != "release"}
    released = published(write_release(out, files, manifest | {"release": told}))
    if released is None:
        raise ReleaseError(out, "the release was not published")
    return released
