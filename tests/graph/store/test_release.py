"""A release is written whole or not at all, and a stop at any moment leaves the last one readable."""

import hashlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from hytegraph.graph.errors import BuildError, ReleaseError
from hytegraph.graph.store.release import (
    _holds,
    in_canonical_forms,
    is_up_to_date,
    read_release,
    write_release,
)
from hytegraph.graph.vocab import XSD

INPUTS = {"text": "1"}


def write(out: Path, data: str) -> Path:
    """A release of some data; gives the folder that it went to."""
    files = {"data.nq": data.encode(), "documents/teksti.txt": b"rivi\n"}
    write_release(
        out, files, {"data": {"sha256": checksum(data), "quads": 1}, "inputs": INPUTS | {"data": data}}
    )
    return out.resolve()


def checksum(data: str) -> str:
    return hashlib.sha256(data.encode()).hexdigest()


def listing(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()}


def test_a_release_is_a_link_to_a_folder_named_by_its_contents(tmp_path: Path) -> None:
    folder = write(tmp_path / "release", "a")
    assert (tmp_path / "release").is_symlink()
    assert not Path((tmp_path / "release").readlink()).is_absolute()
    assert listing(folder) == {"data.nq", "manifest.json", "documents"}
    assert read_release(tmp_path / "release").checksum == checksum("a")


def test_the_same_contents_go_to_the_same_folder(tmp_path: Path) -> None:
    assert write(tmp_path / "one" / "release", "a").name == write(tmp_path / "two" / "release", "a").name
    assert write(tmp_path / "one" / "release", "b").name != write(tmp_path / "two" / "release", "a").name


def test_only_the_current_and_the_previous_release_are_kept(tmp_path: Path) -> None:
    out = tmp_path / "release"
    folders = [write(out, data) for data in "abcd"]
    assert listing(tmp_path) == {"release", folders[2].name, folders[3].name}


def test_nothing_but_old_releases_is_removed(tmp_path: Path) -> None:
    out = tmp_path / "release"
    mine = [tmp_path / name for name in ("release-notes", "release-0123456789ab", "other-0123456789ab")]
    for folder in mine:
        folder.mkdir()
        (folder / "tiedosto").write_text("oma")
    for data in "abc":
        write(out, data)
    assert all((folder / "tiedosto").read_text() == "oma" for folder in mine)


def test_what_a_killed_build_left_is_cleared(tmp_path: Path) -> None:
    (tmp_path / ".release-staging").mkdir()
    (tmp_path / ".release-staging" / "data.nq").write_text("puoli")
    (tmp_path / ".release-staging.link").symlink_to("release-000000000000")
    folder = write(tmp_path / "release", "a")
    assert listing(tmp_path) == {"release", folder.name}


@pytest.mark.parametrize("make", [Path.mkdir, Path.touch])
def test_a_folder_or_file_in_the_way_is_refused_and_left_alone(
    make: Callable[[Path], None], tmp_path: Path
) -> None:
    out = tmp_path / "release"
    make(out)
    with pytest.raises(ReleaseError, match="in the way"):
        write(out, "a")
    assert listing(tmp_path) == {"release"}


def test_a_release_whose_folder_was_damaged_is_written_anew(tmp_path: Path) -> None:
    out = tmp_path / "release"
    folder = write(out, "a")
    (folder / "data.nq").write_text("puoli")
    assert not is_up_to_date(out, INPUTS | {"data": "a"})
    assert write(out, "a") == folder
    assert (out / "data.nq").read_text() == "a"
    assert is_up_to_date(out, INPUTS | {"data": "a"})


def test_a_release_is_up_to_date_with_exactly_its_inputs(tmp_path: Path) -> None:
    out = tmp_path / "release"
    assert not is_up_to_date(out, INPUTS)
    write(out, "a")
    assert is_up_to_date(out, INPUTS | {"data": "a"})
    assert not is_up_to_date(out, INPUTS | {"data": "b"})
    assert not is_up_to_date(out, INPUTS | {"data": "a", "more": ""})


def test_no_release_is_an_error_that_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="hytegraph build"):
        read_release(tmp_path / "release")


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"data": {}}', "\udce4"])
def test_a_damaged_manifest_is_an_error_that_names_it(text: str, tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(ReleaseError, match=r"manifest\.json: it (is not JSON|does not describe a release)"):
        read_release(tmp_path)


def test_a_value_gets_the_form_that_is_served() -> None:
    node = NamedNode("https://example.org/a")
    given = {"decimal": "1.0", "integer": "+07", "boolean": "1", "date": "2026-11-29", "double": "1"}
    quads = [Quad(node, node, Literal(text, datatype=XSD[name]), node) for name, text in given.items()]

    canonical = in_canonical_forms(quads)

    store = Store()
    store.bulk_extend(canonical)
    assert set(store) == canonical
    assert {q.object.value for q in canonical} >= {"1", "7", "true", "2026-11-29"}  # type: ignore[union-attr] # literals


@pytest.mark.parametrize("character", ["\x0c", "\x0b", "\x01", "\x1f", "\uffff"])
def test_a_character_that_xml_cannot_hold_is_not_released(character: str) -> None:
    node = NamedNode("https://example.org/a")
    quad = Quad(node, node, Literal(f"a{character}b"), node)

    with pytest.raises(BuildError, match=rf"https://example.org/a.*U\+{ord(character):04X}"):
        in_canonical_forms([quad])


def test_tabs_and_line_ends_are_released() -> None:
    node = NamedNode("https://example.org/a")
    quad = Quad(node, node, Literal("a\tb\nc"), node)

    assert in_canonical_forms([quad]) == {quad}


KILLED = """
import os, signal, sys
from pathlib import Path
import shutil
from hytegraph.graph.store.release import write_release

owner, name, calls = {"os": os, "Path": Path, "shutil": shutil}[sys.argv[1]], sys.argv[2], int(sys.argv[3])
real = getattr(owner, name)

def deadly(*arguments, **options):
    global calls
    calls -= 1
    if calls == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return real(*arguments, **options)

setattr(owner, name, deadly)
contents = {"data.nq": b"new", "documents/teksti.txt": b"rivi"}
write_release(Path(sys.argv[4]), contents, {"data": {"sha256": "new", "quads": 1}, "inputs": {}})
"""


@pytest.mark.parametrize(
    ("moment", "state"),
    [
        (("os", "fsync", "1"), "old"),
        (("os", "fsync", "3"), "old"),
        (("Path", "rename", "1"), "old"),
        (("Path", "symlink_to", "1"), "old"),
        (("Path", "replace", "1"), "old"),
        (("shutil", "rmtree", "1"), "new"),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, tuple) else value,
)
def test_a_build_killed_at_any_step_leaves_a_whole_release(
    moment: tuple[str, str, str], state: str, tmp_path: Path
) -> None:
    out = tmp_path / "release"
    write(out, "older")
    write(out, "old")
    killed = subprocess.run([sys.executable, "-c", KILLED, *moment, str(out)], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert (out / "data.nq").read_text() == state
    assert json.loads((out / "manifest.json").read_text()) == read_release(out).manifest
    write(out, "next")
    assert (out / "data.nq").read_text() == "next"
    assert not [name for name in listing(tmp_path) if name.startswith(".")]


def test_builds_to_one_place_at_one_time_wait_for_each_other(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as threads:
        made = list(threads.map(lambda name: write(tmp_path / "release", name * 100_000), "abcdefgh"))
    current = (tmp_path / "release").resolve()
    assert current in made
    assert checksum((current / "data.nq").read_text("utf-8")) == read_release(current).checksum
    assert not any(name.startswith(".release-staging") for name in listing(tmp_path))


def test_a_file_of_the_same_size_and_time_with_other_words_is_not_the_file(tmp_path: Path) -> None:
    file, other = tmp_path / "data.nq", tmp_path / "other.nq"
    for path, words in ((file, "arki"), (other, "raha")):
        path.write_text(words, "utf-8")
        os.utime(path, (1_000_000_000, 1_000_000_000))

    assert _holds(file, file)
    assert not _holds(file, other)
    assert _holds(file, b"arki")
    assert not _holds(file, b"raha")
