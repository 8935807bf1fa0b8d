"""How much of an earlier wording a later one covers, and what joins the two."""

import pytest

from hytegraph.loaders.links.continuity.changes import predicate_of
from hytegraph.loaders.links.continuity.scope import NARROWED, OVERLAPPING, SAME, scope_of


@pytest.mark.parametrize(
    "kind, earlier, later, predicate",
    [
        (OVERLAPPING, "aim", "goal", "skos:relatedMatch"),
        (OVERLAPPING, "aim", "measure", "dct:relation"),
        (OVERLAPPING, "measure", "goal", "dct:relation"),
        (NARROWED, "aim", "measure", "hyte:continuedBy"),
    ],
)
def test_what_is_common_in_part_is_related_and_continued_by_nothing(
    kind: str, earlier: str, later: str, predicate: str
) -> None:
    assert predicate_of(kind, earlier, later) == predicate


@pytest.mark.parametrize(
    "earlier, later, scope",
    [
        # A short beginning, and an end of planning language, make no two things one.
        ("Kylätalo ja kyläkauppa", "Kylätalo", NARROWED),
        ("Kotipalvelut ja kirjastopalvelut", "Kotipalvelut", NARROWED),
        ("Kirjaston aukiolo", "Kirjastojen aukiolo", SAME),
    ],
)
def test_what_is_left_out_narrows_though_a_part_of_its_word_is_said(
    earlier: str, later: str, scope: str
) -> None:
    assert scope_of(earlier, later, frozenset()) == scope
