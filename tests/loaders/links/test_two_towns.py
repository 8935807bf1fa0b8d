"""What is suggested for one town says nothing of another, though both write the same words."""

from collections import Counter

import pytest

from hytegraph.graph.query.towns import slug_in
from hytegraph.graph.results import Row
from hytegraph.graph.store.dataset import Dataset
from hytegraph.loaders.build import build
from hytegraph.loaders.extract import Town, extract_files
from hytegraph.loaders.links.suggest import suggest_folder, write_folder
from tests.loaders.conftest import TEXTS

pytestmark = pytest.mark.whole

BASE = "https://w3id.org/hytegraph/"
CLAIMS = """
PREFIX hyte: <https://w3id.org/hytegraph/ns#>
SELECT ?kind ?claim ?subject ?object WHERE {
  VALUES ?class { hyte:Alignment hyte:SdgLinkAssertion hyte:StatusAssessment hyte:ThemeAssertion hyte:RowPairing }
  GRAPH ?graph {
    ?claim a ?class ;
      hyte:assertedSubject ?subject .
    OPTIONAL { ?claim hyte:assertedObject ?object }
  }
  BIND(STRAFTER(STR(?class), "#") AS ?kind)
}
"""


@pytest.fixture(scope="module")
def claims(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, str, str, str]]:
    """Every claim of a release of two towns with the same documents: its kind, and the towns of it and its ends."""
    folder = tmp_path_factory.mktemp("towns")
    folders = []
    for name, code in (("Mallila", "999"), ("Kontiola", "998")):
        folders.append(folder / name.lower())
        extract_files(sorted(TEXTS.glob("*.txt")), folders[-1], Town(name, code))
        write_folder(folders[-1], suggest_folder(folders[-1]))
    built = build(folders, folder / "release")
    assert built.release, built.report
    rows = Dataset.open(folder / "release").select(CLAIMS)
    return [
        (row.text("kind"), _town(row, "claim"), _town(row, "subject"), _town(row, "object")) for row in rows
    ]


def _town(row: Row, name: str) -> str:
    return slug_in(row.text(name), BASE)


def test_both_ends_of_a_claim_are_of_the_town_of_the_claim(claims: list[tuple[str, str, str, str]]) -> None:
    assert [
        (kind, claim, subject, object)
        for kind, claim, subject, object in claims
        if subject != claim or object not in (claim, "")
    ] == []


def test_towns_with_the_same_documents_have_the_same_claims(claims: list[tuple[str, str, str, str]]) -> None:
    of_town = {
        town: Counter(kind for kind, claim, _, _ in claims if claim == town)
        for town in ("mallila", "kontiola")
    }

    assert of_town["mallila"] == of_town["kontiola"]
    assert set(of_town["mallila"]) >= {"Alignment", "SdgLinkAssertion", "StatusAssessment"}
    assert sum(of_town["mallila"].values()) * 2 == len(claims)
