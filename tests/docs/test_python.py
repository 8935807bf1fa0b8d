"""The public Python names: sorted, loaded lazily, each documented by an example that runs."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import hytegraph.graph
from tests.docs.examples import run_python

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "python.md"


def test_the_public_names_are_sorted_and_there() -> None:
    names = hytegraph.graph.__all__

    # As ruff sorts them: constants, then classes, then functions.
    assert names == sorted(set(names), key=lambda name: (not name.isupper(), name))
    assert dir(hytegraph.graph) == sorted(names)
    for name in names:
        assert getattr(hytegraph.graph, name) is not None


def test_another_name_is_an_attribute_error_like_in_every_module() -> None:
    with pytest.raises(
        AttributeError, match=r"module 'hytegraph\.graph' has no attribute 'store_of_everything'"
    ):
        _ = hytegraph.graph.store_of_everything


def test_importing_the_public_names_loads_no_engine() -> None:
    code = "import sys, hytegraph.graph; print(sorted({'pyoxigraph', 'rdflib', 'yaml'} & set(sys.modules)))"

    shown = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)

    assert shown.stdout == "[]\n"


def test_every_public_name_has_a_section_with_an_example() -> None:
    sections = re.split(r"^### ", PAGE.read_text("utf-8"), flags=re.MULTILINE)[1:]
    named = {section.splitlines()[0]: section for section in sections}

    assert sorted(named) == sorted(hytegraph.graph.__all__)
    for name, section in named.items():
        assert re.search(rf"^(>>>|\.\.\.|hytegraph\.graph\.errors\.).*\b{name}\b", section, re.MULTILINE)


def test_the_examples_do_what_they_show(
    kemi_release: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "build").mkdir()
    (tmp_path / "build" / "release").symlink_to(kemi_release)
    monkeypatch.chdir(tmp_path)

    run_python(PAGE)
