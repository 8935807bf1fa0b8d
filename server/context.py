"""What every handler reads from the running application: its dataset and its settings."""

from dataclasses import dataclass

from flask import current_app

from hytegraph.graph.dataset import Dataset
from hytegraph.graph.report import Report
from hytegraph.server.settings import Settings

EXTENSION = "hytegraph"


@dataclass(frozen=True, slots=True)
class Context:
    """The dataset that is served, the settings it is served with, and the report of its validation, if it has one."""

    dataset: Dataset
    settings: Settings
    report: Report | None = None


def dataset() -> Dataset:
    """The dataset of the running application."""
    return _context().dataset


def settings() -> Settings:
    """The settings of the running application."""
    return _context().settings


def report() -> Report | None:
    """The report of the release's validation; None where the data came without one."""
    return _context().report


def _context() -> Context:
    context: Context = current_app.extensions[EXTENSION]
    return context
