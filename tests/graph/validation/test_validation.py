"""The validation of Kemi finds exactly what is known; reports say it to people; outside files are taken or refused."""

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, parse

from hytegraph.graph.errors import RdfFileError, ReleaseError, ShapesError, TableError, UnknownNameError
from hytegraph.graph.resources import example_folder
from hytegraph.graph.validation.engines import FAST, REFERENCE, evaluate
from hytegraph.graph.validation.expected import FILE, expected_csv, read_expected
from hytegraph.graph.validation.report import Expected, Report
from hytegraph.graph.validation.report_turtle import report_turtle
from hytegraph.graph.validation.shapes import package_shapes, read_shapes
from hytegraph.graph.validation.validate import data_text, read_quads, validate
from hytegraph.graph.vocab import RDF, SH
from hytegraph.server.cli.main import main
from hytegraph.server.pages.quality.report_formats import FORMATS, report_csv, report_lines, unexpected_lines
from hytegraph.server.pages.quality.report_view import report_view
from hytegraph.server.text.messages import LANGUAGES, Language

BASE = "https://w3id.org/hytegraph/"
CASES = Path(__file__).parents[2] / "data" / "shapes"
TOWN = CASES / "valid-town.ttl"
FINDINGS = [
    ("AmendmentLineNet", 316, "264777 ≠ 2077373"),
    ("AmendmentTotal", 316, "-906298 ≠ 906299"),
    ("AmendmentTotal", 316, "264777 ≠ 264776"),
    ("FigurePartsAddUp", 771, "TA 2022: 4640 ≠ 4636"),
    ("FigurePartsAddUp", 948, "ENNUSTE 2022: 214316 ≠ 214360"),
    ("Plan-adoptedBy", 0, ""),
    ("Plan-adoptedBy", 0, ""),
    ("Plan-adoptedBy", 28, ""),
    ("Row-responsible", 2060, ""),
    ("Row-responsible", 2060, ""),
    ("Row-responsible", 2154, ""),
]


@pytest.fixture(scope="module")
def quads(kemi_release: Path) -> list[Quad]:
    """The quads of the Kemi release."""
    return read_quads(kemi_release)


@pytest.fixture(scope="module")
def report(quads: list[Quad]) -> Report:
    """The report on Kemi, with the list of expected findings."""
    return validate(quads, BASE, expected=read_expected(example_folder() / FILE, BASE))


def faulty(tmp_path: Path) -> Path:
    """A town with a wrong line count, as a file."""
    file = tmp_path / "town.ttl"
    fault = CASES / "invalid-Document-lineCount.ttl"
    file.write_text(TOWN.read_text("utf-8") + fault.read_text("utf-8"), encoding="utf-8")
    return file


def test_kemi_has_exactly_the_known_findings(report: Report) -> None:
    to_see = [finding for finding in report.findings if finding.severity != "Info"]
    assert [(finding.shape, finding.line, finding.value) for finding in to_see] == FINDINGS
    assert report.counts() == {"Warning": len(FINDINGS), "Info": len(report.findings) - len(FINDINGS)}


def test_every_finding_of_kemi_is_expected_and_every_expected_one_occurs(report: Report) -> None:
    assert not report.unexpected
    assert not report.missing
    assert all(finding.note for finding in report.findings if finding.severity != "Info")


@pytest.mark.slow
def test_the_reference_engine_finds_the_same_in_kemi(quads: list[Quad]) -> None:
    compare_engines(quads)


def test_the_reference_engine_finds_the_same_in_the_minutes_of_kemi(quads: list[Quad]) -> None:
    # What the minutes refer to is not there, so there is more to find than in the whole.
    assert compare_engines([quad for quad in quads if "poytakirjanote" in str(quad.graph_name)])


def compare_engines(quads: list[Quad]) -> int:
    """The number of findings, which both engines agree on."""
    data, shapes = data_text(quads, BASE), package_shapes()
    fast, reference = evaluate(data, shapes, FAST)[1], evaluate(data, shapes, REFERENCE)[1]
    assert [result.key for result in fast] == [result.key for result in reference]
    return len(fast)


def test_a_changed_number_is_no_longer_the_expected_finding() -> None:
    known = Expected("FigurePartsAddUp", f"{BASE}id/kemi/figure/x", "TA 2022: 1 ≠ 2", "Lähteessä näin.")
    quads = list(parse((CASES / "invalid-FigurePartsAddUp.ttl").read_bytes(), RdfFormat.TURTLE))
    report = validate([*parse(TOWN.read_bytes(), RdfFormat.TURTLE), *quads], BASE, expected=[known])
    assert [finding.shape for finding in report.unexpected if finding.severity == "Warning"] == [
        "FigurePartsAddUp"
    ]
    assert report.missing == (known,)
    assert any("Expected, but no longer found" in line for line in unexpected_lines(report, "en"))


def test_of_a_rule_that_finds_much_some_findings_are_told_and_how_many_more_there_are() -> None:
    quads = parse((CASES / "invalid-FigurePartsAddUp.ttl").read_bytes(), RdfFormat.TURTLE)
    report = validate([*parse(TOWN.read_bytes(), RdfFormat.TURTLE), *quads], BASE)
    one = next(finding for finding in report.unexpected if finding.shape == "FigurePartsAddUp")
    report = replace(report, findings=tuple(replace(one, line=number) for number in range(5)))

    every, some, exactly = (list(unexpected_lines(report, "fi", most)) for most in (None, 3, 5))

    assert exactly == every
    assert some == [*every[:3], "FigurePartsAddUp: 2 löydöstä lisää"]
    assert len(every) == 5


@pytest.mark.slow
def test_what_is_inferred_and_stated_is_reported(quads: list[Quad]) -> None:
    inferred = NamedNode(f"{BASE}graph/inferred")
    stated = next(quad for quad in quads if str(quad.graph_name).endswith("/organisation>"))
    again = Quad(stated.subject, stated.predicate, stated.object, inferred)
    assert "InferredApart" in {finding.shape for finding in validate([*quads, again], BASE).findings}


def test_every_text_of_kemi_is_searched_for_personal_data(quads: list[Quad]) -> None:
    texts = re.search(
        r"targetSubjectsOf dct:description(.*?);",
        (Path(__file__).parents[3] / "shapes" / "personal-data.ttl").read_text("utf-8"),
        re.DOTALL,
    )
    assert texts
    searched = {name.strip().partition(":")[2] for name in texts[1].split(",")} | {"description"}
    no_text = {"identifier", "caseNumber", "publishedSha256", "redactedSha256"}
    for quad in quads:
        if "/document/" in str(quad.graph_name) and isinstance(quad.object, Literal):
            name = re.split(r"[/#]", quad.predicate.value)[-1]
            is_text = quad.object.language or quad.object.datatype.value.endswith("#string")
            assert not is_text or name in searched | no_text, name


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_view_groups_by_rule_and_by_document_in_each_language(report: Report, language: Language) -> None:
    view = report_view(report, language)
    shapes = [group.name for group in view.by_rule if group.severity != report.rule("code-not-used").severity]
    assert shapes == list(dict.fromkeys(name for name, *_ in FINDINGS))
    assert sum(len(group.findings) for group in view.by_document) == len(report.findings)
    assert sum(rules for _, rules, _ in view.concerns) == view.rules == len(report.rules)
    for group in view.by_rule:
        assert group.advice
        assert all(finding.label and finding.message for finding in group.findings)
        assert group.severity == "Info" or (group.reason and all(finding.note for finding in group.findings))


def test_a_finding_names_node_value_lines_and_what_to_do(report: Report) -> None:
    lines = list(report_lines(report, "fi"))
    assert any(line.startswith("  Mitä tehdä: ") for line in lines)
    assert any(
        line.startswith("  - «Kotihoito» (004_6f9012e3c57d872b, rivi 948) [ENNUSTE 2022: 214316 ≠ 214360]")
        for line in lines
    )
    assert lines[-1] == "Kaikki tarkistukset menivät läpi, eikä odottamattomia löydöksiä ole."


def test_the_json_report_can_be_read_back(report: Report) -> None:
    assert Report.from_json(report.as_json()) == report


def test_the_csv_report_has_a_line_per_finding(report: Report) -> None:
    rows = list(csv.DictReader(io.StringIO(report_csv(report, "sv"))))
    assert len(rows) == len(report.findings)
    assert {row["väntad"] for row in rows if row["allvarlighet"] != "Anmärkning"} == {"ja"}


def test_the_turtle_report_is_shacl_without_blank_nodes(report: Report) -> None:
    store = Store()
    store.extend(parse(report_turtle(report), format=RdfFormat.TURTLE))
    assert "_:" not in report_turtle(report)
    assert len(list(store.quads_for_pattern(None, RDF.type, SH.ValidationResult, None))) == len(
        report.findings
    )
    components = list(store.quads_for_pattern(None, SH.sourceConstraintComponent, None, None))
    assert len(components) == len(report.findings)


@pytest.mark.slow
def test_a_report_is_the_same_in_every_run(quads: list[Quad], report: Report) -> None:
    again = validate(quads, BASE, expected=read_expected(example_folder() / FILE, BASE))
    for write in FORMATS.values():
        assert write(again, "en") == write(report, "en")


def test_the_list_of_expected_findings_is_kept_by_a_release(kemi_release: Path) -> None:
    expected = read_expected(example_folder() / FILE, BASE)
    assert read_expected(kemi_release / FILE, BASE) == tuple(sorted(expected))
    assert (kemi_release / FILE).read_text("utf-8") == expected_csv(expected)


def test_an_expected_finding_without_a_note_is_refused(tmp_path: Path) -> None:
    file = tmp_path / FILE
    file.write_text("shape,focus,value,note\nRow-responsible,kemi/row/x,,\n", encoding="utf-8")
    with pytest.raises(TableError, match="the note is missing"):
        read_expected(file, BASE)


@pytest.mark.slow
def test_validate_ends_with_0_on_kemi_and_with_1_on_a_violation(
    kemi_release: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["validate", str(kemi_release)]) == 0
    assert main(["validate", str(faulty(tmp_path))]) == 1
    assert "Document-lineCount" in capsys.readouterr().out


def test_validate_ends_with_1_on_an_unexpected_warning(tmp_path: Path) -> None:
    fault = (CASES / "invalid-Row-responsible.ttl").read_text("utf-8")
    town = tmp_path / "town.ttl"
    town.write_text(TOWN.read_text("utf-8") + fault, encoding="utf-8")
    assert main(["validate", str(town), "--format", "csv"]) == 1
    listed = tmp_path / "known.csv"
    listed.write_text("shape,focus,value,note\nRow-responsible,kemi/r,,Tyhjä solu.\n", encoding="utf-8")
    found = validate(read_quads(town), BASE, expected=read_expected(listed, BASE))
    assert [(each.shape, each.expected) for each in found.findings if each.severity == "Warning"] == [
        ("Row-responsible", True)
    ]


def test_validate_takes_any_rdf_file_and_any_shapes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, shapes = tmp_path / "data.nt", tmp_path / "shapes.ttl"
    data.write_text('_:a <urn:name> "x" .\n<urn:b> <urn:age> "y" .\n', encoding="utf-8")
    shapes.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
        "[] a sh:NodeShape ; sh:targetSubjectsOf <urn:name>, <urn:age> ;\n"
        '   sh:property [ sh:path <urn:name> ; sh:minCount 1 ; sh:message "no name" ] .\n',
        encoding="utf-8",
    )
    assert main(["validate", str(data), "--shapes", str(shapes), "--format", "json"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert [each["focus"] for each in report["findings"]] == ["<urn:b>"]
    assert report["findings"][0]["message"]["en"] == "no name"
    assert report["engine"] == REFERENCE


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("@prefix sh: <urn:x", "line 1"),
        ("<urn:a> <urn:b> <urn:c> .", "it holds no SHACL shape"),
        (
            (
                "@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:s> a sh:NodeShape ; sh:targetClass <urn:c> ;"
                ' sh:sparql [ sh:select "SELECT nonsense" ] .'
            ),
            "a SPARQL query in it is not valid",
        ),
        (
            (
                "@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:s> a sh:NodeShape ;"
                " sh:targetClass <https://w3id.org/hytegraph/ns#Goal> ; sh:property [ sh:minCount 1 ] ."
            ),
            "pyshacl cannot use them",
        ),
    ],
)
def test_a_bad_shapes_file_is_refused_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, reason: str
) -> None:
    file = tmp_path / "bad.ttl"
    file.write_text(text, encoding="utf-8")
    assert main(["validate", str(TOWN), "--shapes", str(file)]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert reason in said


def test_files_that_are_no_rdf_or_not_there_are_refused(tmp_path: Path) -> None:
    broken = tmp_path / "broken.nt"
    broken.write_text("<urn:a> <urn:b> .\n", encoding="utf-8")
    with pytest.raises(RdfFileError, match="line 1"):
        read_quads(broken)
    with pytest.raises(ReleaseError, match="no such file"):
        read_quads(tmp_path / "none.ttl")
    with pytest.raises(ShapesError, match="no such file"):
        read_shapes([tmp_path / "none.ttl"])
    with pytest.raises(UnknownNameError, match="SHACL engine"):
        evaluate("", package_shapes(), "other")
