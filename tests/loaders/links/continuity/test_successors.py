"""Continuity over periods: what is found, how sure it is, what is not found, and what is not mistaken for it."""

import csv
import random
from collections.abc import Iterable
from pathlib import Path

import pytest

from hytegraph.loaders.links.continuity import successors
from hytegraph.loaders.links.continuity.changes import WordingChange
from hytegraph.loaders.links.continuity.corpus import Corpus
from hytegraph.loaders.links.continuity.successors import suggest_continuity, weigh
from hytegraph.loaders.links.link import ACCEPTED_BY_RULE, NO_MATCH, SUGGESTED, LinkAssertion, LinkEnd

DATA = Path(__file__).parents[3] / "data" / "links"
Elements = tuple[LinkEnd, ...]
Links = tuple[LinkAssertion, ...]


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def found(links: Iterable[LinkAssertion], earlier: str, later: str) -> list[LinkAssertion]:
    return [
        link
        for link in links
        if link.subject_label.startswith(earlier)
        and link.object_label.startswith(later)
        and link.object != NO_MATCH
    ]


def without(links: Iterable[LinkAssertion], kind: str) -> set[str]:
    return {link.subject_label for link in links if link.kind == kind}


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("Vahvistamme yhteisöllisyyttä", "Osallistava kehittäminen ja yhteisöllisyys"),
        ("Kehitämme koulutustarjontaa", "Kemi on oppiva kaupunki"),
        ("Palvelumme ovat vaikuttavia", "Asiakaslähtöiset ja aidosti välittävät palvelut"),
        ("Vihreä ja kestävä Kemi lisää", "Vihreä Kemi"),
        ("Asuinalueemme ovat houkuttelevia", "Kehitetään asuinalueita viihtyisiksi"),
        ("Digitaaliset palvelut arjen", "Palveluprosessien sujuvoittaminen"),
        ("Monipuoliset vapaa-ajanpalvelut", "Rakennetaan monipuolisia vapaa-ajan"),
        ("Uudistuvat kaupalliset palvelut", "Rakennetaan monipuolisia vapaa-ajan"),
        ("Tuemme ja edistämme kuntalaisten terveyttä", "Terveelliset elintavat"),
        ("Osallistava budjetointi, kuulemis", "Kaupunginjohtajan aamukahvit"),
        ("Osallistava budjetointi, kuulemis", "Osallistava budjetointi"),
        ("Seurafoorumi", "Järjestöjen tapaaminen kahdesti vuodessa; seurafoorumi"),
        ("Kumppanuussopimukset järjestöjen", "Kumppanuussopimusten kautta lisää"),
        ("Kumppanuussopimusten kautta vahvistamme", "Kumppanuussopimusten kautta lisää"),
        ("Palveluverkko tarkastelu", "Palveluverkkoprojekti"),
        ("Palveluverkkoprojekti", "Varhaiskasvatuksen ja opetuksen palveluverkon"),
        ("Laajennetaan ISO 45001", "Jatkuva parantaminen, ISO 14001 ja 45001"),
        ("Liikuntahallin rakentaminen", "Liikuntahallin ensivarustelu"),
        ("Vapaa-aikapalvelujen kokonaisselvitys", "Vapaa-aika ja kulttuuripalveluiden"),
        ("Nauskan, Myllyniemen", "Satamakankaan tonttitarjonnan"),
        ("Matalankynnyksen yhden oven", "Ajanvarauksetonta asiakaspalvelua Pointissa"),
        ("Kivalo-opiston kurssitarjonta on", "Kivalo-opiston kurssitarjonta pidetään"),
        ("Oulu2026 –", "Oulu2026"),
    ],
)
def test_a_thread_that_a_reader_sees_is_suggested(kemi_continuity: Links, earlier: str, later: str) -> None:
    assert found(kemi_continuity, earlier, later)


def test_the_same_wording_is_accepted_by_rule_and_says_so(kemi_continuity: Links) -> None:
    same = [link for link in kemi_continuity if link.kind == "sameText"]
    assert {link.subject_label for link in same} == {"Viisas Kemi", "Välittävä Kemi", "Vihreä Kemi"}
    assert {(link.review_status, link.method) for link in same} == {
        (ACCEPTED_BY_RULE, "continuity-identical/1")
    }


def test_nothing_but_the_same_wording_is_accepted(kemi_continuity: Links) -> None:
    assert {link.review_status for link in kemi_continuity if link.kind != "sameText"} == {SUGGESTED}


def test_a_goal_without_successor_has_a_record_of_its_own(kemi_continuity: Links) -> None:
    link = next(
        link
        for link in kemi_continuity
        if link.subject_label.startswith("Liikkuminen on esteetöntä") and link.kind == "dropped"
    )
    assert (link.predicate, link.object) == ("hyte:continuedBy", NO_MATCH)
    assert link.rationale.startswith("Seuraajaa ei löytynyt 2 asiakirjasta (kaudet 2023-12-04, 2026).")
    assert link.searched_in.split() == ["000_595f7a428687dee9", "003_6755deedcaf87d36"]
    assert not link.has_confidence
    assert link.subject_evidence


def test_an_aim_whose_words_tell_nothing_is_found_by_its_goals(kemi_continuity: Links) -> None:
    (link,) = found(kemi_continuity, "Elinvoimainen kaupunki", "Viettelevä Kemi")
    assert (link.kind, link.predicate, link.method) == (
        "overlapping",
        "skos:relatedMatch",
        "continuity-goals/1",
    )
    assert "Asuinalueemme ovat houkuttelevia" in link.rationale
    assert {"Viettelevä Kemi", "Vihreä Kemi"}.isdisjoint(without(kemi_continuity, "new"))


def test_a_measure_of_a_sector_that_left_the_town_by_law_is_transferred_and_says_why(
    kemi_continuity: Links,
) -> None:
    transferred = [link for link in kemi_continuity if link.kind == "transferred"]
    assert "Tuetaan välimuotoisen asumispalvelun kehittymistä." in {
        link.subject_label for link in transferred
    }
    for link in transferred:
        assert (link.predicate, link.object) == ("hyte:continuedBy", NO_MATCH)
        assert "612/2021, 616/2021" in link.rationale
        assert "asiakirja ei sano sitä" in link.rationale


@pytest.mark.parametrize(
    ("town", "sector", "period", "kind"),
    [
        ("mantyla", "Sosiaali- ja terveystoimiala", "2021-2022", "transferred"),
        ("mantyla", "Social- och hälsovårdssektorn", "2021-2022", "transferred"),
        ("mantyla", "Sosiaali- ja terveystoimiala", "2023-2024", "dropped"),
        ("mantyla", "Sivistystoimiala", "2021-2022", "dropped"),
        ("helsinki", "Sosiaali- ja terveystoimiala", "2021-2022", "dropped"),
    ],
)
def test_what_left_by_law_is_told_by_sector_time_and_town(
    town: str, sector: str, period: str, kind: str
) -> None:
    old = LinkEnd(f"{town}:measure/a/L1-1", "measure", "Kotihoidon optimointi", period, sector)
    new = LinkEnd(f"{town}:measure/b/L1-1", "measure", "Uimahallin remontti", "2025")
    assert [link.kind for link in suggest_continuity([old, new]) if link.subject == old.id] == [kind]


def test_every_earlier_goal_is_accounted_for(kemi_elements: Elements, kemi_continuity: Links) -> None:
    subjects = {link.subject for link in kemi_continuity}
    earlier = {
        each.id for each in kemi_elements if each.kind in ("goal", "priority") and each.period == "2022-2025"
    }
    assert len(earlier) == 38
    assert earlier <= subjects


def test_no_element_is_both_continued_and_dropped(kemi_continuity: Links) -> None:
    dropped = {link.subject for link in kemi_continuity if link.kind == "dropped"}
    assert not dropped & {link.subject for link in kemi_continuity if link.object != NO_MATCH}


@pytest.mark.parametrize(
    "row", rows("false-friends"), ids=lambda row: f"{row['earlier'][:20]} / {row['later'][:20]}"
)
def test_a_false_friend_stays_below_what_is_said_of_it(kemi_corpus: Corpus, row: dict[str, str]) -> None:
    earlier = LinkEnd("a", row["earlier_kind"], row["earlier"], "2022-2025")
    later = LinkEnd("b", row["later_kind"], row["later"], "2026")
    assert weigh(kemi_corpus, earlier, later).sure < float(row["highest"])


def test_accessible_mobility_is_not_climate_friendly_mobility(kemi_continuity: Links) -> None:
    assert not found(kemi_continuity, "Liikkuminen on esteetöntä", "Ilmastoystävällinen liikkuminen")


def test_a_rejected_pair_does_not_come_back_and_leaves_a_goal_without_successor() -> None:
    old = LinkEnd("x:goal/a", "goal", "Kestävä kuntatalous", "2022-2025")
    new = LinkEnd("x:goal/b", "goal", "Kestävä kuntatalous ja rahoitus", "2026")
    assert [link.object for link in suggest_continuity([old, new])] == ["x:goal/b"]
    links = suggest_continuity([old, new], {("x:goal/a", "x:goal/b")})
    assert {(link.subject, link.kind) for link in links} == {("x:goal/a", "dropped"), ("x:goal/b", "new")}


def test_one_measure_that_became_two_is_split(kemi_continuity: Links) -> None:
    links = [
        link for link in kemi_continuity if link.subject_label.startswith("Osallistava budjetointi, kuulemis")
    ]
    assert {(link.object_label, link.kind) for link in links} == {
        ("Osallistava budjetointi", "split"),
        ("Kaupunginjohtajan aamukahvit kahdesti vuodessa", "split"),
    }


def test_a_part_in_common_is_related_and_not_continued(kemi_continuity: Links) -> None:
    overlapping = [link for link in kemi_continuity if link.kind == "overlapping"]
    assert {link.predicate for link in overlapping} == {"skos:relatedMatch", "dct:relation"}
    others = [link for link in kemi_continuity if link.kind not in ("overlapping", "new")]
    assert {link.predicate for link in others} == {"hyte:continuedBy"}


def test_names_are_learnt_from_the_documents(kemi_corpus: Corpus) -> None:
    assert {"iso", "14001", "45001", "pointt", "ohjaamo", "oulu2026", "eva", "hyvikk"} <= kemi_corpus.names
    assert "kemi" not in kemi_corpus.names


def test_the_order_of_the_elements_does_not_matter(kemi_elements: Elements, kemi_continuity: Links) -> None:
    shuffled = list(kemi_elements)
    random.Random(3).shuffle(shuffled)
    assert suggest_continuity(shuffled) == kemi_continuity


def plan_2027() -> list[LinkEnd]:
    return [LinkEnd(row["id"], row["kind"], row["text"], "2027") for row in rows("plan-2027")]


def test_a_plan_of_a_new_year_proposes_links_to_the_old_ones(kemi_elements: Elements) -> None:
    links = suggest_continuity([*kemi_elements, *plan_2027()])
    kinds = {(link.subject_label, link.object_label): link.kind for link in links if "/2027/" in link.object}
    assert kinds["Viisas Kemi", "Viisas Kemi"] == "sameText"
    assert (
        kinds[
            "Kemi on oppiva kaupunki - oppimisen ja koulutustason vahvistaminen",
            "Kemi on oppiva kaupunki – oppimisen ja koulutustason vahvistaminen",
        ]
        == "sameText"
    )
    assert found(
        links, "Palveluprosessien sujuvoittaminen ja yksink", "Palveluprosessien sujuvoittaminen ja digi"
    )
    assert found(links, "Kaupunginjohtajan aamukahvit kahdesti", "Kaupunginjohtajan aamukahvit neljä")
    assert (
        found(links, "Uimahallin rakennussuunnittelu", "Uimahallin rakennussuunnittelu")[0].kind == "sameText"
    )
    assert "Hulevesien hallinta" in without(links, "new")


def test_a_plan_of_a_new_year_says_what_it_has_dropped(kemi_elements: Elements) -> None:
    links = suggest_continuity([*kemi_elements, *plan_2027()])
    assert "Luontosuhteen vahvistaminen ja lähiluonnon arvostus" in without(links, "dropped")


def test_what_two_steps_explain_is_not_suggested_as_one(kemi_elements: Elements) -> None:
    links = suggest_continuity([*kemi_elements, *plan_2027()])
    aims = [link for link in links if link.object == "kemi:aim/2027/viisas-kemi"]
    assert [link.subject for link in aims] == ["kemi:aim/2026/viisas-kemi"]


def test_elements_without_a_period_are_left_alone() -> None:
    assert (
        suggest_continuity([LinkEnd("a", "goal", "Viisas Kemi"), LinkEnd("b", "goal", "Viisas Kemi", "2026")])
        == ()
    )


@pytest.mark.whole
@pytest.mark.slow
def test_the_pairs_that_are_compared_grow_with_the_goals_and_not_with_their_square(
    kemi_elements: Elements, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(7)
    words = sorted({word for each in kemi_elements for word in each.text.split() if len(word) > 3})
    goals = [
        LinkEnd(
            f"x:goal/{period}/{number}",
            "goal",
            " ".join(chance.choices(words, k=chance.randint(5, 12))),
            period,
        )
        for period in ("2022-2025", "2026")
        for number in range(300)
    ]
    pairs: list[str] = []

    def counting(corpus: Corpus, earlier: LinkEnd, later: LinkEnd) -> WordingChange:
        pairs.append(later.id)
        return weigh(corpus, earlier, later)

    monkeypatch.setattr(successors, "weigh", counting)

    assert suggest_continuity(goals)
    assert 300 < len(pairs) <= 40 * 300
