"""A measure has a status only where the report speaks of it; what is reported on the way to it is a step."""

import pytest

from hytegraph.loaders.links.link import LinkEnd
from hytegraph.loaders.links.results.measure_words import subject_of
from hytegraph.loaders.links.results.measures import suggest_results
from hytegraph.loaders.links.town_graph import RowItems


def row(
    measures: tuple[str, ...], realisations: tuple[str, ...], indicators: tuple[str, ...] = ()
) -> RowItems:
    def ends(kind: str, texts: tuple[str, ...]) -> tuple[LinkEnd, ...]:
        return tuple(LinkEnd(f"lehtola:{kind}/L1-{n}", kind, text) for n, text in enumerate(texts, 1))

    return RowItems(
        "lehtola:row/L1",
        "",
        ends("measure", measures),
        ends("indicator", indicators),
        ends("realisation", realisations),
        (),
        (),
        "",
    )


def results(row_items: RowItems) -> dict[str, str]:
    return {link.subject_label: link.kind for link in suggest_results([row_items])}


@pytest.mark.parametrize(
    ("measure", "realisation", "result"),
    [
        ("Liikenneturvallisuussuunnitelman laatiminen", "Liikenneturvallisuussuunnitelma valmis.", "done"),
        ("Uuden varausjärjestelmän hankkiminen", "Ei ole hankittu.", "notDone"),
        ("Verkkosivujen kokonaisselvitys", "Selvitys toteutumatta.", "notDone"),
        ("Neuvontapalvelun kokeileminen", "Neuvontapalvelua ei ole kokeiltu", "notDone"),
        ("Tekojääradan rakentaminen", "Edennyt aikataulussaan.", "inProgress"),
        ("Kyläyhdistysten tukeminen", "Suunnitteilla.", "planned"),
    ],
)
def test_words_that_name_the_measure_give_it_their_status(
    measure: str, realisation: str, result: str
) -> None:
    assert results(row((measure,), (realisation,))) == {measure: result}


@pytest.mark.parametrize(
    ("measure", "realisation"),
    [
        ("Kouluverkon tarkastelu", "Kouluverkkotyöryhmä perustettu 3/2025"),
        ("Liikenteen päästöjen vähentäminen.", "Liikenteen päästöjen laskelma valmistunut."),
        ("Hankkeista tiedotetaan sisäisesti ja ulkoisesti.", "Sisäisiä tiedotteita jaettu 3 kpl."),
        ("Kylien palvelujen kehittäminen", "Kylissä järjestetty kaksi iltaa."),
        ("Ilmasto-ohjelman laatiminen", "Ilmasto-ohjelman työryhmä nimetty"),
    ],
)
def test_what_was_done_on_the_way_is_a_step_and_not_the_measure_done(measure: str, realisation: str) -> None:
    assert results(row((measure,), (realisation,))) == {measure: "step"}


def test_a_report_of_one_measure_says_nothing_of_the_others_of_its_row() -> None:
    told = results(row(("Nuorisofoorumi", "Järjestökumppanuus"), ("Nuorisofoorumi toteutunut",)))
    assert told == {"Nuorisofoorumi": "done"}


def test_numbers_without_a_word_of_status_leave_it_unknown() -> None:
    assert results(row(("Neuvonnan lisääminen",), ("Asiakkaita 214",))) == {"Neuvonnan lisääminen": "unknown"}


def test_a_row_without_a_report_gives_no_result() -> None:
    assert suggest_results([row(("Neuvonnan lisääminen",), ())]) == ()


def test_what_the_indicator_asks_for_makes_the_measure_done() -> None:
    told = results(
        row(
            ("Laajennetaan ympäristösertifikaatti koskemaan kaikkia kouluja",),
            ("Kaikki koulut auditoitu",),
            ("Kaikki koulut on auditoitu vuoden loppuun mennessä",),
        )
    )
    assert list(told.values()) == ["done"]


def test_a_link_gives_the_words_and_the_lines_of_both_ends() -> None:
    measure = LinkEnd("lehtola:measure/L1-1", "measure", "Hallin rakentaminen", evidence="a:L1")
    realisation = LinkEnd("lehtola:realisation/L1-1", "realisation", "Halli valmis", evidence="a:L2")
    items = RowItems("lehtola:row/L1", "", (measure,), (), (realisation,), (), (), "")
    [link] = suggest_results([items])
    assert (link.cue, link.subject_evidence, link.object_evidence) == ("valmis", "a:L1", "a:L2")
    assert link.review_status == "suggested"


@pytest.mark.parametrize(
    "text, actions, core",
    [
        ("Kylätalojen kartoitus ja päivitys", ("kartoitus", "päivitys"), ("kylätalo",)),
        ("Tilakartoitus", ("kartoitus",), ("tilakartoitus",)),
        ("Tukea leikkikenttiä", ("tukea",), ("leikkikenttä",)),
        ("Kirjaston aukiolo", (), ("kirjasto", "aukiolo")),
    ],
)
def test_a_measure_tells_what_is_done_and_to_what(
    text: str, actions: tuple[str, ...], core: tuple[str, ...]
) -> None:
    subject = subject_of(text)

    assert (subject.actions, tuple(word.lemma for word in subject.core)) == (actions, core)
