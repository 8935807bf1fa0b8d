"""Which documents are others than they were in the release before."""

from pathlib import Path

import pytest

from hytegraph.graph.iris import DEFAULT_BASE
from hytegraph.graph.releases.changes import (
    DOCUMENT_ADDED,
    DOCUMENT_REMOVED,
    DOCUMENT_REPLACED,
    changed_documents,
)
from hytegraph.graph.store.release import Release

IRI = f"{DEFAULT_BASE}id/mallila/document/ohjelma"


def release_of(sums: tuple[str, str] | None) -> Release:
    """A release with a document of these checksums (of the file, of its text without names), or without it."""
    documents = (
        [{"iri": IRI, "title": {"fi": "Ohjelma"}, "sha256": sums[0], "textSha256": sums[1]}] if sums else []
    )
    return Release(Path("release"), {"base": DEFAULT_BASE, "documents": documents})


@pytest.mark.parametrize(
    "before, after, what",
    [
        (("a", "b"), ("a", "b"), None),
        (("a", "b"), ("c", "d"), DOCUMENT_REPLACED),
        # The same file, of which less or more is left out as personal data.
        (("a", "b"), ("a", "d"), DOCUMENT_REPLACED),
        (("a", "b"), ("c", "b"), DOCUMENT_REPLACED),
        (None, ("a", "b"), DOCUMENT_ADDED),
        (("a", "b"), None, DOCUMENT_REMOVED),
    ],
)
def test_a_document_is_another_where_its_file_or_its_text_is(
    before: tuple[str, str] | None, after: tuple[str, str] | None, what: str | None
) -> None:
    found = list(changed_documents(release_of(before), release_of(after)))

    assert [change.what for change in found] == ([what] if what else [])
    for change in found:
        assert (change.thing, change.town, change.document, change.label) == (
            IRI,
            "mallila",
            "ohjelma",
            "Ohjelma",
        )
        assert (change.before, change.after) == (before[0] if before else "", after[0] if after else "")
