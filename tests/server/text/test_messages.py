import re
from pathlib import Path
from string import Formatter

import pytest

from hytegraph.graph.sparql.guard import REFUSALS
from hytegraph.server import app
from hytegraph.server.http.problems import _SLUGS
from hytegraph.server.text.messages import FORMS, LANGUAGES, TEXTS, Language, translate

TEMPLATES = Path(app.__file__).parent / "pages"


def test_a_text_is_complete_in_three_languages_with_the_same_values() -> None:
    assert [key for key in TEXTS if not all(text.strip() for text in _texts(key))] == []
    assert [key for key in TEXTS if _differ_in_values(key)] == []


def _texts(key: str) -> list[str]:
    return [form[language] for form in FORMS[key].values() for language in LANGUAGES]


def _differ_in_values(key: str) -> bool:
    """Whether the forms and languages of a text name different values; the singular may say its number in a word."""
    names = {frozenset(name for _, name, _, _ in Formatter().parse(text) if name) for text in _texts(key)}
    return len({each - {"n"} for each in names} if len(FORMS[key]) > 1 else names) != 1


def test_every_text_that_a_template_names_exists() -> None:
    source = "".join(file.read_text("utf-8") for file in sorted(TEMPLATES.glob("*/*.html")))

    named = set(re.findall(r"""\bt\(["']([\w.-]+)["'][,)]""", source))

    assert named
    assert named <= set(TEXTS)


def test_every_problem_has_a_title() -> None:
    slugs = {
        *_SLUGS.values(),
        *(f"query-refused-{kind}" for kind in REFUSALS),
        "query-syntax",
        "query-failed",
    }

    assert {f"problem.{slug}" for slug in slugs} <= set(TEXTS)


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        ("fi", ("0 ehdotusta", "1 ehdotus", "2 ehdotusta")),
        ("sv", ("0 förslag", "1 förslag", "2 förslag")),
        ("en", ("0 suggestions", "1 suggestion", "2 suggestions")),
    ],
)
def test_a_text_that_counts_takes_the_plural_form_of_its_number(
    language: Language, texts: tuple[str, ...]
) -> None:
    assert tuple(translate("search.suggested", language, n=n) for n in (0, 1, 2)) == texts


def test_an_unknown_text_is_an_error() -> None:
    with pytest.raises(KeyError):
        translate("no.such.text", "fi")


@pytest.mark.parametrize(
    ("key", "values", "written"),
    [
        ("search.count", {"q": "liikunta", "n": 12972}, "Haulla ”liikunta” löytyi 12\u00a0972 kohdetta."),
        ("search.count", {"q": "liikunta", "n": 1545}, "Haulla ”liikunta” löytyi 1\u00a0545 kohdetta."),
        ("search.count", {"q": "2026", "n": 1}, "Haulla ”2026” löytyi 1 kohde."),
        ("lines", {"start": 998, "end": 1012}, "rivit 998–1012"),
        ("paging.shown", {"first": 1001, "last": 1100, "total": 26426}, "1\xa0001–1\xa0100 / 26\xa0426"),
    ],
)
def test_counts_are_written_in_groups_of_three_and_lines_are_not(
    key: str, values: dict[str, object], written: str
) -> None:
    assert translate(key, "fi", **values) == written
