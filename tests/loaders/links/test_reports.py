"""Paragraphs of a report and what they are about: by words, topics, aim and place, and never as a fact."""

from hytegraph.loaders.links.link import SUGGESTED, LinkAssertion, LinkEnd
from hytegraph.loaders.links.reports import LOWEST, suggest_reports
from hytegraph.loaders.links.town_graph import Material

AIM = "mantyla:aim/2021-2025/turvallinen-arki"
OTHER = "mantyla:aim/2021-2025/elava-kulttuuri"
TOWN = (
    LinkEnd(AIM, "aim", "Turvallinen arki", "2021-2025", evidence="r:L1"),
    LinkEnd(OTHER, "aim", "Elävä kulttuuri", "2021-2025", evidence="r:L20"),
    LinkEnd(
        "mantyla:priority/2021-2025/kiusaaminen",
        *("priority", "Kiusaamisen ehkäiseminen kouluissa", "2021-2025"),
        aims=(AIM,),
        evidence="r:L3",
    ),
    LinkEnd(
        "mantyla:priority/2021-2025/yhteistyo",
        *("priority", "Yhteistyö järjestöjen kanssa", "2021-2025"),
        aims=(AIM, OTHER),
        evidence="r:L5 r:L22",
    ),
    LinkEnd(
        "mantyla:measure/plan/L7-1",
        *("measure", "Kirjaston lukudiplomi", "2021-2025"),
        aims=(OTHER,),
        evidence="p:L7",
    ),
    LinkEnd(
        "mantyla:realisation/report/L10",
        *("realisation", "Kiusaamiseen puuttumisen malli on otettu käyttöön kaikissa kouluissa."),
        aims=(AIM,),
        evidence="r:L10-L11",
    ),
    LinkEnd(
        "mantyla:realisation/report/L30",
        *("realisation", "Museon katto korjattiin ja hissi uusittiin."),
        aims=(OTHER,),
        evidence="r:L30",
    ),
    LinkEnd(
        "mantyla:realisation/rows/L1-1", "realisation", "Kiusaamisen ehkäiseminen kouluissa", evidence="q:L1"
    ),
)


def told(links: tuple[LinkAssertion, ...], paragraph: str) -> set[tuple[str, str]]:
    return {
        (link.predicate.removeprefix("hyte:reportsOn"), link.object_label)
        for link in links
        if link.subject_label.startswith(paragraph)
    }


def test_a_paragraph_is_linked_to_what_its_words_are_about_and_to_nothing_else() -> None:
    links = suggest_reports(TOWN)
    assert told(links, "Kiusaamiseen puuttumisen") == {("Priority", "Kiusaamisen ehkäiseminen kouluissa")}
    assert told(links, "Museon katto") == set()


def test_a_realisation_in_a_row_of_measures_needs_no_suggestion() -> None:
    assert {link.subject for link in suggest_reports(TOWN)} == {"mantyla:realisation/report/L10"}


def test_a_link_is_a_suggestion_with_words_confidence_and_the_lines_of_both() -> None:
    (link,) = suggest_reports(TOWN)
    assert (link.review_status, link.method) == (SUGGESTED, "report-words/1")
    assert LOWEST["priority"] <= link.confidence < 1
    assert "Kiusaamisen ~ Kiusaamiseen" in link.cue
    assert (link.subject_evidence, link.object_evidence) == ("r:L10-L11", "r:L3")


def test_the_paragraphs_of_kemi_report_on_the_priorities_that_two_readers_name(
    kemi_material: Material,
) -> None:
    links = suggest_reports(kemi_material.graph.elements("aim", "goal", "priority", "measure", "realisation"))
    assert ("Priority", "Kuntalaisten digitaitojen edistäminen") in told(
        links, "Avustusrahoituksella on vahv"
    )
    assert ("Measure", "Seurafoorumi") in told(links, "Seurafoorumeissa tiedotettu")
    several = told(links, "Palveluverkkopäätös linjaa")
    assert {
        ("Priority", "Hankerahoitus mahdollistaa palvelujen kehittämisen"),
        ("Priority", "Lisäämme vetovoimaa ja hyvinvointia palveluverkkoa uudistamalla"),
    } <= several


def test_the_order_of_the_elements_does_not_matter() -> None:
    assert suggest_reports(reversed(TOWN)) == suggest_reports(TOWN)
