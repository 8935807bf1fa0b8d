"""The columns of any town's measures reach the graph and the named queries, with place and language, town by town."""

from pathlib import Path

import pytest

from hytegraph.graph.query.named import named_query, run
from hytegraph.graph.store.dataset import Dataset
from hytegraph.loaders.build import build
from hytegraph.loaders.documents.folder import read_manifest
from hytegraph.loaders.extract import Town, extract_files
from hytegraph.server.app import create_app
from hytegraph.server.settings import Settings

DATA = Path(__file__).parents[2] / "data" / "loaders" / "measures"
BASE = "https://w3id.org/hytegraph/"
PREFIXES = (
    "PREFIX hyte: <https://w3id.org/hytegraph/ns#> PREFIX oa: <http://www.w3.org/ns/oa#> "
    "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
)


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The folders of two towns, one Finnish and one Swedish."""
    root = tmp_path_factory.mktemp("measures")
    extract_files(
        [DATA / "suunnitelma.html", DATA / "kaksikielinen.html"], root / "mallila", Town("Mallila", "999")
    )
    extract_files([DATA / "plan.html"], root / "mallby", Town("Mallby", "998"))
    return root / "mallila", root / "mallby"


@pytest.fixture(scope="module")
def towns(folders: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """A release of both towns."""
    out = tmp_path_factory.mktemp("release") / "release"
    built = build(list(folders), out)
    assert built.release, built.report
    return Dataset.open(out)


def measures(towns: Dataset, town: str) -> list[dict[str, str]]:
    """The rows of a town in the named query, by column."""
    found = run(towns, named_query("measures"), {"town": town})
    return [dict(zip(found.variables, (cell or "" for cell in row), strict=True)) for row in found.rows]


def test_a_row_of_measures_has_what_each_column_of_the_document_prints(towns: Dataset) -> None:
    row = next(row for row in measures(towns, "Mallila") if row["number"] == "1.1")
    wanted = {
        "town": "Mallila", "period": "2025-2028", "goal": "Asukkaat liikkuvat enemmän", "number": "1.1",
        "measure": "Kävelyryhmät aloitetaan kylillä", "responsible": "Sivistystoimiala",
        "partner": "Mallilan Urheilijat ry", "schedule": "2026", "resource": "5 000 euroa",
        "indicator": "Kävelijöiden määrä", "baseline": "120", "target": "200", "status": "Kesken",
        "targetGroup": "Ikääntyneet", "place": "taulukko 1, rivi 2",
    }  # fmt: skip
    assert {column: row[column] for column in wanted} == wanted


def test_a_goal_with_an_indicator_and_no_measure_is_a_row(towns: Dataset) -> None:
    [row] = [row for row in measures(towns, "Mallila") if not row["measure"]]
    assert (row["goal"], row["indicator"], row["baseline"], row["target"], row["place"]) == (
        "Asukkaat lukevat enemmän", "Lainojen määrä", "9 000", "12 000", "taulukko 1, rivi 3"
    )  # fmt: skip


def test_a_printed_status_is_stated_and_its_words_are_quoted(towns: Dataset) -> None:
    assert towns.ask(
        PREFIXES
        + """ASK { ?row hyte:statusText "Kesken"@fi ; hyte:basis hyte:derivedFromLayout ; hyte:evidencedBy ?passage .
          ?passage hyte:quote "Kesken"@fi ; hyte:tableColumn 11 ; hyte:place ?place .
          ?place hyte:tableNumber 1 ; hyte:tableRow 2 }"""
    )
    assert not towns.ask(PREFIXES + "ASK { ?row hyte:status ?code }")


def test_the_words_of_a_swedish_document_are_tagged_swedish(
    folders: tuple[Path, Path], towns: Dataset
) -> None:
    [entry] = read_manifest(folders[1])
    assert (entry.language, entry.title) == ("sv", {"sv": "Välfärdsplan för Mallby 2025-2028"})
    assert towns.ask(
        PREFIXES + 'ASK { ?row hyte:targetText "50"@sv ; hyte:goalText "Invånarna rör sig mera"@sv }'
    )
    titles = [row[2] for row in run(towns, named_query("documents"), {}).rows]
    assert "Välfärdsplan för Mallby 2025-2028" in titles


def test_a_cell_in_two_languages_gives_one_thing_with_a_label_in_each(towns: Dataset) -> None:
    assert towns.ask(
        PREFIXES
        + """ASK { ?goal a hyte:Goal ; skos:prefLabel "Nuoret lukevat"@fi ; skos:altLabel "De unga läser"@sv .
          ?measure a hyte:Measure ; rdfs:label "Avataan lukukerho"@fi ; skos:altLabel "En läsecirkel öppnas"@sv ;
            hyte:supportsGoal ?goal ; hyte:evidencedBy ?passage . ?passage hyte:quote "En läsecirkel öppnas"@sv .
          ?indicator skos:prefLabel "Kerholaiset"@fi ; skos:altLabel "Medlemmar"@sv }"""
    )
    rows = [row for row in measures(towns, "Mallila") if row["goal"] == "Nuoret lukevat"]
    assert [(row["measure"], row["responsible"], row["indicator"]) for row in rows] == [
        ("Avataan lukukerho", "Kirjasto", "Kerholaiset")
    ]


def test_the_source_view_says_where_in_the_file_a_line_stands_and_in_which_language(towns: Dataset) -> None:
    pages = create_app(Settings.of({}), towns).test_client()
    shown = pages.get("/source/id/mallby/document/suunnitelma-2025-2028?lang=fi").text
    assert "taulukko 1, rivi 2, sarake 5" in shown
    assert '<span class="text" lang="sv">Promenadgrupper startas i byarna</span>' in shown
    rows = pages.get("/source/id/mallby/document/suunnitelma-2025-2028.csv?lang=sv").text
    assert ',Promenadgrupper startas i byarna,"tabell 1, rad 2, kolumn 2",' in rows


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_the_pages_of_a_swedish_plan_show_its_words_as_swedish(towns: Dataset, language: str) -> None:
    pages = create_app(Settings.of({}), towns).test_client()
    [measure] = [
        row.text("measure") for row in towns.select(PREFIXES + "SELECT ?measure WHERE { ?measure a hyte:Measure ; "
        'rdfs:label "Promenadgrupper startas i byarna"@sv }')
    ]  # fmt: skip
    path = measure.removeprefix(BASE)
    trace = pages.get(f"/trace/{path}?lang={language}")
    assert trace.status_code == 200
    assert "Invånarna rör sig mera" in trace.text and "Välfärdsplan för Mallby 2025-2028" in trace.text
    own = ' lang="sv"' if language == "fi" else ""
    assert f'<h1 class="words"{own}>Promenadgrupper startas i byarna</h1>' in trace.text
    for address in ("/", "/plans", "/search?q=promenadgrupper"):
        assert pages.get(f"{address}{'&' if '?' in address else '?'}lang={language}").status_code == 200, (
            address
        )


def test_rows_of_two_towns_in_a_release_stay_apart(towns: Dataset) -> None:
    assert {row["town"] for row in measures(towns, "Mallby")} == {"Mallby"}
    assert len(measures(towns, "")) == len(measures(towns, "Mallila")) + len(measures(towns, "Mallby"))
    goals = run(towns, named_query("goals"), {})
    place = goals.variables.index("town")
    assert {row[place] for row in goals.rows} == {"Mallila", "Mallby"}
