"""The towns of a dataset, as their documents name them, and whose a thing is by its IRI."""

from pathlib import Path

import pytest

from hytegraph.graph.iris import DEFAULT_BASE
from hytegraph.graph.query.towns import nearest_towns, read_towns, slug_in
from hytegraph.graph.store.dataset import Dataset

TOWNS = Path(__file__).parents[2] / "data" / "server" / "towns.trig"


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return Dataset.open(TOWNS)


def test_towns_are_called_as_their_territory_and_stand_in_the_order_of_the_finnish_alphabet(
    dataset: Dataset,
) -> None:
    towns = read_towns(dataset, DEFAULT_BASE)

    assert [(town.slug, town.name("fi"), town.code) for town in towns.values()] == [
        ("lehtola", "Lehtola", "902"),
        ("oravala", "Oravalan kunta", ""),
        ("aanekunta", "Äänekunta", "901"),
    ]


def test_a_town_is_called_in_the_readers_language_else_in_finnish(dataset: Dataset) -> None:
    lehtola = read_towns(dataset, DEFAULT_BASE)["lehtola"]

    assert (lehtola.name("sv"), lehtola.name_language("sv")) == ("Lövby", "sv")
    assert (lehtola.name("en"), lehtola.name_language("en")) == ("Lehtola", "fi")


@pytest.mark.parametrize(
    ("iri", "slug"),
    [
        ("id/kemi", "kemi"),
        ("id/kemi/plan/2026", "kemi"),
        ("graph/kemi/document/x", "kemi"),
        ("ns#Goal", ""),
        ("data/kemi/x", ""),
    ],
)
def test_whose_a_thing_is_stands_in_its_iri(iri: str, slug: str) -> None:
    assert slug_in(DEFAULT_BASE + iri, DEFAULT_BASE) == slug
    assert slug_in(f"http://elsewhere.example/{iri}", DEFAULT_BASE) == ""


@pytest.mark.parametrize("written", ["aanekunta", "Äänekunta", "anekunta", "äänekuntta"])
def test_the_nearest_town_is_found_by_what_somebody_writes(dataset: Dataset, written: str) -> None:
    assert nearest_towns(read_towns(dataset, DEFAULT_BASE), written)[0].slug == "aanekunta"


def test_data_that_name_no_town_have_none() -> None:
    assert not read_towns(Dataset.open(TOWNS.with_name("protocol.trig")), DEFAULT_BASE)
