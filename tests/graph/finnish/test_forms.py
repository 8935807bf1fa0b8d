import pytest

from hytegraph.graph.finnish.dictionary import forms_of
from hytegraph.graph.finnish.forms import base_form, part_terms


@pytest.mark.parametrize(
    ("form", "base"),
    [
        ("kouluissa", "koulu"),
        ("nuorten", "nuori"),
        ("hyvinvointialueella", "hyvinvointialue"),
        ("kouluterveyskyselyn", "kouluterveyskysely"),
        ("kotoutumisen", "kotoutuminen"),
        ("palvelusuunnitelmat", "palvelusuunnitelma"),
        ("kemissä", "kemi"),
        ("kuntalais", "kuntalainen"),
        ("chat-palvelun", "chat-palvelu"),
        ("2022-2025", "2022-2025"),
        ("xyzzy", "xyzzy"),
    ],
)
def test_a_form_has_its_basic_form(form: str, base: str) -> None:
    assert base_form(form) == base


@pytest.mark.parametrize(
    ("base", "parts"),
    [
        ("koulutus", set()),
        ("kaupunki", set()),
        ("lapsiperhe", {"lapsi", "perhe"}),
        ("ihmisoikeus", {"ihminen", "oikeus"}),
        ("kaupunginjohtaja", {"kaupunki", "johtaja"}),
        ("mielenterveyspalvelu", {"mieli", "terveys", "palvelu", "mielenterveys", "terveyspalvelu"}),
        ("vapaa-aikapalvelu", {"vapaa", "aika", "palvelu", "vapaa-aika", "aikapalvelu"}),
        ("oppilaskunta", {"oppilas"}),
        ("kuntatalous", {"kunta", "talous"}),
        ("yrityskontaktointi", {"yritys"}),
        ("it-tuki", {"it", "tuki"}),
        ("c-todistus", {"todistus"}),
    ],
)
def test_a_compound_has_its_parts_and_other_words_have_none(base: str, parts: set[str]) -> None:
    assert part_terms(base) == parts


def test_the_dictionary_gives_the_forms_of_the_words_asked_for_only() -> None:
    found = dict(forms_of(["koulu"]))

    assert {"koulun", "kouluista", "koulujen"} <= found.keys()
    assert "koulutuksen" not in found
    assert set(found.values()) == {"koulu"}
