"""What the package, the citation file and the vocabulary say of themselves agrees and is whole."""

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hatchling.metadata.core import ProjectMetadata
from hatchling.plugin.manager import PluginManager

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
# The keys of the Citation File Format 1.2.0, and those of an entity among its authors.
CITATION_KEYS = {
    *("abstract", "authors", "cff-version", "commit", "contact", "date-released", "doi", "identifiers"),
    *("keywords", "license", "license-url", "message", "preferred-citation", "references", "repository"),
    *("repository-artifact", "repository-code", "title", "type", "url", "version"),
}
ENTITY_KEYS = {
    *("address", "alias", "city", "country", "date-end", "date-start", "email", "fax", "location", "name"),
    *("orcid", "post-code", "region", "tel", "website"),
}


@pytest.fixture(scope="module")
def citation() -> dict[str, Any]:
    content = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert isinstance(content, dict)
    return content


@pytest.fixture(scope="module")
def readme() -> str:
    """README as a package index shows it."""
    text = ProjectMetadata(str(ROOT), PluginManager()).core.readme
    assert text
    return text


def test_one_version_stands_everywhere(citation: dict[str, Any]) -> None:
    version = PROJECT["project"]["version"]

    assert citation["version"] == version
    assert f'owl:versionInfo "{version}"' in (ROOT / "ontology" / "hyte.ttl").read_text("utf-8")
    assert re.search(rf"^## {re.escape(version)}\b", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)


def test_the_citation_file_follows_its_schema(citation: dict[str, Any]) -> None:
    assert citation["cff-version"] == "1.2.0"
    assert set(citation) <= CITATION_KEYS
    assert {"authors", "cff-version", "message", "title"} <= set(citation)
    assert citation["type"] == "software"
    assert citation["license"] == PROJECT["project"]["license"]
    assert isinstance(citation["date-released"], date)
    assert citation["keywords"] == list(dict.fromkeys(citation["keywords"]))
    for author in citation["authors"]:
        assert author["name"]
        assert set(author) <= ENTITY_KEYS


def test_readme_on_a_package_index_has_no_picture_and_no_link_to_a_file(readme: str) -> None:
    assert readme.startswith("# hytegraph\n")
    assert "Tutorial for researchers" in readme
    assert "![" not in readme
    assert [link for link in re.findall(r"\]\(([^)]*)\)", readme) if not link.startswith("https://")] == []


def test_the_table_of_dependencies_is_that_of_the_project() -> None:
    text = (ROOT / "docs" / "decisions" / "0009-dependencies.md").read_text("utf-8")
    before, after = text.split("Tools, for tests")
    cells = {part: re.findall(r"^\| (`[^|]+) \|", part, re.MULTILINE) for part in (before, after)}
    listed = {part: sorted(re.findall(r"`([^`]+)`", " ".join(rows))) for part, rows in cells.items()}
    groups = PROJECT["dependency-groups"]
    tools = [name for name in (*groups["dev"], *groups["docs"]) if isinstance(name, str)]

    assert listed[before] == sorted(map(_name, PROJECT["project"]["dependencies"]))
    assert listed[after] == sorted(map(_name, tools))


def _name(requirement: str) -> str:
    return re.split(r"[<>=;\s]", requirement)[0]
