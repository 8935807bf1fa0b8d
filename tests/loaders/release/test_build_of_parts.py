"""A release of several towns is merged from kept parts, and is what a build of the whole graph at once would give."""

import os
import shutil
from collections.abc import Mapping
from itertools import count
from pathlib import Path

import pytest

from hytegraph.graph.errors import BuildError, HytegraphError
from hytegraph.graph.iris import DEFAULT_BASE, slug_of
from hytegraph.graph.reasoning.rules import inferred_quads
from hytegraph.graph.search.index import SearchIndex
from hytegraph.graph.store.release import in_canonical_forms
from hytegraph.graph.validation.report import Report
from hytegraph.graph.validation.validate import validate
from hytegraph.graph.writing.serialise import write_lines
from hytegraph.loaders.build import Built, Options, build
from hytegraph.loaders.catalogue import Rights, catalogue_quads, graph_counts
from hytegraph.loaders.documents.folder import read_folder
from hytegraph.loaders.extract import Town, extract_files
from hytegraph.loaders.links.outside import outside_quads
from hytegraph.loaders.links.quads import link_quads
from hytegraph.loaders.links.sssom import read_link_tables
from hytegraph.loaders.links.town_graph import TownGraph
from hytegraph.loaders.quads.steps import folder_quads
from hytegraph.loaders.release import workers
from hytegraph.loaders.release.common import common_quads
from hytegraph.loaders.release.units import document_folders, units_of
from hytegraph.loaders.release.workers import _Worker

pytestmark = pytest.mark.whole

TEXTS = Path(__file__).parents[2] / "data" / "loaders"


@pytest.fixture(scope="module")
def towns(mallila: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ...]:
    """Three invented towns with documents of the same words; not to be written to."""
    folder = tmp_path_factory.mktemp("country")
    for name, code, texts in (("Toivola", "998", "*.txt"), ("Alho", "997", "lomake.txt")):
        extract_files(sorted(TEXTS.glob(texts)), folder / name.lower(), Town(name, code))
    return mallila, folder / "toivola", folder / "alho"


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of parts that tests share, so that each is made once."""
    return tmp_path_factory.mktemp("parts")


@pytest.fixture(scope="module")
def release(towns: tuple[Path, ...], parts: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of the three towns, made in this process; not to be written to."""
    out = tmp_path_factory.mktemp("release") / "release"
    assert build(towns, out, options=Options(parts, jobs=1)).release
    return out


def contents(release: Path) -> Mapping[str, bytes]:
    return {
        str(file.relative_to(release)): file.read_bytes() for file in release.rglob("*") if file.is_file()
    }


def alter(folder: Path) -> None:
    """Change a word of the manifest, which the graph and the catalogue have."""
    file = folder / "manifest.toml"
    text = file.read_text("utf-8")
    assert 'fi = "' in text
    file.write_text(text.replace('fi = "', 'fi = "Uusi ', 1), "utf-8")


@pytest.mark.slow
def test_the_merge_of_parts_is_what_the_whole_graph_gives(towns: tuple[Path, ...], release: Path) -> None:
    quads = set(common_quads(DEFAULT_BASE))
    folders = [read_folder(town) for town in towns]
    for folder in folders:
        own = folder_quads(folder, DEFAULT_BASE)
        graph = TownGraph(own, DEFAULT_BASE, slug_of(folder.sources[0].entry.town))
        linked = set(link_quads(read_link_tables(folder.path), graph))
        quads |= own | linked | set(outside_quads(own, DEFAULT_BASE))
    quads |= set(inferred_quads(quads, DEFAULT_BASE))
    quads = in_canonical_forms(quads)
    documents = {quad.subject for quad in quads if str(quad.predicate).endswith("publishedSha256>")}
    quads |= set(catalogue_quads(DEFAULT_BASE, documents, graph_counts(quads), Rights()))  # type: ignore[arg-type] # documents are named
    whole = validate(quads, DEFAULT_BASE)

    assert (release / "data.nq").read_bytes() == write_lines(quads)
    assert Report.from_json((release / "report.json").read_text("utf-8")) == whole


@pytest.mark.slow
def test_the_bytes_depend_on_no_order_number_of_processes_or_kept_part(
    towns: tuple[Path, ...], release: Path, parts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Each process is followed by another after its first part.
    monkeypatch.setattr(workers, "PARTS_OF_A_PROCESS", 1)
    build(towns[::-1], tmp_path / "cold" / "release", options=Options(jobs=2))
    build(towns, tmp_path / "kept" / "release", options=Options(parts))

    assert contents(tmp_path / "cold" / "release") == contents(release)
    assert contents(tmp_path / "kept" / "release") == contents(release)


@pytest.mark.slow
@pytest.mark.parametrize(("worth", "processes"), [(2, 1), (3, 0)])
def test_one_changed_document_makes_one_part_anew_beside_the_merge_where_that_takes_longer(
    worth: int,
    processes: int,
    towns: tuple[Path, ...],
    release: Path,
    parts: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    changed = Path(shutil.copytree(towns[2], tmp_path / "alho"))
    alter(changed)
    told: list[tuple[int, int]] = []
    started = count()
    monkeypatch.setattr(workers, "WORTH_A_PROCESS", worth)
    start = _Worker.__init__
    monkeypatch.setattr(_Worker, "__init__", lambda self: (next(started), start(self))[1])
    kept = Path(shutil.copytree(parts, tmp_path / "parts"))
    options = Options(kept, jobs=2, progress=lambda done, of: told.append((done, of)))

    build([*towns[:2], changed], tmp_path / "release", options=options)
    build([*towns[:2], changed], tmp_path / "cold" / "release", options=Options(jobs=1))

    assert told == [(1, 1)]
    assert next(started) == processes
    assert contents(tmp_path / "release") == contents(tmp_path / "cold" / "release")
    assert contents(tmp_path / "release") != contents(release)


@pytest.mark.parametrize("file", ["lines.nq", "search.sqlite", "part.json"])
@pytest.mark.slow
def test_a_damaged_part_is_made_again(file: str, towns: tuple[Path, ...], tmp_path: Path) -> None:
    out, parts = tmp_path / "release", tmp_path / ".parts"
    build([towns[2]], out)
    before = contents(out)
    [kept] = [part for part in parts.glob(f"*/{file}") if "alho" in (part.parent / "part.json").read_text()]
    kept.unlink()
    kept.write_bytes(b"{")

    assert build([towns[2]], out, options=Options(force=False)).fresh is False
    build([towns[2]], tmp_path / "other" / "release", options=Options(parts))

    assert contents(tmp_path / "other" / "release") == before


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_error_names_folder_document_and_place_from_any_process(
    jobs: int, towns: tuple[Path, ...], parts: Path, tmp_path: Path
) -> None:
    broken = Path(shutil.copytree(towns[2], tmp_path / "alho"))
    other = Path(shutil.copytree(towns[1], tmp_path / "toivola"))
    alter(other)
    table = next(file for file in sorted(broken.rglob("*.csv")) if file.stem in ("goals", "measures"))
    text = table.read_text("utf-8").splitlines()
    text[1] = text[1].replace(text[1].split(",")[0], "", 1).replace("a", "ö")
    table.write_text("\n".join(text) + "\n", "utf-8")

    with pytest.raises(HytegraphError) as alone:
        read_folder(broken)
    with pytest.raises(type(alone.value)) as error:
        build([other, broken], tmp_path / "release", options=Options(tmp_path / "parts", jobs=jobs))

    assert str(error.value) == str(alone.value)
    assert vars(error.value) == vars(alone.value)


def test_a_process_that_dies_is_told_with_the_folder(towns: tuple[Path, ...]) -> None:
    from hytegraph.loaders.release.workers import Task

    [unit] = units_of([towns[2]])
    worker = _Worker()
    worker._process.kill()
    # It is gone before it is given its task, so that nothing takes what is written to it.
    worker._process.wait()
    try:
        with pytest.raises(BuildError, match=r"alho.*SIGKILL.*--jobs"):
            worker.run(Task(unit, "key", "common", DEFAULT_BASE, Path("parts")))
    finally:
        worker.close()


@pytest.mark.slow
def test_parts_of_long_ago_are_removed_and_those_in_use_stay(
    towns: tuple[Path, ...], release: Path, parts: Path, tmp_path: Path
) -> None:
    old = [parts / f"{number:032x}" for number in range(40)]
    for folder in old:
        folder.mkdir()
        os.utime(folder, (1, 1))
    (parts / ".0123-1").mkdir()

    build(towns, tmp_path / "release", options=Options(parts))

    assert sum(folder.exists() for folder in old) < 40
    assert not (parts / ".0123-1").exists()
    told: list[int] = []
    again = Options(parts, progress=lambda done, of: told.append(done))
    assert build(towns, tmp_path / "again" / "release", options=again).release
    assert told == []


def test_a_folder_of_document_folders_stands_for_all_of_them(towns: tuple[Path, ...], mallila: Path) -> None:
    country = towns[1].parent

    assert document_folders([mallila, country]) == (mallila, country / "alho", country / "toivola")


def test_two_folders_of_one_town_are_one_unit(towns: tuple[Path, ...], tmp_path: Path) -> None:
    more = Path(shutil.copytree(towns[2], tmp_path / "alho"))

    units = units_of([more, towns[1], towns[2]])

    assert [unit.towns for unit in units] == [("alho",), ("toivola",)]
    with pytest.raises(BuildError, match="both hold a document"):
        build([more, towns[2]], tmp_path / "release")


def test_the_search_index_of_several_towns_finds_things_of_each(
    release: Path, towns: tuple[Path, ...]
) -> None:
    index = SearchIndex(release / "search.sqlite")

    for name in ("mallila", "toivola", "alho"):
        things = index.things(
            number for numbers in index.find(name, {}).by_kind.values() for number in numbers
        )
        assert any(f"/id/{name}" in thing.iri for thing in things)
    index.close()


def test_an_unchanged_country_is_up_to_date(towns: tuple[Path, ...], release: Path, parts: Path) -> None:
    built: Built = build(towns[::-1], release, options=Options(parts))

    assert built.fresh is False
