"""Refusals of `extract` in the reader's language, and the reasons that can be translated."""

import ast
import csv
from pathlib import Path

import pytest

from hytegraph.graph.errors import DocumentError, Reason
from hytegraph.server.cli.documents.refusals import refusal
from hytegraph.server.cli.main import main
from hytegraph.server.text.messages import FORMS

ROOT = Path(__file__).parents[4]


def calls(name: str) -> list[tuple[str, ast.Call]]:
    """The calls of that name in loaders and graph, each with its file."""
    files = sorted(file for room in ("loaders", "graph") for file in (ROOT / room).rglob("*.py"))
    return [
        (file.name, node)
        for file in files
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name
    ]


def reasons() -> list[tuple[str, str]]:
    """The templates of all reasons in the code, with the files that have them."""
    found = []
    for file, call in calls("Reason"):
        template = call.args[0]
        assert isinstance(template, ast.Constant), f"{file}: a template is one string"
        found.append((file, str(template.value)))
    return found


@pytest.mark.whole
def test_no_document_is_refused_with_words_that_cannot_be_translated() -> None:
    plain = [
        (file, call.lineno)
        for file, call in calls("DocumentError")
        if isinstance(call.args[1], ast.Constant | ast.JoinedStr)
    ]

    assert len(calls("DocumentError")) > 20
    assert plain == []


@pytest.mark.whole
@pytest.mark.slow
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


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("suunnitelma.pdf", b"%PDF-1.4 nothing", "PDF on rikki: se päättyy ennen loppumerkkiään"),
        ("suunnitelma.docx", b"PK\x03\x04 nothing", "tiedosto on rikkinäinen zip-paketti"),
        ("suunnitelma.txt", b"Hyvinvointi\nTavoite \xe4\n", "rivi 2 ei ole UTF-8:aa"),
        ("suunnitelma.csv", b"\x00\x01\x02", "tiedosto on binäärinen eikä CSV"),
        ("suunnitelma.rtf", b"{\\rtf1 nothing}", "tiedosto on RTF-muodossa"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_the_readers_language(
    name: str, data: bytes, sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / name
    file.write_bytes(data)

    assert (
        main(["extract", str(file), "-o", str(tmp_path / "out"), "--town", "Kemi", "--language", "fi"]) == 2
    )
    [error] = capsys.readouterr().err.splitlines()
    assert str(file) in error
    assert sentence in error


PRICES = "Hinnasto 2026;;\nTuote;Myyjä;Euroa\nKävelysauvat;Liikuntapalvelut;12\nPallo;Nuorisopalvelut;3\n"


def test_a_refusal_names_the_headings_that_are_not_known_and_a_profile_lets_the_file_be_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, out = tmp_path / "lista.csv", tmp_path / "out"
    file.write_text(PRICES, encoding="utf-8")
    extract = ["extract", str(file), "-o", str(out), "--town", "Kemi", "--language", "fi"]
    assert main(extract) == 2
    assert "joiden otsikoiden 'Tuote', 'Myyjä', 'Euroa' merkitystä" in capsys.readouterr().err

    assert main(["profile", str(file), "-o", str(out), "--language", "fi"]) == 1
    profile = out / "lista" / "profile.toml"
    assert f"{profile}: odottaa hyväksyntää" in capsys.readouterr().out
    text = profile.read_text("utf-8")
    columns = [(1, "Tuote", "measure"), (2, "Myyjä", "responsible"), (3, "Euroa", "resource")]
    described = "".join(
        f'[[table.column]]\nnumber = {number}\nheading = "{heading}"\nroles = ["{role}"]\n'
        for number, heading, role in columns
    )
    head = text[: text.index("[[table.column]]")]
    head = head.replace('"other"', '"header-rows"')
    profile.write_text(head + described, encoding="utf-8")

    assert main(extract) == 0
    with (out / "lista" / "measures.csv").open(encoding="utf-8", newline="") as measures:
        rows = [(row["measure"], row["responsible"], row["resource"]) for row in csv.DictReader(measures)]
    assert rows == [("Kävelysauvat", "Liikuntapalvelut", "12"), ("Pallo", "Nuorisopalvelut", "3")]


def test_a_proposed_profile_needs_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "lista.csv"
    file.write_text(PRICES, encoding="utf-8")

    assert main(["profile", str(file)]) == 2
    assert "--out DIR" in capsys.readouterr().err
