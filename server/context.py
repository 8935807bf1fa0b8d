"""What the service works with: opened as the settings say, and read by every handler of the running application."""

from dataclasses import dataclass

from flask import current_app, g

from hytegraph.graph.evaluation.pool import Pool
from hytegraph.graph.search.open_index import IndexSource
from hytegraph.graph.store.client import StoreClient, StoreLimits
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.store.remote import RemoteDataset
from hytegraph.graph.validation.report import Report
from hytegraph.server.settings import Settings

EXTENSION = "hytegraph"


@dataclass(frozen=True, slots=True)
class Context:
    """What the running application works with.

    That is the dataset it serves, its settings, where the index for searching it comes from, the workers that evaluate
    clients' queries, and the report of the release's validation, if it has one. Without workers, as in a test or before
    another store, the queries are evaluated here.
    """

    dataset: Dataset
    settings: Settings
    search: IndexSource
    pool: Pool | None = None
    report: Report | None = None


def open_dataset(settings: Settings) -> Dataset:
    """The dataset of the settings; raises ReleaseError, or StoreError when the store does not answer."""
    if settings.store:
        return RemoteDataset.connect(store_client(settings), settings.base)
    return Dataset.open(settings.release)


def store_client(settings: Settings) -> StoreClient:
    """The client of the store of the settings; raises StoreError for an address that is none."""
    limits = StoreLimits(seconds=settings.store_timeout)
    return StoreClient(settings.store, settings.update_store, settings.graph_store, limits)


def dataset() -> Dataset:
    """The dataset of the running application; one that may change is another object for each request.

    So what a page remembers of a dataset is remembered no longer than the data are sure to stay.
    """
    if "dataset" not in g:
        g.dataset = _context().dataset.fresh()
    served: Dataset = g.dataset
    return served


def settings() -> Settings:
    """The settings of the running application."""
    return _context().settings


def search() -> IndexSource:
    """Where the index for searching the dataset comes from."""
    return _context().search


def report() -> Report | None:
    """The report of the release's validation; None where the data came without one."""
    return _context().report


def pool() -> Pool | None:
    """The workers of the running application."""
    return _context().pool


def _context() -> Context:
    context: Context = current_app.extensions[EXTENSION]
    return context
