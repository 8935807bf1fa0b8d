"""The report of a validation with several towns: each town's part, and for all how much was found where."""

import csv
import io
import json
import re
import shutil
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from pyoxigraph import RdfFormat, Store

from hytegraph.graph.iris import DEFAULT_BASE
from hytegraph.graph.languages import Text
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.validation.checks import CONCERN
from hytegraph.graph.validation.report import DocumentInfo, Finding, Report, ReportRule
from hytegraph.server.app import create_app
from hytegraph.server.pages.quality.report_view import _verdict
from hytegraph.server.settings import Settings

TOWNS = Path(__file__).parents[3] / "data" / "server" / "towns.trig"
BROWSER = {"Accept": "text/html"}
RULE = ReportRule(
    "label-missing", f"{DEFAULT_BASE}shapes#label-missing", CONCERN, "Warning", Text("Nimi puuttuu.")
)


def finding(iri: str, *, expected: bool) -> Finding:
    slug = iri.partition("/")[0]
    words = Text(f"Nimi puuttuu ({slug})."), f"<{DEFAULT_BASE}id/{iri}>"
    message, focus = words
    return Finding(
        *(
            "Warning",
            RULE.name,
            "suunnitelma",
            3,
            4,
            f"asia {slug}",
            "",
            Text(""),
            "",
            message,
            focus,
            "",
            "",
        ),
        expected=expected,
    )


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """The release of three towns, of which two have a document of the same name."""
    folder = tmp_path_factory.mktemp("release")
    store = Store()
    store.load(input=TOWNS.read_bytes(), format=RdfFormat.TRIG)
    dump = io.BytesIO()
    store.dump(dump, RdfFormat.N_QUADS)
    lines = sorted(dump.getvalue().splitlines(keepends=True))
    data = b"".join(lines)
    (folder / "data.nq").write_bytes(data)
    manifest = {"data": {"sha256": sha256(data).hexdigest(), "quads": len(lines)}, "base": DEFAULT_BASE}
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    report = Report(
        (
            finding("aanekunta/goal/2026/pihat", expected=True),
            finding("lehtola/goal/2026/pihat", expected=False),
            finding("lehtola/plan/2026", expected=True),
            finding("period/2026", expected=False),
        ),
        (RULE,),
        tuple(
            DocumentInfo(
                "suunnitelma", f"{DEFAULT_BASE}id/{slug}/document/suunnitelma", Text(f"Suunnitelma: {slug}")
            )
            for slug in ("aanekunta", "lehtola")
        ),
    )
    (folder / "report.json").write_text(report.as_json(), "utf-8")
    client = create_app(Settings.of({}), Dataset.open(folder)).test_client()
    shutil.rmtree(folder)
    return client


def rows(client: FlaskClient, address: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client.get(address).text)))


def test_the_report_of_a_town_has_its_findings_and_documents(country: FlaskClient) -> None:
    page = country.get("/lehtola/validation?lang=fi", headers=BROWSER).text

    assert "Suunnitelma: lehtola" in page
    assert "aanekunta" not in page
    assert page.count("asia lehtola") == 4  # two findings, by rule and by document
    assert "asia period" not in page
    assert len(rows(country, "/lehtola/validation.csv")) == 2
    assert len(rows(country, "/oravala/validation.csv")) == 0


def test_the_report_of_all_counts_by_rule_and_by_town_and_lists_what_is_no_towns(
    country: FlaskClient,
) -> None:
    page = country.get("/validation?lang=en", headers=BROWSER).text

    rule = page[page.index('id="rule-label-missing"') :]
    assert re.findall(r'class="number"[^>]*>(\d+)<', rule)[:3] == ["4", "2", "2"]
    towns = dict(re.findall(r'href="/(\w+)/validation"[^>]*>.*?class="number"[^>]*>(\d+)<', page, re.DOTALL))
    assert towns == {"lehtola": "2", "oravala": "0", "aanekunta": "1"}
    assert "asia period" in page
    assert "asia lehtola" not in page
    assert len(rows(country, "/validation.csv")) == 4


def test_checks_count_what_was_found_in_the_town_or_in_all(country: FlaskClient) -> None:
    def found(page: str) -> str:
        text = country.get(f"{page}/validation?lang=en", headers=BROWSER).text
        return re.sub(r"<[^>]+>", "", text[text.index('<li id="label-missing"') :])[:200]

    assert "findings: 4" in found("")
    assert "findings: 2" in found("/lehtola")
    assert "findings:" not in found("/oravala")
    assert len(rows(country, "/lehtola/checks.csv")) == 2
    moved = country.get("/lehtola/checks", headers=BROWSER)
    assert moved.headers["Location"] == "/lehtola/validation#checks"


@pytest.mark.parametrize(
    "severities, says",
    [
        ((), "All checks passed"),
        (("Violation",), "1 violations, 0 unexpected warnings"),
        (("Violation", "Warning", "Warning"), "1 violations, 2 unexpected warnings"),
    ],
)
def test_the_verdict_counts_violations_and_warnings_apart(severities: tuple[str, ...], says: str) -> None:
    found = tuple(
        replace(finding("lehtola/goal/2026/pihat", expected=False), severity=severity)
        for severity in severities
    )

    assert says in _verdict(Report((finding("lehtola/plan/2026", expected=True), *found)), "en")
