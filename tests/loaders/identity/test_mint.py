"""Slugs are given by the tables alone, before any quad is written."""

from collections.abc import Mapping

from hytegraph.loaders.documents.slugs import Slug
from hytegraph.loaders.documents.tables import Table, table_of
from hytegraph.loaders.identity.mint import mint

FIGURE = {"sector": "Sivistystoimiala", "serviceArea": "Koulut", "indicator": "Oppilaita"}


def tables(**rows: list[Mapping[str, str]]) -> Mapping[str, Table]:
    return {name: table_of(name, given) for name, given in rows.items()}


def test_every_thing_that_a_row_names_gets_a_slug_under_the_things_it_stands_in() -> None:
    measure = {
        "aim": "Vahva arki",
        "goal": "Yhdessä",
        "responsible": "Kanslia | Rehtorit",
        "cites": "KV 5.11.2023 § 12",
    }
    documents = [
        (
            "ohjelma",
            "2023-2026",
            tables(measures=[measure], figures=[FIGURE, FIGURE | {"group": "Lapset", "parent": "Oppilaita"}]),
        )
    ]
    assert {(slug.type, slug.scope, slug.slug) for slug in mint(documents, ())} >= {
        ("aim", "2023-2026", "vahva-arki"),
        ("goal", "2023-2026", "yhdessa"),
        ("role", "", "rehtorit"),
        ("body", "", "kaupunginvaltuusto"),
        ("unit", "", "sivistystoimiala"),
        ("unit", "sivistystoimiala", "koulut"),
        ("figure", "sivistystoimiala/koulut", "oppilaita"),
        ("group", "sivistystoimiala/koulut", "lapset"),
        ("figure", "sivistystoimiala/koulut/lapset/oppilaita", "oppilaita"),
    }


def test_what_is_registered_stays_and_the_given_registry_is_not_touched() -> None:
    registry = (Slug("goal", "2026", "arki", "Yhdessä"),)
    minted = mint([("ohjelma", "2026", tables(goals=[{"goal": "Yhdessä"}, {"goal": "Arki"}]))], registry)
    assert registry == (Slug("goal", "2026", "arki", "Yhdessä"),)
    assert [(slug.slug, slug.wording) for slug in minted] == [("arki", "Yhdessä"), ("arki-2", "Arki")]
    assert list(mint([("ohjelma", "2026", tables(goals=[{"goal": "Arki"}]))], minted)) == list(minted)


def test_a_goal_is_shown_as_the_first_document_words_it() -> None:
    documents = [
        ("ohjelma", "2026", tables(goals=[{"goal": wording}])) for wording in ("Yhdessä.", "YHDESSÄ")
    ]
    assert mint(documents, ()).label("goal", "2026", "YHDESSÄ") == "Yhdessä."
