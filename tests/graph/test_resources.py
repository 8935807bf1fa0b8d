"""The data of the package are found wherever it is installed."""

import pytest

from hytegraph.graph.resources import data_files, data_folder, example_folder


@pytest.mark.parametrize("name", ["ontology", "shapes", "queries", "documents"])
def test_a_data_folder_of_the_package_is_there(name: str) -> None:
    assert data_folder(name).is_dir()


def test_files_come_sorted() -> None:
    names = [file.name for file in data_files("shapes", "*.ttl")]
    assert names
    assert names == sorted(names)


def test_the_example_folder_holds_a_manifest() -> None:
    assert (example_folder() / "manifest.toml").is_file()
