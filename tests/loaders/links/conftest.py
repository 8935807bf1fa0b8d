"""What the tests of links share: the Kemi elements and the links suggested for them, made once."""

from pathlib import Path

import pytest

from hytegraph.graph.iris import DEFAULT_BASE
from hytegraph.loaders.documents.folder import read_folder
from hytegraph.loaders.links.continuity.corpus import Corpus
from hytegraph.loaders.links.continuity.successors import suggest_continuity
from hytegraph.loaders.links.link import LinkAssertion, LinkEnd
from hytegraph.loaders.links.town_graph import Material, read_material


@pytest.fixture(scope="session")
def kemi_material(kemi_folder: Path) -> Material:
    """The graph and table rows of Kemi."""
    return read_material(read_folder(kemi_folder), DEFAULT_BASE)


@pytest.fixture(scope="session")
def kemi_elements(kemi_material: Material) -> tuple[LinkEnd, ...]:
    """The aims, goals, priorities, measures and projects of Kemi."""
    return kemi_material.graph.elements("aim", "goal", "priority", "measure", "project")


@pytest.fixture(scope="session")
def kemi_corpus(kemi_elements: tuple[LinkEnd, ...]) -> Corpus:
    """The wordings of Kemi."""
    return Corpus(element for element in kemi_elements if element.period)


@pytest.fixture(scope="session")
def kemi_continuity(kemi_elements: tuple[LinkEnd, ...]) -> tuple[LinkAssertion, ...]:
    """The continuity suggested for Kemi."""
    return suggest_continuity(kemi_elements)
