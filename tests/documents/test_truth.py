"""What a careful reader of the Kemi documents finds in them is what the graph states, and no more."""

import csv
from pathlib import Path

import pytest

from hytegraph.graph.query.stored import with_prologue
from hytegraph.graph.store.dataset import Dataset
from hytegraph.loaders.documents.folder import read_folder
from hytegraph.loaders.documents.tables import Row
from hytegraph.loaders.links.link import ACCEPTED_BY_RULE
from hytegraph.loaders.links.sssom import read_link_tables

# Rows with an empty goal cell, whose goal stands in a row above (first and last line of their own cells).
WITHOUT_GOAL_CELL = (
    *((1719, 1730), (1732, 1749), (1751, 1761), (2068, 2076), (2103, 2127), (2177, 2181)),
    *((2183, 2192), (2227, 2243), (2245, 2267), (2722, 2725), (2766, 2781)),
)
PARTIES = {
    *("Business Kemi", "Digipolis", "Elinkeinopalvelut", "Kanslia", "Kaupunginkanslia", "Viestintätiimi"),
}
PROJECTS = {
    "Koronasta kasvuun -hanke 2021 - 2023",
    "Master plan Kemi -hanke 2021 - 2023",
    "Perämeren saaristomatkailun kehittämishanke 2021-2022",
    "Työtä Kemissä! -hanke (välityömarkkinoiden kehittäminen, työntekijä)",
    "Yritysten vihreä ja kestävä Kemi -hanke (keskusvirasto)",
}


def values(dataset: Dataset, query: str) -> list[tuple[str, ...]]:
    """The rows of a query as text, in its order."""
    rows = dataset.select(with_prologue(query))
    return [tuple(row.text(name) for name in row.variables) for row in rows]


def rows_of(folder: Path, document: str, table: str) -> dict[str, Row]:
    """The rows of a table by id."""
    source = next(each for each in read_folder(folder).sources if each.entry.name.startswith(document))
    return {row.id: row for row in source.tables[table].rows}


def test_a_row_has_the_lines_of_its_own_cells(kemi: Dataset) -> None:
    found = values(
        kemi,
        """SELECT ?first ?last WHERE {
          ?row a hyte:PlanRow ; hyte:rowOf/hyte:documentKind hyte:interimReport ; hyte:lineStart ?first ; hyte:lineEnd ?last }""",
    )
    assert {(str(first), str(last)) for first, last in WITHOUT_GOAL_CELL} <= set(found)
    assert len(found) == 89


def test_a_goal_above_a_row_is_evidence_of_the_row(kemi: Dataset) -> None:
    found = values(
        kemi,
        """SELECT ?start WHERE { ?row hyte:lineStart 1719 ; a hyte:PlanRow ; hyte:evidencedBy/hyte:lineStart ?start }""",
    )
    assert ("1692",) in found


def test_only_what_can_act_is_a_responsible_party(kemi: Dataset) -> None:
    query = "SELECT ?label WHERE { ?party a hyte:ResponsibleParty ; rdfs:label ?label }"
    assert {label for (label,) in values(kemi, query)} == PARTIES


def test_a_project_in_the_responsibility_cell_is_a_project(kemi: Dataset) -> None:
    query = (
        "SELECT ?label WHERE { ?row hyte:rowProject ?project . ?project a hyte:Project ; rdfs:label ?label }"
    )
    assert {label for (label,) in values(kemi, query)} == PROJECTS


def test_the_text_of_a_responsibility_cell_keeps_what_names_nobody(kemi: Dataset) -> None:
    query = """SELECT ?row WHERE { ?row hyte:responsibleText ?text FILTER(CONTAINS(?text, "Jatkuvan parantamisen malli")) }"""
    assert len(values(kemi, query)) == 1


def test_a_sector_is_called_one_by_a_document(kemi: Dataset) -> None:
    query = "SELECT ?label WHERE { ?unit a hyte:Sector ; rdfs:label ?label }"
    found = {label for (label,) in values(kemi, query)}
    assert {name for name in found if not name.endswith(("toimiala", "virasto"))} == set()


def test_oulu2026_has_its_own_years_and_no_decision_of_the_board(kemi: Dataset) -> None:
    query = """SELECT ?period ?plan ?decision ?comment WHERE {
      ?project a hyte:StrategicProject ; rdfs:label ?label FILTER(STRSTARTS(?label, "Oulu2026"))
      ?project hyte:nominalPeriod/skos:notation ?period ; rdfs:comment ?comment
      OPTIONAL { ?project hyte:inPlan ?plan } OPTIONAL { ?project hyte:setBy ?decision } }"""
    [(period, plan, decision, comment)] = values(kemi, query)
    assert (period, plan, decision) == ("2024-2026", "", "")
    assert "ei yksilöi päätöstä" in comment


def test_measures_of_a_report_are_in_no_plan(kemi: Dataset) -> None:
    query = """SELECT (COUNT(DISTINCT ?measure) AS ?n) (COUNT(DISTINCT ?plan) AS ?plans) (COUNT(DISTINCT ?strategy) AS ?under) WHERE {
      ?row hyte:rowOf/hyte:documentKind hyte:interimReport ; hyte:rowMeasure ?measure
      OPTIONAL { ?measure hyte:inPlan ?plan } OPTIONAL { ?measure hyte:reportedUnder ?strategy } }"""
    assert values(kemi, query) == [("115", "0", "1")]


def test_the_councils_decision_adopts_the_priorities_and_no_plan(kemi: Dataset) -> None:
    query = """SELECT ?kind (COUNT(DISTINCT ?thing) AS ?n) WHERE {
      ?thing hyte:adoptedBy ?decision ; a ?kind . ?decision rdfs:label ?label
      FILTER(?label = "Kaupunginvaltuusto 3.10.2022 § 77"@fi && STRSTARTS(STR(?kind), STR(hyte:))) } GROUP BY ?kind"""
    found = {kind.rpartition("#")[2] for kind, _ in values(kemi, query)}
    assert found & {"WellbeingPlan", "PlanDocument"} == set()
    assert "HytePriority" in found


def test_nothing_is_called_realised_that_is_only_reported(kemi: Dataset) -> None:
    query = """SELECT ?old ?new WHERE {
      { SELECT (COUNT(*) AS ?old) WHERE { ?a hyte:realisedBy|hyte:realises ?b } }
      { SELECT (COUNT(DISTINCT ?b) AS ?new) WHERE { ?a hyte:reportedBy ?b . ?b rdfs:label "Ei ole hankittu."@fi } } }"""
    [(old, new)] = values(kemi, query)
    assert old == "0"
    assert int(new) > 0


def test_quotes_are_the_characters_of_the_document(kemi: Dataset) -> None:
    query = "SELECT ?quote ?exact WHERE { ?passage hyte:quote ?quote ; oa:hasSelector/oa:exact ?exact }"
    found = values(kemi, query)
    assert len(found) > 1500
    assert [
        (quote, exact) for quote, exact in found if "".join(quote.split()) != "".join(exact.split())
    ] == []


def test_what_a_rule_has_accepted_is_not_said_to_be_reviewed(kemi: Dataset, kemi_folder: Path) -> None:
    query = """SELECT ?claim ?reviewer WHERE { GRAPH ?graph {
      ?claim hyte:reviewStatus hyte:acceptedByRule OPTIONAL { ?claim hyte:reviewedByRole ?reviewer } } }"""
    found = values(kemi, query)
    assert len(found) == 3
    assert {reviewer for _, reviewer in found} == {""}
    links = [link for table in read_link_tables(kemi_folder) for link in table.links]
    assert sum(link.review_status == ACCEPTED_BY_RULE for link in links) == 3


def test_a_joint_list_of_parties_is_not_dealt_out_to_measures(kemi_folder: Path) -> None:
    with (kemi_folder / "links" / "pairings.tsv").open(encoding="utf-8", newline="") as file:
        lines = [line for line in file if not line.startswith("#")]
    links = list(csv.DictReader(lines, delimiter="\t"))
    dealt = [
        link for link in links if link["predicate_id"] == "hyte:responsibleAgent" and link["kind"] == "order"
    ]
    assert {float(link["confidence"]) for link in dealt} <= {0.95}


@pytest.mark.parametrize(
    ("row", "items"),
    [
        ("L2015", ["yksilökohtaisia kriisejä", "ukea henkilöitä irtisanomisesta selviytymiseen"]),
        ("L2329", ["Asiakastyytyväisyyskysely 1 krt/v", "Seurafoorumi 2 krt/v", "Nuorisovaltuusto 4 krt/v"]),
        ("L2558", ["(some/www/tiedote)", "Markkinointisuunnitelma/vuosikello"]),
    ],
)
def test_indicators_of_a_cell_are_told_apart(kemi_folder: Path, row: str, items: list[str]) -> None:
    found = rows_of(kemi_folder, "004", "measures")[row].values("indicator")
    assert len(found) == len(items)
    assert all(text.endswith(item) for text, item in zip(found, items, strict=True))


@pytest.mark.parametrize(("row", "lines"), [("L252", "L252-L255"), ("L272", "L272-L276")])
def test_a_paragraph_goes_on_where_its_line_was_full(kemi_folder: Path, row: str, lines: str) -> None:
    assert rows_of(kemi_folder, "001", "realisations")[row]["lines"] == lines


def test_a_reference_that_may_be_the_realisation_is_no_blank_cell(kemi: Dataset, kemi_folder: Path) -> None:
    row = rows_of(kemi_folder, "004", "measures")["L1319"]
    assert (row["cites"], row["certainty"]) == ("KV 31.1.22 § 3", "ambiguous")
