"""Refusals of `extract` in the reader's language, and the reasons that can be translated."""

import ast
from pathlib import Path

import pytest

from hytegraph.graph.errors import DocumentError, Reason
from hytegraph.server.cli.documents.refusals import refusal
from hytegraph.server.cli.main import main
from hytegraph.server.text.messages import FORMS

ROOT = Path(__file__).parents[4]


def reasons() -> list[tuple[str, str]]:
    """The templates of all reasons in the code, with the files that have them."""
    found = []
    for file in sorted((ROOT / "loaders").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Reason":
                template = node.args[0]
                assert isinstance(template, ast.Constant), f"{file.name}: a template is one string"
                found.append((file.name, str(template.value)))
    return found


def test_every_reason_is_said_in_three_languages() -> None:
    missing = [(file, template) for file, template in reasons() if template not in FORMS]

    assert len(reasons()) > 5
    assert missing == []
    assert {FORMS[template]["other"].en for _, template in reasons()} == {
        template for _, template in reasons()
    }


def test_no_text_of_a_refusal_is_left_over() -> None:
    import tomllib

    texts = tomllib.loads((ROOT / "server/text/translations/refusals.toml").read_text("utf-8"))

    assert set(texts) - {template for _, template in reasons()} == set()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["--town", "Rahe", "--language", "fi"],
            "'Rahe' ei ole minkään kunnan nimi tai koodi; lähimmät ovat: Raahe",
        ),
        (["--town", "Rahe", "--language", "sv"], "'Rahe' är inte namn på eller kod för någon kommun"),
        (["--town", "Honkajoki", "--language", "fi"], "se on nyt osa kuntaa Kankaanpää (214)"),
        (["--town", "Kemi", "--municipality", "678"], "Kemi (240) does not have the code 678"),
        (["--municipality", "24"], "--municipality takes a code of three digits"),
        (["--language", "fi"], "kenen asiakirjoja nämä ovat?"),
    ],
)
def test_a_wrong_town_is_refused_in_the_readers_language(
    arguments: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = next((ROOT / "tests/data/loaders").glob("*.txt"))

    assert main(["extract", str(text), "-o", str(tmp_path / "out"), *arguments]) == 2
    [sentence] = capsys.readouterr().err.splitlines()
    assert said in sentence
    assert not (tmp_path / "out").exists()


def test_a_reason_that_no_text_has_is_said_as_it_is() -> None:
    assert refusal(DocumentError("a.pdf", "strange"), "fi") == "a.pdf: strange"
    assert refusal(DocumentError("a.pdf", Reason("{n} odd things", n=3)), "sv") == "a.pdf: 3 odd things"


def test_a_reason_outlives_a_process() -> None:
    import pickle

    reason = pickle.loads(pickle.dumps(Reason("{n} odd things", n=3)))

    assert (reason, reason.template, reason.values) == ("3 odd things", "{n} odd things", {"n": 3})
