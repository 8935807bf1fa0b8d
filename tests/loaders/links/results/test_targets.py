"""Targets, values and whether a target was met are read from words, with what is missing, and never from silence."""

import pytest

from hytegraph.loaders.links.link import LinkAssertion, LinkEnd
from hytegraph.loaders.links.results.amounts import numbers_in, outcomes_in, read_written
from hytegraph.loaders.links.results.targets import suggest_targets
from hytegraph.loaders.links.results.times import times_in
from hytegraph.loaders.links.town_graph import RowItems


def links(indicator: str, realisation: str = "", schedule: str = "") -> tuple[LinkAssertion, ...]:
    def ends(kind: str, text: str) -> tuple[LinkEnd, ...]:
        return (LinkEnd(f"lehtola:{kind}/L1-1", kind, text, evidence=f"a:{kind}"),) if text else ()

    row = RowItems(
        "lehtola:row/L1",
        "",
        (),
        ends("indicator", indicator),
        ends("realisation", realisation),
        (),
        ends("schedule", schedule),
        "",
    )
    return suggest_targets([row])


def only(found: tuple[LinkAssertion, ...], predicate: str) -> LinkAssertion:
    [link] = [link for link in found if link.predicate == f"hyte:{predicate}"]
    return link


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Vähintään puolet päiväkodeista auditoitu vuoden 2025 aikana", "≥ 50 %; 2025"),
        ("Asukasilta 2 krt/v", "= 2 krt; /v"),
        ("Vuosittain vähintään yksi uusi palvelu", "≥ 1 kpl; /v"),
        ("Kaikki koulut on auditoitu vuoden 2025 loppuun mennessä", "kaikki koulu; 2025-12-31"),
        ("Selvitys on valmis 5/2025", "valmis; 5/2025"),
        ("Käsittelyaika enintään 14 vrk", "≤ 14 vrk"),
        ("Työttömyysasteen lasku", "↓"),
        ("Tyytyväisyys 100 %", "= 100 %"),
    ],
)
def test_an_outcome_has_number_comparison_unit_and_time(text: str, written: str) -> None:
    [amount] = outcomes_in(text)
    assert amount.written() == written
    assert read_written(written).written() == written


@pytest.mark.parametrize("text", ["Asiakasmäärä", "Alle 25-vuotiaiden osuus", "ISO 14001", "Yritykset x kpl"])
def test_what_only_names_a_measurement_is_no_target(text: str) -> None:
    assert outcomes_in(text) == ()
    assert links(text) == ()


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Osallistujia 214.", ["= 214 kpl"]),
        ("Osallistunut 5 henkilöä", ["= 5 hlö"]),
        ("Aste laski v. 2024 15,8% -> v. 2025 13,3%", ["= 15.8 %; 2024", "= 13.3 %; 2025"]),
        ("Käyntejä 1 250 (koko maa 30 000)", ["= 1250 kpl"]),
        ("Ryhmäkoko ka 1-6 luokat ka 22,1", ["= 22.1 ka"]),
        ("Avoinna 14.3.-30.6.", []),
        ("Alle 30 v. asiakkaita 12", ["= 12 kpl"]),
    ],
)
def test_a_report_gives_numbers_and_not_those_of_dates_ages_and_comparisons(
    text: str, numbers: list[str]
) -> None:
    assert [amount.written() for amount in numbers_in(text)] == numbers


def test_a_rate_is_told_from_a_time() -> None:
    assert [(time.form, time.is_rate) for time in times_in("2 krt/v kevät 2025")] == [
        ("/v", True),
        ("kevät 2025", False),
    ]


@pytest.mark.parametrize(
    ("indicator", "schedule", "kind"),
    [
        ("Asukasilta 2 kpl", "2025", "outcomeAndTime"),
        ("Asukasilta 2 kpl", "jatkuva", "withoutTime"),
        ("Asukasilta 2 kpl", "", "withoutTime"),
        ("Viestinnän vuosittainen suunnitelma", "", "withoutOutcome"),
    ],
)
def test_a_target_says_which_of_outcome_and_time_is_missing(indicator: str, schedule: str, kind: str) -> None:
    link = only(links(indicator, schedule=schedule), "targetValue")
    assert link.kind == kind
    assert link.object_evidence == ("a:schedule" if kind == "outcomeAndTime" else "")


@pytest.mark.parametrize(
    ("indicator", "realisation", "outcome", "words"),
    [
        ("Asukasilta 2 krt/v", "Asukasiltoja pidetty 5", "met", "5"),
        ("Asukasilta 4 krt/v", "Asukasilta pidetty 2 krt", "partlyMet", "2 krt"),
        (
            "Vähintään puolet kirjastoista auditoitu",
            "Kirjastoista kaksi auditoitu, jäljellä kuusi",
            "notMet",
            "kaksi | kuusi | jäljellä",
        ),
        ("Kaikki koulut auditoitu", "Kaikki koulut auditoitu", "met", "Kaikki | auditoitu"),
        ("Kerhotoimintaa joka koululla", "Kerhotoimintaa on osassa, puolet kouluista", "partlyMet", "puolet"),
        ("Selvitys on valmis 5/2025", "Selvitys toteutumatta.", "notMet", "toteutumatta"),
        ("Työttömyysasteen lasku", "Työttömyysaste laskenut", "met", "laskenut"),
        ("Selvitys on valmis 5/2025", "Työryhmä perustettu 6/2025", "notTold", ""),
        ("Asukasilta 2 krt/v", "Viestintä parantunut", "notTold", ""),
        (
            "Valmiit suunnitelmat",
            "Rannan kaava vahvistuu syksyllä, muut valmisteilla (ei katusuunnitelmia valmiina)",
            "notMet",
            "ei katusuunnitelmia valmiina",
        ),
        # Another thing is not finished.
        ("Valmiit suunnitelmat", "Rannan kaava vahvistuu syksyllä (ei hallia valmiina)", "notTold", ""),
        (
            "Valmiit suunnitelmat",
            "Rannan kaava vahvistuu syksyllä (katusuunnitelmat valmiina)",
            "notTold",
            "",
        ),
        ("Sivut päivitetty", "Sivuja päivitetään", "partlyMet", "päivitetään"),
        ("Sivut päivitetty", "Sivuja julkaistaan", "notTold", ""),
        ("Kaikki koulut auditoitu", "Auditoitu 3/5 koulua", "partlyMet", "3/5 koulua"),
        ("Kaikki koulut auditoitu", "Auditoitu 5/5 koulua", "met", "5/5 koulua"),
        ("Kaikki koulut auditoitu", "Koulut auditoidaan 9/2025 alkaen", "notTold", ""),
        ("Vähintään puolet kouluista auditoitu", "Auditoitu 2/6 koulua", "notMet", "2/6 koulua"),
    ],
)
def test_a_target_is_met_or_not_by_the_words_of_the_report_alone(
    indicator: str, realisation: str, outcome: str, words: str
) -> None:
    link = only(links(indicator, realisation), "reportsOnTarget")
    assert (link.kind, link.cue) == (outcome, words)
    assert all(word in realisation for word in words.split(" | "))


def test_where_nothing_is_reported_nothing_is_assessed() -> None:
    assert [link.predicate for link in links("Asukasilta 2 krt/v")] == ["hyte:targetValue"]


def test_what_is_no_amount_is_refused_with_its_text() -> None:
    with pytest.raises(ValueError, match="'kaksi' is no amount"):
        read_written("kaksi")


def test_a_value_is_that_of_the_indicator_whose_words_its_sentence_has() -> None:
    indicators = ("Liikuntaryhmien osallistujat", "Terveystarkastusten määrä")
    said = "Terveystarkastuksia tehtiin 214. Liikuntaryhmiin tuli 30 osallistujaa. Hakemuksia tuli 7."
    row = RowItems(
        "lehtola:row/L1",
        "",
        (),
        tuple(LinkEnd(f"lehtola:indicator/{n}", "indicator", text) for n, text in enumerate(indicators)),
        (LinkEnd("lehtola:realisation/0", "realisation", said),),
        (),
        (),
        "",
    )
    values = {link.value: link.object for link in suggest_targets([row]) if link.kind == "value"}

    assert values["= 30 osallistuja"] == "lehtola:indicator/0"
    assert values["= 214 kpl"] == "lehtola:indicator/1"
    assert values["= 7 kpl"] not in ("lehtola:indicator/0", "lehtola:indicator/1")
