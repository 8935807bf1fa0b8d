"""Which words can stand by themselves in a document."""

import pytest

from hytegraph.loaders.documents.words import DocumentWords


@pytest.mark.parametrize(
    "word, is_known",
    [
        ("ja", True),
        ("Ry", True),
        ("EU", True),
        ("aj", False),
        ("talossa", True),
        ("kylätalossa", True),
        ("taloss", False),
        # The document writes a form of it.
        ("digiosake", False),
        ("Mallilansaarella", True),
    ],
)
def test_a_word_stands_alone_where_it_is_short_and_known_or_a_form_or_seen(word: str, is_known: bool) -> None:
    assert DocumentWords(["mallilansaaren"]).knows(word) == is_known
