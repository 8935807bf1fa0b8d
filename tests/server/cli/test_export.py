"""A whole release is exported from the lines of its file, not from memory, or refused where it is not as promised."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from hytegraph.graph.store.dataset import Dataset
from hytegraph.server.cli.export import EXPORTS

Run = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture
def copied(kemi_release: Path, tmp_path: Path) -> Path:
    """A release of one's own."""
    return Path(shutil.copytree(kemi_release.resolve(), tmp_path / "own"))


@pytest.fixture
def nothing_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    def opened(*_: object) -> Dataset:
        raise AssertionError("the data were read into memory")

    monkeypatch.setattr(Dataset, "open", opened)


@pytest.mark.usefixtures("nothing_is_opened")
def test_the_n_quads_of_a_release_are_its_file(run_here: Run, kemi_release: Path, tmp_path: Path) -> None:
    data = (kemi_release / "data.nq").read_bytes()

    assert run_here("export", "--format", "nquads", "--release", kemi_release).stdout == data
    assert run_here("export", "--format", "nquads", "--release", kemi_release, "-o", "all.nq").returncode == 0
    assert (tmp_path / "all.nq").read_bytes() == data


@pytest.mark.slow
def test_they_are_what_the_data_give_when_they_are_read(run_here: Run, kemi_release: Path) -> None:
    file = kemi_release / "data.nq"

    assert run_here("export", "--format", "nquads", "--release", file).stdout == file.read_bytes()


@pytest.mark.usefixtures("nothing_is_opened")
@pytest.mark.parametrize("name", ["turtle", "ntriples", "trig", "jsonld", "rdfxml"])
@pytest.mark.slow
def test_a_release_is_the_same_as_from_memory(
    name: str, run_here: Run, kemi_release: Path, kemi: Dataset
) -> None:
    answer = run_here("export", "--format", name, "--release", kemi_release)

    assert answer.stdout == kemi.dump(EXPORTS[name])


@pytest.mark.usefixtures("nothing_is_opened")
@pytest.mark.parametrize("name", ["turtle", "ntriples", "trig", "nquads", "jsonld", "rdfxml"])
@pytest.mark.parametrize("graph", ["document/toimenpideohjelma-2026", "inferred"])
@pytest.mark.slow
def test_a_graph_of_a_release_is_the_same_as_from_memory(
    graph: str, name: str, run_here: Run, kemi_release: Path, kemi: Dataset
) -> None:
    [iri] = [size.name for size in kemi.graphs() if size.name.endswith(f"/{graph}")]

    for given in (graph, iri):
        answer = run_here("export", "--format", name, "--graph", given, "--release", kemi_release)
        assert answer.stdout == kemi.dump(EXPORTS[name], iri) != b""


@pytest.mark.usefixtures("nothing_is_opened")
def test_a_graph_that_is_not_there_is_refused_with_the_names_of_those_that_are(
    run_here: Run, kemi_release: Path, kemi: Dataset
) -> None:
    answer = run_here("export", "--graph", "nowhere", "--release", kemi_release)

    assert (answer.returncode, answer.stdout) == (2, b"")
    assert kemi.graphs()[0].name in answer.stderr.decode()


@pytest.mark.usefixtures("nothing_is_opened")
def test_data_that_are_not_those_of_the_release_are_not_copied(
    run_here: Run, copied: Path, tmp_path: Path
) -> None:
    with (copied / "data.nq").open("a") as data:
        data.write("\n")
    (tmp_path / "all.nq").write_text("before")

    for to in ([], ["-o", "all.nq"], ["--format", "turtle"]):
        answer = run_here("export", "--format", "nquads", "--release", copied, *to)
        assert (answer.returncode, answer.stdout) == (2, b"")
        assert b"checksum differs" in answer.stderr
    assert (tmp_path / "all.nq").read_text() == "before"
    assert not (tmp_path / "all.nq.part").exists()
