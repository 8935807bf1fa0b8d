"""A status is read from the words of the realisation, denial first, and `unknown` rather than wrong."""

import csv
from pathlib import Path

import pytest

from hytegraph.loaders.links.lexicon_files import read_lexicon
from hytegraph.loaders.links.status import STATUSES, cues, read_status, suggest_status
from hytegraph.loaders.links.town_graph import Material

LABELS = Path(__file__).parents[2] / "data" / "links" / "status-labels.csv"
CLEAR, LEAST = "clear", 0.90


def statuses(text: str) -> dict[str, str]:
    return {reading.status: reading.words for reading in read_status(text)}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Pyöräkaistasuunnitelma valmis.", "done"),
        ("Koulutukset järjestettiin suunnitellusti.", "done"),
        ("Koulut ovat ohjanneet nuoria palvelun piiriin.", "done"),
        ("Hallin kilpailutus käynnissä.", "inProgress"),
        ("Perustetun työryhmän selvitys kesken.", "inProgress"),
        ("Sivuja päivitetään.", "ongoing"),
        ("Suunnitteilla.", "planned"),
        ("Selvitys toteutumatta.", "notDone"),
        ("Chat-palvelua ei ole kokeiltu", "notDone"),
        ("Ei toteutunut/ ei seurantaa.", "notDone"),
        ("Inventointia ei ole vielä aloitettu.", "notStarted"),
        ("Katusuunnitelmia ei valmisteilla.", "notStarted"),
        ("Päiväkodeista kaksi auditoitu, jäljellä kuusi", "partial"),
        ("Noin puolet kohteista valmiina.", "partial"),
        ("8745 työpaikkaa v. 2020", "unknown"),
        ("Sähköisten palvelukanavien lisääminen", "unknown"),
        ("", "unknown"),
    ],
)
def test_a_text_gives_the_status_that_its_words_tell(text: str, status: str) -> None:
    assert list(statuses(text)) == [status]


def test_a_denied_event_is_not_done_beside_what_was_done() -> None:
    text = "Vuoden 2022 osallistava budjetointi päätetty KH:ssa. Toteutus käynnissä. Ei kuntalaistilaisuuksia keväällä (korona)"
    assert statuses(text) == {
        "done": "päätetty",
        "inProgress": "käynnissä",
        "notDone": "Ei kuntalaistilaisuuksia",
    }


def test_a_count_of_zero_is_no_failure() -> None:
    [reading] = read_status("Lausuntopyyntöjä ei ole ollut.")
    assert (reading.status, reading.words) == ("unknown", "ei ole ollut")


def test_what_another_does_instead_does_not_make_it_done() -> None:
    text = "Ei kartoitusta, hyvinvointitoimiala solmii kumppanuussopimukset."
    assert statuses(text) == {"notDone": "Ei kartoitusta"}


def test_two_sentences_give_two_assessments() -> None:
    text = "Inventointia ei aloitettu. Kaupunkikuvatyöryhmä toiminut aktiivisesti"
    assert statuses(text) == {"notStarted": "ei aloitettu", "ongoing": "aktiivisesti"}


def test_a_denial_reaches_no_further_than_its_clause() -> None:
    text = "Markkinointisuunnitelmaa ei tehty. Lehtimainontaa yhtenäistetty ja selkiytetty"
    assert statuses(text) == {"notDone": "ei tehty", "done": "yhtenäistetty | selkiytetty"}


def test_a_place_of_work_is_no_status_where_a_verb_tells_one() -> None:
    assert list(statuses("Päätöksen valmistelussa käytetty ennakkoarviointia.")) == ["done"]
    assert list(statuses("Yhteinen malli valmistelussa")) == ["inProgress"]


def test_an_indicator_that_reads_like_a_result_gives_no_status(kemi_material: Material) -> None:
    [row] = [row for row in kemi_material.rows if row.id.endswith("/L2575")]
    assert "Selvitys on valmis 5/2022" in row.indicators[0].text
    links = suggest_status(row.realisations)
    assert [(link.object, link.cue) for link in links] == [("hyte:done", "perustettu")]
    assert {link.subject_evidence for link in links} == {row.realisations[0].evidence}


def test_every_cue_stands_in_the_text_it_was_read_from(kemi_material: Material) -> None:
    for link in suggest_status(kemi_material.graph.elements("realisation")):
        assert all(word.lower() in link.subject_label.lower() for word in link.cue.split(" | "))
        assert bool(link.cue) or link.object == "hyte:unknown"


def test_the_lexicon_names_known_statuses_only() -> None:
    assert {cue.status for cue in cues()} <= set(STATUSES)
    assert all(0 < cue.confidence <= 1 for cue in cues())
    verbs = [row["infinitive"] for row in read_lexicon("status-verbs")]
    assert verbs == sorted(set(verbs), key=verbs.index)


def test_nine_of_ten_clear_cases_agree_with_a_reader(kemi_material: Material) -> None:
    texts = {element.id: element.text for element in kemi_material.graph.elements("realisation")}
    by_place = {tuple(id_.rsplit("/", 2)[-2:]): text for id_, text in texts.items()}
    names = {"001": "toteumaraportti-2023", "004": "osavuosiraportti-2022-m01-m06"}
    agreed = []
    with LABELS.open(encoding="utf-8", newline="") as file:
        labels = list(csv.DictReader(file))
    assert len(labels) == len(texts)
    for label in labels:
        text = by_place[names[label["document"][:3]], label["realisation"]]
        assert text.startswith(label["begins"])
        found, must = set(statuses(text)), set(label["status"].split(" | "))
        may = must | set(filter(None, label["allowed"].split(" | ")))
        if label["clear"] == CLEAR:
            agreed.append(must <= found <= may)
    assert sum(agreed) / len(agreed) >= LEAST
