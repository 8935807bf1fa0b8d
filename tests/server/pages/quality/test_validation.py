import csv
import html
import io
import re
import shutil
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from pyoxigraph import RdfFormat, parse

from hytegraph.graph.errors import ReleaseError
from hytegraph.graph.languages import Text
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.validation.checks import load_checks
from hytegraph.graph.validation.report import Finding, Report
from hytegraph.graph.vocab import RDF, SH
from hytegraph.server.app import create_app
from hytegraph.server.settings import Settings

BROWSER = {"Accept": "text/html,*/*;q=0.8"}


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_report_tells_every_finding_in_the_readers_language(
    kemi_client: FlaskClient, kemi_report: Report, language: str
) -> None:
    text = html.unescape(kemi_client.get(f"/validation?lang={language}", headers=BROWSER).text)

    assert kemi_report.findings
    for finding in kemi_report.findings:
        assert finding.message.in_language(language) in text
        assert kemi_report.rule(finding.shape).advice.in_language(language) in text
        assert finding.label in text
        assert finding.note in text


def test_a_finding_leads_to_its_thing_its_document_and_its_lines(kemi_client: FlaskClient) -> None:
    text = kemi_client.get("/validation?lang=fi", headers=BROWSER).text
    led = set(re.findall(r'href="(/page/[^"]+)"', text))

    assert any("/figure/" in path for path in led)
    assert any("/document/" in path for path in led)
    assert any("/passage/" in path for path in led)
    assert {kemi_client.get(path).status_code for path in led} == {200}
    assert "Odotettu" in text
    assert "Odottamaton" not in text


def test_findings_stand_by_rule_and_by_document(kemi_client: FlaskClient, kemi_report: Report) -> None:
    text = kemi_client.get("/validation?lang=en", headers=BROWSER).text

    by_rule, by_document = text.split('id="by-document"')
    for name in {finding.shape for finding in kemi_report.findings}:
        assert f'id="rule-{name}"' in by_rule
        assert f'href="#rule-{name}"' in by_document
    for name in {finding.document for finding in kemi_report.findings}:
        assert f'id="document-{name or "none"}"' in by_document


def test_the_report_is_turtle_csv_and_json(kemi_client: FlaskClient, kemi_report: Report) -> None:
    turtle = list(parse(kemi_client.get("/validation.ttl").data, RdfFormat.TURTLE))
    table = list(csv.DictReader(io.StringIO(kemi_client.get("/validation.csv?lang=en").text)))
    again = Report.from_json(kemi_client.get("/validation.json").text)

    assert sum(q.predicate == RDF.type and q.object == SH.ValidationResult for q in turtle) == len(
        kemi_report.findings
    )
    assert len(table) == len(kemi_report.findings)
    assert "message" in table[0]
    assert again == kemi_report
    assert kemi_client.get("/validation", headers={"Accept": "text/turtle"}).mimetype == "text/turtle"
    assert kemi_client.get("/validation", headers={"Accept": "application/json"}).is_json
    assert kemi_client.get("/validation.xlsx").status_code == 406


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fi", "ei ole tarkistusten raporttia"),
        ("sv", "ingen rapport om kontroller"),
        ("en", "no validation report"),
    ],
)
def test_data_of_a_plain_file_have_no_report_and_the_page_says_so(
    client: FlaskClient, language: str, words: str
) -> None:
    response = client.get(f"/validation?lang={language}", headers=BROWSER)

    assert response.status_code == 200
    assert words in response.text
    assert client.get("/validation.json").status_code == 404


def test_an_unexpected_finding_and_one_without_a_source_stand_out(kemi_release: Path, tmp_path: Path) -> None:
    release = tmp_path / "release"
    shutil.copytree(kemi_release, release)
    lone = Finding(
        *("Warning", "Made", "", 0, 0, "", "", Text(), "<b>7</b>"),
        *(Text("Väärin", "Fel", "Wrong"), "_:x", '"7"', "urn:c"),
    )
    (release / "report.json").write_text(Report((lone,)).as_json(), encoding="utf-8")
    client = create_app(Settings.of({}), Dataset.open(release)).test_client()

    text = client.get("/validation?lang=fi", headers=BROWSER).text

    assert "Odottamaton" in text
    assert "ei asiakirjaa" in text
    assert "<b>7" not in text


def test_a_damaged_report_stops_the_start(kemi_release: Path, tmp_path: Path) -> None:
    release = tmp_path / "release"
    shutil.copytree(kemi_release, release)
    (release / "report.json").write_text("{}", encoding="utf-8")

    with pytest.raises(ReleaseError, match="damaged"):
        create_app(Settings.of({}), Dataset.open(release))


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_check_of_the_report_is_shown_with_its_result(
    kemi_client: FlaskClient, kemi_report: Report, language: str
) -> None:
    text = html.unescape(kemi_client.get(f"/validation?lang={language}", headers=BROWSER).text)
    shapes = {finding.shape for finding in kemi_report.findings}

    checks = [rule for rule in kemi_report.rules if rule.concern == "checks"]
    assert len(checks) == len(load_checks())
    for rule in checks:
        assert rule.message.in_language(language) in text
        assert (rule.advice.in_language(language) in text) == (rule.name in shapes)
        assert (f'href="#rule-{rule.name}"' in text) == (rule.name in shapes)


def test_the_checks_are_csv_and_json(kemi_client: FlaskClient, kemi_report: Report) -> None:
    checks = kemi_client.get("/checks.json").get_json()["checks"]
    lines = kemi_client.get("/checks.csv?lang=en").text.splitlines()

    assert {check["check"] for check in checks} == {check.rule.name for check in load_checks()}
    found = sum(len(check["findings"]) for check in checks)
    assert found == sum(kemi_report.rule(each.shape).concern == "checks" for each in kemi_report.findings)
    assert len(lines) == 1 + found
    assert kemi_client.get("/checks", headers={"Accept": "text/csv"}).mimetype == "text/csv"


def test_the_address_that_the_checks_had_leads_to_the_report(kemi_client: FlaskClient) -> None:
    moved = kemi_client.get("/checks", headers=BROWSER)

    assert (moved.status_code, moved.headers["Location"]) == (308, "/validation#checks")


def test_data_of_a_plain_file_have_no_checks(client: FlaskClient) -> None:
    assert client.get("/checks.json").status_code == 404
