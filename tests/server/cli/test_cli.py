"""The command line as its users meet it: as a process, with its exit codes, output and one-sentence errors."""

import csv
import json
import re
import resource
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from rdflib import Dataset as RdflibDataset
from rdflib import Graph

from hytegraph.graph.store.dataset import Dataset
from hytegraph.server.cli.export import EXPORTS
from tests.server.cli.conftest import COMMAND, Run

RDFLIB = {
    "turtle": "turtle",
    "ntriples": "nt",
    "trig": "trig",
    "nquads": "nquads",
    "jsonld": "json-ld",
    "rdfxml": "xml",
}
CopyOf = Callable[..., Path]


def processor_seconds() -> float:
    """What the processes that have ended took of the processor."""
    return sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])


def test_help_names_every_command_and_answers_at_once(run: Run, run_here: Run) -> None:
    before = processor_seconds()
    answer = run("--help")
    assert processor_seconds() - before < 3
    text = answer.stdout.decode()
    assert answer.returncode == 0
    for command in ("extract", "coverage", "build", "validate", "query", "trace", "export", "serve"):
        assert re.search(rf"^\s+{command}\s", text, re.MULTILINE)
        assert run_here(command, "--help").returncode == 0
    assert "exit codes" in text


def test_the_version_is_that_of_the_package(run: Run) -> None:
    assert re.fullmatch(r"hytegraph \d+\.\d+\.\d+\n", run("--version").stdout.decode())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["query", "goals", "--release", "poissa"], "poissa"),
        (["trace", "kahvi", "--release", "poissa"], "poissa"),
        (["export", "--release", "poissa"], "poissa"),
        (["validate", "poissa.ttl"], "poissa.ttl: there is no such file"),
        (["query", "goals"], "build/release"),
        (["query", "tavoitteet"], "no query is called 'tavoitteet'; there are: amendments"),
        (["query", "trace", "--param", "measure", "--release", "SMALL"], "NAME=VALUE"),
        (["query", "trace", "--param", "sana=x", "--release", "SMALL"], "no parameter is called 'sana'"),
        (["export", "--graph", "poissa", "--release", "SMALL"], "no graph is called 'poissa'"),
        (["export", "-o", "poissa/graph.ttl", "--release", "SMALL"], "poissa/graph.ttl"),
        (["extract", "poissa.txt", "-o", "out"], "poissa.txt: No such file"),
        (["coverage", "poissa"], "hytegraph extract"),
        (["build", "poissa"], "hytegraph extract"),
        (["build", "--base", "https://example.org"], "slash"),
        (["build", "--base", "nonsense/"], "slash"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_cannot_be_done_is_one_sentence_and_exit_code_2(
    arguments: list[str], said: str, run_here: Run, small: Path
) -> None:
    answer = run_here(*[str(small) if argument == "SMALL" else argument for argument in arguments])
    [sentence] = answer.stderr.decode().splitlines()
    assert sentence.startswith(f"hytegraph {arguments[0]}: ")
    assert said in sentence
    assert (answer.returncode, answer.stdout) == (2, b"")


@pytest.mark.parametrize(
    "arguments", [[], ["tee"], ["extract"], ["query", "--format", "ttl"], ["serve", "--port", "x"]]
)
def test_a_usage_error_is_exit_code_2_without_a_traceback(arguments: list[str], run_here: Run) -> None:
    answer = run_here(*arguments)
    assert (answer.returncode, b"Traceback" in answer.stderr, b"usage:" in answer.stderr) == (2, False, True)


def test_queries_are_listed_with_their_parameters(run: Run) -> None:
    text = run("query").stdout.decode()
    assert "trace --param measure=…: " in text
    assert len(text.splitlines()) == 20


def test_a_query_answers_in_csv_with_crlf_and_a_header(run: Run, small: Path) -> None:
    answer = run("query", "goals", "--release", small)
    assert answer.returncode == 0
    lines = answer.stdout.decode().split("\r\n")
    assert (lines[0], lines[-1], len(lines)) == ("document,town,period,aim,goal", "", 17)
    assert b"\n" not in answer.stdout.replace(b"\r\n", b"")
    assert {len(row) for row in csv.reader(lines[:-1])} == {5}


def test_a_query_answers_in_json(run: Run, small: Path) -> None:
    answer = json.loads(run("query", "goals", "--format", "json", "--release", small).stdout)
    assert answer["head"]["vars"] == ["document", "town", "period", "aim", "goal"]
    assert answer["results"]["bindings"][0]["aim"] == {
        "type": "literal",
        "value": "Hyvinvoivat kuntalaiset",
        "xml:lang": "fi",
    }


def test_the_release_may_come_from_the_environment(run: Run, small: Path) -> None:
    assert run("query", "goals", HYTEGRAPH_RELEASE=str(small)).returncode == 0


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
@pytest.mark.parametrize("name", EXPORTS)
@pytest.mark.slow
def test_an_export_is_read_by_rdflib_and_is_the_same_bytes_twice(name: str, run: Run, small: Path) -> None:
    first = run("export", "--format", name, "--release", small, PYTHONHASHSEED="1")
    again = run("export", "--format", name, "--release", small, PYTHONHASHSEED="2")
    assert (first.returncode, first.stderr) == (0, b"")
    assert first.stdout == again.stdout
    read = RdflibDataset() if EXPORTS[name].holds_graphs else Graph()
    read.parse(data=first.stdout, format=RDFLIB[name])
    dataset = Dataset.open(small)
    assert len(read) == (len(dataset.quads()) if EXPORTS[name].holds_graphs else dataset.default_size)


def test_one_graph_is_exported_by_the_end_of_its_name(run: Run, small: Path, tmp_path: Path) -> None:
    done = run("export", "--graph", "organisation", "-o", "graph.ttl", "--release", small)
    assert (done.returncode, done.stdout) == (0, b"")
    sizes = {size.name.rpartition("/")[2]: size.triples for size in Dataset.open(small).graphs()}
    assert len(Graph().parse(tmp_path / "graph.ttl")) == sizes["organisation"]
    assert [file.name for file in tmp_path.iterdir()] == ["graph.ttl"]


def test_a_measure_is_traced_as_a_tree(run: Run, kemi_release: Path) -> None:
    answer = run("trace", "kaupunginjohtajan", "aamukahvit", "kahdesti", "--release", kemi_release)
    assert answer.returncode == 0
    lines = answer.stdout.decode().splitlines()
    plan, projects = "toimenpideohjelma 2026", "pöytäkirjanote 2024"
    goal, decision = "Osallistava kehittäminen ja yhteisöllisyys", "Kaupunginvaltuusto 4.12.2023 § 110"
    assert lines[0] == "Kaupunginjohtajan aamukahvit kahdesti vuodessa"
    for line in (
        f"├── Tavoite: {goal} (luettu taulukon paikasta; {plan}, rivi 12)",
        f"├── Päämäärä: Viisas Kemi (sanottu asiakirjassa; {plan}, rivi 81)",
        (
            "│   ├── sama päämäärä aiemmassa strategiassa: Viisas Kemi "
            f"(hyväksytty säännöllä: sama sanamuoto; {projects}, rivi 15)"
        ),
        f"│   └── Päätös, jolla hyväksytty: {decision} (sanottu asiakirjassa; {projects}, rivit 13–14)",
        "├── Asiakirjoista ei löydy päätöstä, jolla suunnitelma on hyväksytty.",
        "│   ├── Vastuutaho: Kanslia (luettu taulukon paikasta)",
        "│   └── Asiakirjoista ei löydy toteumaa. Se ei tarkoita, että toimenpide olisi tekemättä.",
    ):
        assert line in lines
    assert any(
        "jakautunut useaksi: Osallistava budjetointi" in line
        and "hyväksynyt kielimalli, ei ihminen eikä kunta" in line
        for line in lines
    )


@pytest.mark.slow
def test_a_goal_is_traced_by_its_iri_in_english(run: Run, kemi_release: Path) -> None:
    iri = "https://w3id.org/hytegraph/id/kemi/goal/2026/osallistava-kehittaminen-yhteisollisyys"
    lines = run("trace", iri, "--language", "en", "--release", kemi_release).stdout.decode().splitlines()
    assert lines[0] == "Osallistava kehittäminen ja yhteisöllisyys"
    assert lines[1].startswith("├── Strategic aim: Viisas Kemi (stated in the document; ")


def test_words_of_no_measure_are_exit_code_1(run: Run, small: Path) -> None:
    answer = run("trace", "avaruussukkula", "--release", small)
    assert (answer.returncode, answer.stdout) == (1, b"")
    assert "no measure has the words «avaruussukkula»" in answer.stderr.decode()


@pytest.mark.slow
def test_coverage_of_the_example_documents_is_whole(run: Run) -> None:
    answer = run("coverage", "--words")
    lines = [line.split() for line in answer.stdout.decode().splitlines()]
    assert answer.returncode == 0
    assert [line[1:4] for line in lines[1:]] == [
        ["293", "153", "0"],
        ["283", "201", "0"],
        ["231", "106", "0"],
        ["56", "36", "0"],
        ["2856", "1761", "0"],
    ]


def test_coverage_names_the_lines_that_are_in_no_table(run: Run, copy_of: CopyOf) -> None:
    folder = copy_of("002")
    [file] = folder.glob("*/goals.csv")
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join(lines[:-1]), encoding="utf-8")
    answer = run("coverage", folder)
    assert answer.returncode == 1
    assert re.search(r"line \d+ is in no table", answer.stdout.decode())


@pytest.mark.slow
def test_documents_are_extracted_built_and_validated(run: Run, kemi_folder: Path, tmp_path: Path) -> None:
    [text] = kemi_folder.glob("002_*.txt")
    extracted = run("extract", text, "-o", "kunta", "--town", "Kemi", "--municipality", "240")
    assert extracted.returncode == 0
    assert b"template, 106 non-blank lines, 0 unexplained" in extracted.stdout
    built = run("build", "kunta", "--out", "r")
    assert built.returncode == 0, built.stderr
    assert re.search(rb"r: \d+ quads, data [0-9a-f]{12}, \d+ rules", built.stdout)
    assert (
        b"up to date"
        in run("build", "kunta", "--out", "r", "--store", HYTEGRAPH_STORAGE_FOLDER="stores").stdout
    )
    assert len(list(tmp_path.glob("stores/*/facts.json"))) == 1
    valid = run("validate", "r")
    # What is known of the documents is listed beside them; a fresh folder has no such list.
    assert (valid.returncode, valid.stdout.splitlines()[-1][:41]) == (
        1,
        b"There is something to look at: 0 violatio",
    )


@pytest.mark.slow
def test_a_release_of_another_base_is_judged_without_its_ontology(run: Run, copy_of: CopyOf) -> None:
    folder = copy_of("003")
    assert run("build", folder, "--out", "r", HYTEGRAPH_BASE="https://data.example.org/").returncode == 0
    answer = run("validate", "r", "--format", "json")
    report = json.loads(answer.stdout)
    assert report["conforms"] is True
    # A small folder uses few of the codes, whatever its base.
    of_terms = {finding["shape"] for finding in report["findings"] if "/ns#" in finding["focus"]}
    assert of_terms == {"code-not-used"}


@pytest.mark.whole
def test_an_rdf_file_is_validated(run: Run, tmp_path: Path) -> None:
    prefixes = "@prefix hyte: <https://w3id.org/hytegraph/ns#> .\n"
    goal = "<https://example.org/goal> a hyte:Goal .\n"
    (tmp_path / "tavoite.ttl").write_text(prefixes + goal, encoding="utf-8")
    text = run("validate", "tavoite.ttl")
    assert text.returncode == 1
    assert b"Violation: " in text.stdout
    assert text.stdout.splitlines()[-1].startswith(b"There is something to look at: ")
    found = json.loads(run("validate", "tavoite.ttl", "--format", "json", "--language", "fi").stdout)
    assert found["conforms"] is False
    assert (
        len(Graph().parse(data=run("validate", "tavoite.ttl", "--format", "turtle").stdout, format="turtle"))
        > 5
    )


def test_an_rdf_file_that_cannot_be_parsed_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "rikki.ttl").write_text("<a> <b> .")
    answer = run("validate", "rikki.ttl")
    assert (answer.returncode, answer.stderr.count(b"\n")) == (2, 1)


@pytest.mark.parametrize(
    "arguments",
    [
        ["query"],
        pytest.param(["query", "measures"], marks=pytest.mark.slow),
        ["export", "--format", "nquads"],
        pytest.param(["trace", "a"], marks=pytest.mark.slow),
    ],
)
def test_a_reader_that_has_seen_enough_is_no_error(arguments: list[str], kemi_release: Path) -> None:
    more = [] if arguments == ["query"] else ["--release", str(kemi_release)]
    process = subprocess.Popen([*COMMAND, *arguments, *more], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout
    assert process.stderr
    process.stdout.close()
    complaint = process.stderr.read()
    process.stderr.close()
    assert (process.wait(), complaint) == (0, b"")


@pytest.mark.slow
def test_links_are_suggested_and_a_rejection_stays(run: Run, copy_of: CopyOf) -> None:
    folder = copy_of("001")
    assert run("suggest", folder).returncode == 0
    file = folder / "links" / "status.tsv"
    row = next(line for line in file.read_text(encoding="utf-8").splitlines() if "\thyte:ongoing\t" in line)
    reviewer = "kemi:reviewer/hyte-koordinaattori"
    (folder / "links" / "reviewers.csv").write_text(
        f"reviewer,sort,fi,sv,en\n{reviewer},municipality,Hyte-koordinaattori,HYTE-koordinator,Coordinator\n",
        "utf-8",
    )
    rejected = row.replace("\t\t\t\tVihje", f"\t{reviewer}\tHyte-koordinaattori\t2026-12-01\tVihje").replace(
        "\tsuggested\t", "\trejected\t"
    )
    assert rejected != row
    file.write_text(file.read_text(encoding="utf-8").replace(row, rejected), encoding="utf-8")
    again = run("suggest", folder).stdout.decode()
    assert "status.tsv: 1 rejected" in again
    assert rejected in file.read_text(encoding="utf-8").splitlines()
    review = run("review", folder, "--limit", "0")
    assert (review.returncode, "0 faults" in review.stdout.decode()) == (0, True)


@pytest.mark.slow
def test_a_dry_run_of_suggest_writes_nothing(run: Run, copy_of: CopyOf) -> None:
    folder = copy_of("001")
    before = {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}
    answer = run("suggest", "--dry-run", "--all", folder)
    assert answer.returncode == 0
    assert "  added: kemi:realisation/" in answer.stdout.decode()
    assert {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()} == before


def test_review_names_what_is_wrong_with_a_table(run: Run, copy_of: CopyOf) -> None:
    folder = copy_of("001")
    run("suggest", folder)
    file = folder / "links" / "status.tsv"
    file.write_text(file.read_text(encoding="utf-8").replace("/L56\t", "/L57\t", 1), encoding="utf-8")
    answer = run("review", folder)
    assert answer.returncode == 1
    assert "/L57' does not exist" in answer.stdout.decode()
