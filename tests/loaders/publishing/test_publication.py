"""A publication file is read strictly: what cannot be used is named by its key."""

from pathlib import Path

import pytest

from hytegraph.graph.errors import PublicationError
from hytegraph.loaders.publishing.publication import read_publication

WRONG = {
    "bsae = 'x'": "bsae: it is not known; there are base, publisher",
    "publisher = 3": "publisher: it is not a text",
    "address = 'https://kunta.example'": "address: 'https://kunta.example' is not an http(s) address that ends",
    "release = 1": "release: it is not a table",
    "[release]\nversion = '1/2'": "release.version: '1/2' is not letters",
    "[release]\ndate = '2026-11-29'": "release.date: it is not a date",
    "[release]\nkeep = 0": 'release.keep: it is neither "all" nor a number from 1',
    "[release.notes]\nfin = 'x'": "release.notes.fin: it is not known",
    "[policy]\nlanguages = ['fi', 'de']": "policy.languages: it is not a list of fi, sv, en",
    "[policy]\nwaiting_links = -1": 'policy.waiting_links: it is neither "any"',
    "[hvd]\nlegislation = 'asetus'": "hvd.legislation: 'asetus' is not an http(s) IRI",
    "[hvd]\ncategory = [1]": "hvd.category: it is not an http(s) IRI",
    "base = ": "it is not TOML",
}


@pytest.mark.parametrize("text", WRONG)
def test_what_cannot_be_used_is_named_by_its_key(text: str, tmp_path: Path) -> None:
    file = tmp_path / "publication.toml"
    file.write_text(text, "utf-8")

    with pytest.raises(PublicationError) as refused:
        read_publication(file)
    assert str(refused.value).startswith(f"{file}: {WRONG[text]}")


def test_what_is_not_stated_has_no_value_of_our_own(tmp_path: Path) -> None:
    file = tmp_path / "publication.toml"
    file.write_text("[policy]\nlanguages = ['sv', 'fi']\n", "utf-8")
    publication = read_publication(file)

    assert (publication.version, publication.date, publication.keep) == ("", None, 0)
    assert publication.settings == {}
    assert publication.policy.languages == ("fi", "sv")
