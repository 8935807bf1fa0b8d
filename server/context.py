"""What every handler reads from the running application: its dataset and its settings."""

from dataclasses import dataclass

from flask import current_app

from hytegraph.graph.dataset import Dataset
from hytegraph.graph.pool import Pool
from hytegraph.server.settings import Settings

EXTENSION = "hytegraph"


@dataclass(frozen=True, slots=True)
class Context:
    """The dataset that is served, the settings it is served with, and the workers that evaluate clients' queries.

    Without workers, as in a test or before another store, the queries are evaluated here.
    """

    dataset: Dataset
    settings: Settings
    pool: Pool | None = None


def dataset() -> Dataset:
    """The dataset of the running application."""
    return _context().dataset


def settings() -> Settings:
    """The settings of the running application."""
    return _context().settings


def pool() -> Pool | None:
    """The workers of the running application."""
    return _context().pool


def _context() -> Context:
    context: Context = current_app.extensions[EXTENSION]
    return context
