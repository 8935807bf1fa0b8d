"""What a person marks or decides as personal data leaves every file of a document folder and of its releases."""

import hashlib
import json
from pathlib import Path

import pytest

from hytegraph.graph.errors import BuildError, TableError
from hytegraph.loaders.build import build
from hytegraph.loaders.documents.folder import read_folder, read_manifest
from hytegraph.loaders.extract import Extracted, Town, extract_files
from hytegraph.loaders.judging import apply_decisions, decide_rest
from hytegraph.loaders.privacy.waiting import waiting_in
from hytegraph.server.cli.main import main

pytestmark = pytest.mark.whole

DATA = Path(__file__).parents[2] / "data" / "loaders"
TOWN = Town("Mallila", "999")
SECRET = "Zaphod Virtanen"
HEADER = "id,lines,words,kind,decision,note\n"
MARKED = "id,kind,text,lines,certainty,note\n"


def plan(folder: Path, measure: str) -> Path:
    """A plan of an invented town, with a measure in place of one of its own."""
    text = (DATA / "toimenpideohjelma.txt").read_text(encoding="utf-8")
    assert "Torikahvit kaksi kertaa vuodessa" in text
    file = folder / "plan.txt"
    file.write_text(text.replace("Torikahvit kaksi kertaa vuodessa", measure), encoding="utf-8")
    return file


def line_of(file: Path, words: str) -> int:
    lines = file.read_text(encoding="utf-8").split("\n")
    return next(number for number, line in enumerate(lines, 1) if words in line)


def extract(file: Path, out: Path) -> Extracted:
    [result] = extract_files([file], out, TOWN)
    return result


def append(file: Path, row: str, header: str) -> None:
    before = file.read_text(encoding="utf-8") if file.exists() else header
    file.write_text(before + row + "\n", encoding="utf-8")


def mark(out: Path, line: int) -> None:
    """Call a line of the plan personal data, as a person does."""
    append(out / "plan" / "passages.csv", f"L{line},personalData,,L{line},sure,", MARKED)


def holding(folder: Path, *words: str) -> list[str]:
    """The files under the folder that hold one of the words, in any case."""
    return [
        str(file.relative_to(folder))
        for file in sorted(folder.rglob("*"))
        if file.is_file() and any(w.casefold().encode() in file.read_bytes().lower() for w in words)
    ]


def released(out: Path, release: Path) -> Path:
    built = build([out], release)
    assert built.release, built.report
    return release.resolve()


@pytest.fixture
def waiting(tmp_path: Path) -> Path:
    """A folder with words that wait for a decision."""
    extract(plan(tmp_path, f"Torikahvit, joilla {SECRET} puhuu"), tmp_path / "out")
    return tmp_path / "out"


def test_a_line_that_a_person_marks_leaves_every_file(tmp_path: Path) -> None:
    file, out = plan(tmp_path, "Torikahvit, joilla kerrottiin naapurista"), tmp_path / "out"
    number = line_of(file, "naapurista")
    extract(file, out)
    assert "plan.txt" in holding(out, "naapurista")
    mark(out, number)
    with pytest.raises(BuildError, match=f"still hold words .L{number}."):
        build([out], tmp_path / "release")
    result = extract(file, out)
    assert result.removed == 1
    assert holding(out, "naapurista") == []
    text = (out / "plan.txt").read_text(encoding="utf-8").split("\n")
    assert text[number - 1].strip() == "[henkilötietoja poistettu]"
    release = released(out, tmp_path / "release")
    assert holding(release, "naapurista") == []
    assert "documents/mallila/toimenpideohjelma-2027.txt" in holding(release, "[henkilötietoja poistettu]")


def test_the_checksums_tell_the_published_file_and_the_text_that_is_left(tmp_path: Path) -> None:
    file, out = plan(tmp_path, "Torikahvit, joilla kerrottiin naapurista"), tmp_path / "out"
    extract(file, out)
    number = line_of(file, "naapurista")
    mark(out, number)
    extract(file, out)
    [entry] = read_manifest(out)
    assert entry.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()
    assert entry.redacted_sha256 == hashlib.sha256((out / "plan.txt").read_bytes()).hexdigest()
    [source] = read_folder(out).sources
    assert source.coverage.unexplained == ()


def test_a_row_that_has_lost_its_goal_goes_and_its_other_lines_say_why(tmp_path: Path) -> None:
    file, out = plan(tmp_path, "Torikahvit, joilla kerrottiin naapurista"), tmp_path / "out"
    extract(file, out)
    mark(out, line_of(file, "naapurista"))
    extract(file, out)
    tables = read_folder(out).sources[0].tables
    assert {row["goal"] for row in tables["measures"].rows} == {row["goal"] for row in tables["goals"].rows}
    assert "Yhdessä tekeminen ja osallisuus" not in {row["goal"] for row in tables["goals"].rows}
    orphans = [row for row in tables["passages"].rows if row["certainty"] == "ambiguous"]
    assert [row["text"] for row in orphans] == [
        *("Koulujen oppilaskunnat ja muut hyte-", "toimijat", "Kanslia", "Sivistystoimiala"),
    ]
    assert all("poistettu henkilötietoja" in row["note"] for row in orphans)


def test_what_is_left_of_a_row_is_ambiguous_and_says_why(tmp_path: Path) -> None:
    file, out = plan(tmp_path, "Torikahvit"), tmp_path / "out"
    extract(file, out)
    mark(out, line_of(file, "Retkipäivien"))
    extract(file, out)
    rows = {row.id: row for row in read_folder(out).sources[0].tables["measures"].rows}
    assert (rows["L24"]["measure"], rows["L24"]["certainty"]) == ("Luontopolut.", "sure")
    cut = rows["L26"]
    assert (cut["measure"], cut["measure_lines"], cut["certainty"]) == ("", "", "ambiguous")
    assert cut["goal"] == "Lähiluonnon arvostus ja luontosuhde"
    assert cut["note"]


def test_a_title_that_a_person_calls_personal_data_goes_from_the_manifest_too(tmp_path: Path) -> None:
    file, out = plan(tmp_path, "Torikahvit"), tmp_path / "out"
    extract(file, out)
    passages = out / "plan" / "passages.csv"
    rows = passages.read_text(encoding="utf-8")
    assert "L2,heading,Hyvinvointisuunnitelman" in rows
    passages.write_text(rows.replace("L2,heading,", "L2,personalData,"), encoding="utf-8")
    extract(file, out)
    assert [entry.title["fi"] for entry in read_manifest(out)] == ["[henkilötietoja poistettu]"]
    assert holding(out, "Hyvinvointisuunnitelman") == []


def test_links_and_slugs_of_a_removed_line_go(tmp_path: Path) -> None:
    file, out = plan(tmp_path, "Torikahvit, joilla kerrottiin naapurista"), tmp_path / "out"
    extract(file, out)
    assert "Yhdessä tekeminen ja osallisuus" in (out / "registry.csv").read_text(encoding="utf-8")
    (out / "links").mkdir()
    (out / "links" / "muut.tsv").write_text(
        "a\tgoal/2027/yhdessa-tekeminen-osallisuus\nb\tTorikahvit, joilla kerrottiin naapurista\n",
        encoding="utf-8",
    )
    mark(out, line_of(file, "naapurista"))
    extract(file, out)
    assert holding(out, "naapurista", "Yhdessä tekeminen", "yhdessa-tekeminen") == []
    assert (out / "links" / "muut.tsv").read_text(encoding="utf-8") == "b\t[henkilötietoja poistettu]\n"


def test_the_tables_of_a_text_that_has_lost_lines_stay_as_they_were(tmp_path: Path) -> None:
    file, out = plan(tmp_path, "Torikahvit, joilla kerrottiin naapurista"), tmp_path / "out"
    extract(file, out)
    mark(out, line_of(file, "naapurista"))
    extract(file, out)
    before = (out / "plan" / "measures.csv").read_bytes()
    extract(out / "plan.txt", out)
    assert (out / "plan" / "measures.csv").read_bytes() == before
    fresh = tmp_path / "fresh"
    extract(out / "plan.txt", fresh)
    rows = [row for table in read_folder(fresh).sources[0].tables.values() for row in table.rows]
    assert {row["certainty"] for row in rows if row["kind"] != "personalData"} == {"ambiguous"}


def test_a_marked_line_is_removed_without_the_published_file_too(tmp_path: Path) -> None:
    file, out = plan(tmp_path, "Torikahvit, joilla kerrottiin naapurista"), tmp_path / "out"
    extract(file, out)
    number = line_of(file, "naapurista")
    mark(out, number)
    [result] = apply_decisions(out)
    assert result.removed == 1
    assert holding(out, "naapurista") == []
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    extract(file, out)
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before


def test_a_correction_of_a_removed_line_gives_way(tmp_path: Path) -> None:
    file, out = plan(tmp_path, "Torikahvit, joilla kerrottiin naapurista"), tmp_path / "out"
    extract(file, out)
    number = line_of(file, "naapurista")
    measures = out / "plan" / "measures.csv"
    corrected = measures.read_text(encoding="utf-8").replace("Torikahvit, joilla", "joilla")
    measures.write_text(corrected, encoding="utf-8")
    mark(out, number)
    result = extract(file, out)
    assert holding(out, "naapurista") == []
    assert any("lines that were removed" in str(difference) for difference in result.differences)


def test_words_of_a_persons_row_leave_text_and_corrections(tmp_path: Path) -> None:
    file, out = plan(tmp_path, "Torikahvit, joilla Pikku Myy puhuu"), tmp_path / "out"
    extract(file, out)
    measures = out / "plan" / "measures.csv"
    rows = measures.read_text(encoding="utf-8").replace(",sure,\n", ",ambiguous,Kysy: pikku  myy.\n", 1)
    measures.write_text(rows, encoding="utf-8")
    append(out / "plan" / "privacy.csv", "x,,Pikku Myy,name,remove,", HEADER)
    extract(file, out)
    assert holding(out, "Pikku Myy", "pikku  myy") == []
    assert "joilla [nimi poistettu] puhuu" in (out / "plan.txt").read_text(encoding="utf-8")
    assert "Kysy: [nimi poistettu]." in measures.read_text(encoding="utf-8")
    assert (out / "plan" / "privacy.csv").read_text(encoding="utf-8") == HEADER + "x,,,name,remove,\n"
    extract(file, out)
    assert holding(out, "Pikku Myy") == []


def test_what_may_be_a_name_waits_and_the_build_says_which(waiting: Path, tmp_path: Path) -> None:
    number = line_of(waiting / "plan.txt", SECRET)
    rows = (waiting / "plan" / "privacy.csv").read_text(encoding="utf-8")
    assert rows == HEADER + f"L{number},L{number},{SECRET},name,,\n"
    with pytest.raises(BuildError, match=rf"plan: .* waits for a decision .*rows L{number}") as refused:
        build([waiting], tmp_path / "release")
    assert SECRET not in str(refused.value)


@pytest.mark.slow
def test_what_is_kept_builds_and_privacy_csv_reaches_no_release(waiting: Path, tmp_path: Path) -> None:
    assert decide_rest(waiting, "keep") == 1
    assert apply_decisions(waiting) == ()
    assert waiting_in(waiting) == ()
    rows = waiting / "plan" / "privacy.csv"
    rows.write_text(
        rows.read_text(encoding="utf-8").replace("keep,", "keep,keksitty hahmo"), encoding="utf-8"
    )
    release = released(waiting, tmp_path / "release")
    assert holding(release, "keksitty hahmo", HEADER.strip()) == []
    assert list(release.rglob("privacy.csv")) == []
    inputs = json.loads((release / "manifest.json").read_text(encoding="utf-8"))["inputs"]
    assert not any("privacy.csv" in name for name in inputs)
    extract(tmp_path / "plan.txt", waiting)
    assert waiting_in(waiting) == ()


@pytest.mark.slow
def test_a_decision_that_is_not_made_stops_a_build_that_has_nothing_else_to_do(
    waiting: Path, tmp_path: Path
) -> None:
    decide_rest(waiting, "keep")
    released(waiting, tmp_path / "release")
    append(waiting / "plan" / "privacy.csv", "y,L1,Torikahvit,name,,", HEADER)
    with pytest.raises(BuildError, match="waits for a decision"):
        build([waiting], tmp_path / "release")


def test_what_is_removed_leaves_no_words_anywhere_and_stays_removed(waiting: Path, tmp_path: Path) -> None:
    links = waiting / "links"
    links.mkdir()
    (links / "muut.tsv").write_text(
        f"a\thuomautus {SECRET}\nb\thttps://x.example/id/mallila/measure/zaphod-virtanen\nc\tmuu\n",
        encoding="utf-8",
    )
    assert decide_rest(waiting, "remove") == 1
    with pytest.raises(BuildError, match="still in the text"):
        build([waiting], tmp_path / "release")
    [result] = apply_decisions(waiting)
    assert result.removed == 1
    assert holding(waiting, "Zaphod", "Virtanen") == []
    assert (links / "muut.tsv").read_text(encoding="utf-8") == "a\thuomautus [nimi poistettu]\nc\tmuu\n"
    extract(tmp_path / "plan.txt", waiting)
    assert holding(waiting, "Zaphod", "Virtanen") == []
    (links / "muut.tsv").unlink()
    assert holding(released(waiting, tmp_path / "release"), "Zaphod", "Virtanen") == []


def test_a_name_of_one_document_is_looked_for_in_the_others(tmp_path: Path) -> None:
    minutes = DATA / "poytakirjanote.txt"
    file, out = plan(tmp_path, "Torikahvit, Maija Meikäläisen ideasta"), tmp_path / "out"
    assert "Sivistysjohtaja Maija Meikäläinen" in minutes.read_text(encoding="utf-8")
    extract_files([file, minutes], out, TOWN)
    assert holding(out, "Meikäläi") == []


def test_a_name_is_looked_for_in_a_document_that_the_folder_has(tmp_path: Path) -> None:
    minutes = tmp_path / "pykala.txt"
    text = (DATA / "poytakirjanote.txt").read_text(encoding="utf-8")
    minutes.write_text(text.replace("Maija Meikäläinen", "Zyx Outola"), encoding="utf-8")
    file, out = plan(tmp_path, "Torikahvit, Zyx Outolan ideasta"), tmp_path / "out"
    extract(file, out)
    assert "plan.txt" in holding(out, "Outola")
    results = extract_files([minutes], out, TOWN)
    assert [(result.entry.name, result.removed) for result in results] == [("plan", 1), ("pykala", 3)]
    assert holding(out, "Outola") == []
    assert read_folder(out)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("a,L1,Sanoja,nimi,remove,", "row a.*the kind must be one of name"),
        ("a,L1,Sanoja,name,poista,", "row a.*remove, keep or empty"),
        ("a,L1,,name,,", "row a.*the words are missing"),
        ("a,rivi 1,Sanoja,name,keep,", "row a.*lines"),
        ("a,L1,Sanoja joita ei ole,name,remove,", "row a.*does not hold the words"),
    ],
)
def test_a_row_that_cannot_be_applied_is_refused_and_nothing_changes(
    waiting: Path, row: str, reason: str
) -> None:
    (waiting / "plan" / "privacy.csv").write_text(HEADER + row + "\n", encoding="utf-8")
    before = (waiting / "plan.txt").read_bytes()
    with pytest.raises(TableError, match=f"(?s){reason}") as refused:
        extract_files([waiting / "plan.txt"], waiting, TOWN)
    assert "joita ei ole" not in str(refused.value)
    assert (waiting / "plan.txt").read_bytes() == before


@pytest.mark.slow
def test_the_command_lists_what_waits_decides_it_and_applies_it(
    waiting: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["privacy", str(waiting)]) == 1
    assert f"name «{SECRET}» waits for a decision" in capsys.readouterr().out
    assert main(["build", str(waiting), "--out", str(tmp_path / "release")]) == 2
    assert "hytegraph privacy" in capsys.readouterr().err
    assert main(["privacy", str(waiting), "--decide", "remove"]) == 0
    assert SECRET not in capsys.readouterr().out.split("\n", 1)[1]
    assert main(["build", str(waiting), "--out", str(tmp_path / "release")]) == 0
    assert holding(tmp_path / "release", "Zaphod") == []


def test_extract_says_what_waits_and_how_to_decide(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = plan(tmp_path, f"Torikahvit, joilla {SECRET} puhuu")
    towns = tmp_path / "kunnat.csv"
    towns.write_text("code,name_fi\n999,Mallila\n", encoding="utf-8")
    town = ["--town", "Mallila", "--municipality", "999", "--municipalities", str(towns)]
    assert main(["extract", str(file), "-o", str(tmp_path / "out"), *town]) == 1
    assert "1 may be personal data: decide by `hytegraph privacy" in capsys.readouterr().out
