"""Fixtures for every test: the Kemi documents, a release built of them once, and parts of them to alter."""

import fcntl
import gc
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import settings
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from hytegraph.graph.resources import example_folder
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.validation.report import Report
from hytegraph.loaders.build import Options, build
from hytegraph.loaders.documents.folder import read_manifest, write_manifest
from tests.engines import EngineAddress, free_port, running_oxigraph, virtuoso, wait_for
from tests.services import Service, StartService

# The settings of this machine's Python, such as no buffering, must help no command that a test starts.
for setting in [name for name in os.environ if name.startswith("PYTHON")]:
    del os.environ[setting]

# To look for garbage after every 700 objects took a twentieth of the time.
gc.set_threshold(100_000, 50, 100)

# A town that one test has built is not made anew for the next: a part is named by all that it is made from.
PARTS = Path(__file__).parents[1] / "build" / "parts-of-tests"
os.environ["HYTEGRAPH_PARTS"] = str(PARTS)

# The same examples on every machine: what fails in CI fails here.
settings.register_profile("reproducible", derandomize=True, database=None)
settings.load_profile("reproducible")


class CompiledTemplates(BytecodeCache):
    """The templates that a process of tests has compiled: each of its applications would compile them anew."""

    def __init__(self) -> None:
        self._compiled: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._compiled:
            bucket.bytecode_from_string(self._compiled[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._compiled[bucket.key] = bucket.bytecode_to_string()


Flask.jinja_options = {"bytecode_cache": CompiledTemplates()}

VIRTUOSO_SETTINGS = Path(__file__).parent / "data" / "graph" / "virtuoso.ini"
# What CI may lack: engines that are not installed for it, a kernel that lets no process be traced, and what lies
# beside the checkout.
SKIPPED_IN_CI = ("Virtuoso", "Rscript", "virtuoso-t", "strace", "declares no prefixes", "conformance")
WHOLE = frozenset(
    (
        "documentation",
        "kemi",
        "kemi_release",
        "row",
        "start_service",
        "oxigraph_store",
        "own_oxigraph_store",
        "virtuoso_store",
        "copy_of",
    )
)
# To make a site takes half a minute, that of the documentation too.
SLOW = frozenset(("made", "documentation"))
CopyOf = Callable[..., Path]
MadeOnce = Callable[[str, Callable[[Path], object]], Path]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write the golden files from what is found now; read the difference before a commit",
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what builds a release or starts a server, so that `make check` can leave it out; and what makes a site."""
    for item in items:
        fixtures = getattr(item, "fixturenames", ())
        for marker, named in ((pytest.mark.whole, WHOLE), (pytest.mark.slow, SLOW)):
            if named.intersection(fixtures):
                item.add_marker(marker)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In CI a test that wants what an installation or the network brings fails where it would be skipped."""
    report = yield
    if os.environ.get("CI") == "true" and report.skipped and isinstance(report.longrepr, tuple):
        reason = report.longrepr[2]
        if not any(allowed in reason for allowed in SKIPPED_IN_CI):
            report.outcome = "failed"
            report.longrepr = f"skipped in CI, where it has to run: {reason}"
    return report


@pytest.fixture(scope="session")
def oxigraph_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EngineAddress]:
    """An Oxigraph server in memory that the tests of a run share; they push releases to it."""
    with running_oxigraph(tmp_path_factory.mktemp("oxigraph")) as address:
        yield address


@pytest.fixture(scope="module")
def own_oxigraph_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EngineAddress]:
    """An Oxigraph server in memory that no other module writes to."""
    with running_oxigraph(tmp_path_factory.mktemp("oxigraph")) as address:
        yield address


@pytest.fixture(scope="session")
def virtuoso_store(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[EngineAddress]:
    """An empty Virtuoso of the Debian package on loopback, which takes updates from everybody there."""
    program = virtuoso()
    folder, port, sql_port = tmp_path_factory.mktemp("virtuoso"), free_port(), free_port()
    settings = VIRTUOSO_SETTINGS.read_text("utf-8").format(
        folder=folder, port=port, sql_port=sql_port, buffers=20_000, dirty_buffers=15_000
    )
    (folder / "virtuoso.ini").write_text(settings, "utf-8")
    command = [program, "+foreground", "+configfile", str(folder / "virtuoso.ini")]
    with (
        (folder / "output").open("wb") as stream,
        subprocess.Popen(command, stdout=stream, stderr=stream, cwd=folder) as server,
    ):
        wait_for(port, server)
        grant = 'exec=GRANT SPARQL_UPDATE TO "SPARQL";'
        subprocess.run(["isql-vt", str(sql_port), "dba", "dba", grant], check=True, capture_output=True)
        address = f"http://127.0.0.1:{port}/sparql"
        yield EngineAddress("virtuoso", address, address, f"{address}-graph-crud")
        server.kill()


@pytest.fixture(scope="session")
def start_service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StartService]:
    """Starts services on free ports; they are stopped at the end of the tests."""
    started: list[Service] = []

    def start(source: Path, **settings: object) -> Service:
        log = tmp_path_factory.mktemp("service") / "stderr.txt"
        port = free_port()
        options = [f"--{name.replace('_', '-')}={value}" for name, value in settings.items()]
        command = [
            sys.executable,
            "-m",
            "hytegraph.server.cli",
            "serve",
            str(source),
            f"--port={port}",
            *options,
        ]
        with log.open("w") as errors:
            process = subprocess.Popen(
                command,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                # Services here live for a moment: what they read ahead nobody asks for.
                env={"HYTEGRAPH_READ_AHEAD": "off", **os.environ, "RUST_BACKTRACE": "0"},
            )
        assert process.stdout is not None
        assert str(port) in process.stdout.readline(), log.read_text()
        started.append(Service(process, port, log))
        return started[-1]

    yield start
    for service in started:
        assert service.process.stdout is not None
        service.process.stdout.close()
        service.process.send_signal(signal.SIGTERM)
    for service in started:
        service.process.wait(timeout=20)


@pytest.fixture(scope="session")
def kemi_folder() -> Path:
    """The document folder of Kemi; not to be written to."""
    return example_folder()


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> MadeOnce:
    """Makes a folder by its name once for all processes that test side by side; it is not to be written to."""
    own = tmp_path_factory.getbasetemp()
    shared = own if worker_id == "master" else own.parent

    def made(name: str, make: Callable[[Path], object]) -> Path:
        folder, whole = shared / name, shared / f"{name}.whole"
        with (shared / f"{name}.lock").open("wb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not whole.exists():
                folder.mkdir()
                make(folder)
                whole.touch()
        return folder

    return made


@pytest.fixture(scope="session")
def kemi_release(kemi_folder: Path, made_once: MadeOnce) -> Path:
    """A release of the Kemi documents."""

    def make(folder: Path) -> None:
        built = build([kemi_folder], folder / "release", options=Options(PARTS))
        assert built.report
        assert built.release, built.report

    return made_once("kemi", make) / "release"


@pytest.fixture(scope="session")
def kemi(kemi_release: Path) -> Dataset:
    """The Kemi release, opened."""
    return Dataset.open(kemi_release)


@pytest.fixture(scope="session")
def kemi_report(kemi_release: Path) -> Report:
    """The report of the validation of the Kemi release."""
    return Report.from_json((kemi_release / "report.json").read_text(encoding="utf-8"))


@pytest.fixture
def copy_of(kemi_folder: Path, tmp_path: Path) -> CopyOf:
    """Copies the Kemi documents whose names begin with the given words (all without any) to a folder to alter."""

    def copy(*begins: str, to: str = "kemi") -> Path:
        folder = tmp_path / to
        folder.mkdir(parents=True)
        entries = [entry for entry in read_manifest(kemi_folder) if entry.name.startswith(begins or ("",))]
        for entry in entries:
            shutil.copytree(kemi_folder / entry.name, folder / entry.name)
            shutil.copy(kemi_folder / f"{entry.name}.txt", folder)
        for file in ("registry.csv", "expected-findings.csv"):
            shutil.copy(kemi_folder / file, folder)
        write_manifest(folder, entries)
        return folder

    return copy
