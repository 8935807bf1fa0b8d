"""What every handler reads from the running application: its dataset and its settings."""

from dataclasses import dataclass

from flask import current_app

from hytegraph.graph.dataset import Dataset
from hytegraph.server.settings import Settings

EXTENSION = "hytegraph"


@dataclass(frozen=True, slots=True)
class Context:
    """The dataset that is served and the settings it is served with."""

    dataset: Dataset
    settings: Settings


def dataset() -> Dataset:
    """The dataset of the running application."""
    return _context().dataset


def settings() -> Settings:
    """The settings of the running application."""
    return _context().settings


def _context() -> Context:
    context: Context = current_app.extensions[EXTENSION]
    return context
