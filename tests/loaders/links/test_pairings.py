"""Inside a row a measure is paired with what the row gives a reason to pair it with, and with nothing else."""

import csv
from dataclasses import replace
from pathlib import Path

from hytegraph.loaders.links.link import LinkAssertion, LinkEnd
from hytegraph.loaders.links.pairings import ORDER, SINGLE, WORDS, suggest_pairings
from hytegraph.loaders.links.town_graph import Material, RowItems

LABELS = Path(__file__).parents[2] / "data" / "links" / "pairing-labels.csv"
ROW = RowItems("kemi:row/x/L1", "", (), (), (), (), (), "")


def elements(kind: str, *texts: str) -> tuple[LinkEnd, ...]:
    return tuple(LinkEnd(f"kemi:{kind}/x/L1-{n}", kind, text) for n, text in enumerate(texts, 1))


def pairs(links: tuple[LinkAssertion, ...]) -> list[tuple[str, str, str]]:
    return [(link.subject[-1], link.object[-1], link.kind) for link in links]


def row(measures: tuple[str, ...], realisations: tuple[str, ...]) -> RowItems:
    return replace(
        ROW, measures=elements("measure", *measures), realisations=elements("realisation", *realisations)
    )


def test_a_single_measure_takes_all_items_of_its_row() -> None:
    found = suggest_pairings([row(("Liikuntahalli",), ("Kilpailutus käynnissä.", "Tontti varattu."))])
    assert pairs(found) == [("1", "1", SINGLE), ("1", "2", SINGLE)]


def test_words_that_only_one_measure_has_decide_against_the_order() -> None:
    found = suggest_pairings(
        [row(("Chat-palvelu", "Kirjasto"), ("Kirjasto avattu", "Chat-palvelu kokeiltu"))]
    )
    assert pairs(found) == [("2", "1", WORDS), ("1", "2", WORDS)]
    assert [link.cue for link in found] == ["Kirjasto", "Chat-palvelu"]


def test_order_counts_where_the_numbers_are_equal_and_more_where_words_agree() -> None:
    found = suggest_pairings(
        [row(("Pyöräkaistasuunnitelma", "Ruutinpuisto"), ("Pyöräkaistasuunnitelma valmis", "Laadittavana"))]
    )
    assert pairs(found) == [("1", "1", ORDER), ("2", "2", ORDER)]
    assert found[0].confidence > found[1].confidence


def test_nothing_is_paired_where_the_row_gives_no_reason() -> None:
    assert suggest_pairings([row(("Aamukahvit", "Kyselyt", "Talkoot"), ("Käynnissä", "Valmis"))]) == ()


def test_a_joint_list_of_parties_is_not_dealt_out_by_order() -> None:
    shared = replace(
        ROW,
        measures=elements("measure", "Yksi", "Kaksi"),
        responsible=elements("responsible", "Kanslia", "Koulut"),
    )
    assert suggest_pairings([shared]) == ()
    same = replace(shared, responsible=elements("responsible", "Kanslia", "Kanslia"))
    assert pairs(suggest_pairings([same])) == [("1", "1", ORDER), ("2", "2", ORDER)]


def test_the_three_plans_of_a_row_go_with_their_realisations(kemi_material: Material) -> None:
    rows = [row for row in kemi_material.rows if row.id.endswith("/L1247")]
    found = [link for link in suggest_pairings(rows) if link.predicate == "hyte:reportedBy"]
    assert [(link.subject[-1], link.object[-1], link.confidence) for link in found] == [
        ("1", "1", 0.9),
        ("2", "2", 0.9),
        ("3", "3", 0.65),
    ]


def test_a_schedule_is_paired_by_the_passage_it_stands_in(kemi_material: Material) -> None:
    rows = [row for row in kemi_material.rows if row.id.endswith("/L1247")]
    found = [link for link in suggest_pairings(rows) if link.predicate == "hyte:scheduleStatedIn"]
    assert {link.object_label for link in found} == {"2022"}
    assert all(kemi_material.graph.knows(kemi_material.graph.iri(link.object)) for link in found)


def test_the_confidence_of_a_pairing_is_no_more_than_how_often_a_reader_agrees(
    kemi_material: Material,
) -> None:
    with LABELS.open(encoding="utf-8", newline="") as file:
        labels = {
            (row["measure"], row["relation"], row["item"]): row["reading"] for row in csv.DictReader(file)
        }
    read: dict[float, list[bool]] = {}
    for link in suggest_pairings(kemi_material.rows):
        place = (link.subject.rsplit("/", 1)[-1], link.predicate[5:], link.object.rsplit("/", 1)[-1])
        if place in labels:
            read.setdefault(link.confidence, []).append(labels[place] == "right")
    assert set(read) >= {0.5, 0.65, 0.75, 0.85, 0.9}
    assert all(sum(right) / len(right) >= confidence for confidence, right in read.items())
