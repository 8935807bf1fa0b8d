"""A build gives the same bytes everywhere, refuses what breaks a shape, and never leaves a half release."""

import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from hytegraph.graph.errors import BuildError, ReleaseError
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.store.release import checksum_of, read_release
from hytegraph.loaders.build import Options, build
from hytegraph.loaders.release.common import common_quads
from hytegraph.loaders.release.inputs import read_inputs
from hytegraph.loaders.release.units import units_of

CopyOf = Callable[..., Path]
BASE = "https://w3id.org/hytegraph/"
COMMAND = [sys.executable, "-m", "hytegraph.server.cli", "build"]


def contents(release: Path) -> dict[str, bytes]:
    return {
        str(file.relative_to(release)): file.read_bytes() for file in release.rglob("*") if file.is_file()
    }


def run_build(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *arguments],
        cwd=cwd,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def elsewhere(folder: Path) -> dict[str, str]:
    """The environment of another machine, which has made nothing yet."""
    made = {"HYTEGRAPH_PARTS": str(folder / "parts-of-another")}
    return {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C"} | made


def alter(folder: Path, name: str, old: str, new: str) -> None:
    [file] = folder.rglob(name)
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.slow
def test_the_whole_kemi_release_is_the_same_bytes_from_another_folder_and_process(
    kemi_folder: Path, kemi_release: Path, copy_of: CopyOf, tmp_path: Path
) -> None:
    folder = copy_of(to="elsewhere/kemi")
    for name in ("manifest.toml", "organisations.csv", "replaced.csv"):
        shutil.copy(kemi_folder / name, folder)
    shutil.copytree(kemi_folder / "links", folder / "links")
    done = run_build(".", "--out", str(tmp_path / "release"), cwd=folder, **elsewhere(tmp_path))
    assert done.returncode == 0, done.stderr
    assert contents(tmp_path / "release") == contents(kemi_release)


def test_a_release_of_one_document_is_the_same_bytes_from_another_folder_and_process(
    copy_of: CopyOf, tmp_path: Path
) -> None:
    build([copy_of("003")], tmp_path / "here", options=Options(tmp_path / "parts"))
    folder = copy_of("003", to="elsewhere/kemi")
    done = run_build(".", "--out", str(tmp_path / "there"), cwd=folder, **elsewhere(tmp_path))
    assert done.returncode == 0, done.stderr
    assert contents(tmp_path / "here") == contents(tmp_path / "there")


def test_a_release_names_no_machine_path_and_no_clock(kemi_release: Path) -> None:
    for name in ("manifest.json", "report.json", "report.ttl", "data.nq"):
        text = (kemi_release / name).read_text(encoding="utf-8")
        assert str(Path(__file__).parents[2]) not in text
        assert str(kemi_release.parent) not in text


def test_the_manifest_counts_documents_quads_and_graphs(kemi_release: Path, kemi: Dataset) -> None:
    manifest = read_release(kemi_release).manifest
    assert [document["lines"] for document in manifest["documents"]] == [293, 283, 231, 56, 2856]
    assert {document["unexplainedLines"] for document in manifest["documents"]} == {0}
    assert manifest["graphs"] == {size.name: size.triples for size in kemi.graphs()}
    assert manifest["data"]["quads"] == sum(manifest["graphs"].values())


def test_an_unchanged_build_does_nothing(copy_of: CopyOf, tmp_path: Path) -> None:
    folder, out = copy_of("003"), tmp_path / "release"
    first = build([folder], out)
    before = (out.resolve(), (out / "data.nq").stat().st_mtime_ns)
    again = build([folder], out)
    assert (first.fresh, again.fresh, again.report) == (True, False, None)
    assert (out.resolve(), (out / "data.nq").stat().st_mtime_ns) == before


@pytest.mark.slow
def test_an_unchanged_build_reads_no_file_of_the_release(
    copy_of: CopyOf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, read = tmp_path / "release", list[Path]()

    def checksum(file: Path) -> str:
        read.append(file)
        return checksum_of(file)

    build([copy_of("003")], out)
    monkeypatch.setattr("hytegraph.graph.store.checksums.checksum_of", checksum)

    assert not build([tmp_path / "kemi"], out).fresh
    assert [file for file in read if file.is_relative_to(out)] == []


@pytest.mark.slow
def test_a_changed_document_table_or_base_makes_a_new_release(copy_of: CopyOf, tmp_path: Path) -> None:
    folder, out = copy_of("003"), tmp_path / "release"
    build([folder], out)
    first = out.resolve()
    alter(folder, "manifest.toml", 'fi = "Kemin kaupunkistrategian', 'fi = "Uusi: Kemin kaupunkistrategian')
    assert build([folder], out).fresh
    assert out.resolve() != first
    assert build([folder], out, "https://example.org/").fresh


def test_two_folders_of_one_name_both_count_as_inputs(copy_of: CopyOf) -> None:
    folders = [copy_of("002", to="a/kemi"), copy_of("003", to="b/kemi")]
    before = read_inputs(units_of(folders), BASE).told
    alter(folders[0], "goals.csv", ",sure,", ",ambiguous,Tarkista.")
    assert read_inputs(units_of(folders), BASE).told != before


@pytest.mark.slow
def test_several_folders_make_one_release(copy_of: CopyOf, tmp_path: Path) -> None:
    folders = [copy_of("002", to="a"), copy_of("003", to="b")]
    built = build(folders, tmp_path / "release")
    assert built.release
    assert [document["name"][:3] for document in built.release.manifest["documents"]] == ["002", "003"]


def test_a_document_in_two_folders_is_refused(copy_of: CopyOf, tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="both hold a document 'lomake-2022-2025'"):
        build([copy_of("002", to="a"), copy_of("002", to="b")], tmp_path / "release")


@pytest.mark.parametrize("base", ["nonsense/", "https://example.org"])
def test_a_base_that_is_no_iri_is_refused(base: str, copy_of: CopyOf, tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="ends in a slash"):
        build([copy_of("003")], tmp_path / "release", base)


@pytest.mark.slow
def test_a_real_folder_in_the_way_is_refused(copy_of: CopyOf, tmp_path: Path) -> None:
    (tmp_path / "release").mkdir()
    with pytest.raises(ReleaseError, match="in the way"):
        build([copy_of("003")], tmp_path / "release")


def broken_note(folder: Path) -> str:
    """Write a phone number into the note of a goal; gives its wording."""
    [file] = folder.rglob("goals.csv")
    lines = file.read_text(encoding="utf-8").splitlines()
    at = next(n for n, line in enumerate(lines) if "Olemme avoin" in line)
    lines[at] += "Soita 040 123 4567"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return "Olemme avoin ja luotettava arjen kumppani."


@pytest.mark.parametrize(("damage", "shape"), [(broken_note, "NoPersonalData")])
@pytest.mark.slow
def test_a_violation_is_reported_and_the_old_release_stays(
    damage: Callable[[Path], str], shape: str, copy_of: CopyOf, tmp_path: Path
) -> None:
    folder, out = copy_of("002"), tmp_path / "release"
    build([folder], out)
    before = (out.resolve(), contents(out), sorted(tmp_path.iterdir()))
    label = damage(folder)
    done = run_build(str(folder), "--out", str(out), cwd=tmp_path)
    assert done.returncode == 1
    finding = next(line for line in done.stderr.splitlines() if shape in line)
    line = next(
        number
        for number, text in enumerate((folder / "002_ba3639160da2ce8d.txt").read_text().splitlines(), 1)
        if "Olemme avoin" in text
    )
    assert re.search(rf"«{re.escape(label)}» \(002_ba3639160da2ce8d, lines? {line}\b", finding)
    assert "stays as it was" in done.stderr
    assert (out.resolve(), contents(out), sorted(tmp_path.iterdir())) == before


@pytest.mark.slow
def test_a_build_killed_at_any_moment_leaves_the_last_release_readable(
    copy_of: CopyOf, tmp_path: Path
) -> None:
    folder, out = copy_of("003"), tmp_path / "release"
    build([folder], out)
    moments = random.Random(2026)
    for attempt in range(6):
        alter(folder, "manifest.toml", 'fi = "', f'fi = "{attempt} ')
        process = subprocess.Popen([*COMMAND, str(folder), "--out", str(out)], stdout=subprocess.DEVNULL)
        deadline = time.monotonic() + (moments.uniform(0.1, 0.9) if attempt % 2 else 10)
        while process.poll() is None and time.monotonic() < deadline:
            if attempt % 2 == 0 and any(tmp_path.glob(".release-staging*")):
                break
        process.kill()
        assert process.wait() in (0, -signal.SIGKILL)
        release = Dataset.open(out).release
        assert release
        assert release.checksum == json.loads((out / "manifest.json").read_text())["data"]["sha256"]
    assert build([folder], out, options=Options(force=True)).release
    assert not list(tmp_path.glob(".release-*"))
    assert len(list(tmp_path.glob("release-*"))) <= 2


def test_common_graphs_have_the_same_names_for_their_blank_nodes_each_time() -> None:
    assert set(common_quads(BASE)) == set(common_quads(BASE))
