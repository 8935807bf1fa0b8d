"""The public Python names: sorted, loaded lazily, each documented by an example that runs."""

import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from tests.docs.examples import run_python

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "python.md"
INTERFACES = ("hytegraph", "hytegraph.graph")


@pytest.mark.parametrize("name", INTERFACES)
def test_the_public_names_are_sorted_and_there(name: str) -> None:
    module = import_module(name)
    names = module.__all__

    # As ruff sorts them: constants, then classes, then functions.
    assert names == sorted(set(names), key=lambda public: (not public.isupper(), public))
    assert dir(module) == sorted(names)
    assert all(getattr(module, public) is not None for public in names)


@pytest.mark.parametrize("name", INTERFACES)
def test_another_name_is_an_attribute_error_like_in_every_module(name: str) -> None:
    with pytest.raises(AttributeError, match=f"module '{name}' has no attribute 'store_of_everything'"):
        _ = import_module(name).store_of_everything


@pytest.mark.parametrize("name", INTERFACES)
def test_importing_the_public_names_loads_no_engine(name: str) -> None:
    heavy = "{'flask', 'pandas', 'pyoxigraph', 'rdflib', 'yaml'}"
    code = f"import sys, {name}; print(sorted({heavy} & set(sys.modules)))"

    shown = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)

    assert shown.stdout == "[]\n"


def test_every_public_name_has_a_section_with_an_example() -> None:
    sections = re.split(r"^### ", PAGE.read_text("utf-8"), flags=re.MULTILINE)[1:]
    named = {section.splitlines()[0]: section for section in sections}

    assert sorted(named) == sorted(name for each in INTERFACES for name in import_module(each).__all__)
    for name, section in named.items():
        assert re.search(rf"^(>>>|\.\.\.|hytegraph\.graph\.errors\.).*\b{name}\b", section, re.MULTILINE)


@pytest.mark.slow
def test_the_examples_do_what_they_show(
    kemi_release: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "build").mkdir()
    (tmp_path / "build" / "release").symlink_to(kemi_release)
    monkeypatch.chdir(tmp_path)

    run_python(PAGE)
