"""What all tests share: the Kemi release, built once, and the option that writes golden files anew."""

from pathlib import Path

import pytest

from hytegraph.graph.dataset import Dataset
from hytegraph.graph.resources import example_folder
from hytegraph.loaders.build import build


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write the golden files from what is found now; read the difference before you commit it",
    )


@pytest.fixture(scope="session")
def kemi_release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The release of the Kemi documents, as `hytegraph build` makes it."""
    out = tmp_path_factory.mktemp("kemi") / "release"
    built = build([example_folder()], out)
    assert built.release is not None, built.report
    return out


@pytest.fixture(scope="session")
def kemi(kemi_release: Path) -> Dataset:
    """The dataset of the Kemi release."""
    return Dataset.open(kemi_release)
