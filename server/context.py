"""What the service works with: opened as the settings say, and read by every handler of the running application."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from flask import current_app, g, request

from hytegraph.graph.evaluation.earlier import EarlierReleases
from hytegraph.graph.evaluation.pool import Pool
from hytegraph.graph.query.town_quads import TownQuads
from hytegraph.graph.query.towns import Town, read_towns, slug_in
from hytegraph.graph.resources import cache_folder
from hytegraph.graph.search.open_index import IndexSource
from hytegraph.graph.store.client import StoreClient, StoreLimits
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.store.remote import RemoteDataset
from hytegraph.graph.summaries.open_tables import open_summaries
from hytegraph.graph.summaries.tables import Summaries
from hytegraph.graph.validation.report import Report
from hytegraph.server.settings import Settings

EXTENSION = "hytegraph"
# Under this name the request keeps the slug of the town with which its address begins.
TOWN_OF_ADDRESS = "town_of_address"
# Under this name that the request has failed because the store did not answer.
STORE_IS_AWAY = "store_is_away"
# Under this name that another application than the running one has made the answer.
ANSWERED_ELSEWHERE = "answered_elsewhere"


@dataclass(frozen=True, slots=True)
class Context:
    """What the running application works with.

    That is the dataset it serves, its settings, where the index for searching it comes from, its summaries, the workers
    that evaluate clients' queries, the report of the release's validation, if it has one, and the published releases
    beside it. Without workers, as in a test or before another store, the queries are evaluated here.
    """

    dataset: Dataset
    settings: Settings
    search: IndexSource
    summaries: Summaries
    pool: Pool | None = None
    report: Report | None = None
    earlier: EarlierReleases | None = None


def open_dataset(settings: Settings) -> Dataset:
    """The dataset of the settings; raises ReleaseError, or StoreError when the store does not answer."""
    if settings.store:
        beside = Path(settings.release) if settings.release else None
        return RemoteDataset.connect(store_client(settings), settings.base, beside)
    return Dataset.open(settings.release)


def store_client(settings: Settings) -> StoreClient:
    """The client of the store of the settings; raises StoreError for an address that is none."""
    limits = StoreLimits(seconds=settings.store_timeout)
    return StoreClient(settings.store, settings.update_store, settings.graph_store, limits)


def folder_of_stores(settings: Settings) -> Path:
    """Where what was made of the data is kept for the next start."""
    return Path(settings.storage_folder) if settings.storage_folder else cache_folder()


def dataset() -> Dataset:
    """The dataset of the running application; one that may change is another object for each request.

    So what a page remembers of a dataset is remembered no longer than the data are sure to stay.
    """
    if "dataset" not in g:
        g.dataset = _context().dataset.fresh()
    served: Dataset = g.dataset
    return served


def towns() -> Mapping[str, Town]:
    """The towns of the data by slug, in the order of their names; none while the store does not answer."""
    if g.get(STORE_IS_AWAY):
        return {}
    if "towns" not in g:
        g.towns = read_towns(dataset(), settings().base)
    found: Mapping[str, Town] = g.towns
    return found


def town() -> Town | None:
    """The town that the page is about: that of the address, else the only one of the data.

    The address names a town by its prefix (`/kemi/plans`) or by the thing that it mirrors (`/trace/id/kemi/…`). None
    where the data are of several towns and the page is about all of them, and where the data name no town.
    """
    if "town" not in g:
        g.town = _town()
    about: Town | None = g.town
    return about


def _town() -> Town | None:
    slug = g.get(TOWN_OF_ADDRESS) or slug_in(settings().base + _mirrored(request.path), settings().base)
    if slug in towns():
        return towns()[slug]
    return next(iter(towns().values())) if len(towns()) == 1 else None


def dataset_of_town() -> Dataset:
    """What a query of the page is asked of: with several towns the quads of the page's town and the common ones.

    That of a page about all towns, and where there is one town, is the whole dataset.
    """
    slug = town_of_rows()
    if slug is None:
        return dataset()
    return _town_quads(dataset(), settings().base).of(slug)


@lru_cache(maxsize=2)
def _town_quads(served: Dataset, base: str) -> TownQuads:
    return TownQuads(served, read_towns(served, base), base)


def town_of_rows() -> str | None:
    """The slug of the town whose rows of a summary the page shows; None for all rows, also where there is one town.

    With one town, what its data say of things outside of the town is the town's too.
    """
    chosen = town()
    return chosen.slug if chosen and has_several_towns() else None


def has_several_towns() -> bool:
    """Whether the data are of several towns, so that pages have to say which one they are about."""
    return len(towns()) > 1


def is_of_all_towns() -> bool:
    """Whether the page is about several towns: the country, not one town of it."""
    return has_several_towns() and town() is None


def settings() -> Settings:
    """The settings of the running application."""
    return _context().settings


def search() -> IndexSource:
    """Where the index for searching the dataset comes from."""
    return _context().search


def summaries() -> Summaries:
    """The summaries of the dataset; of data that may change, those of the data as they are for this request."""
    served, kept = dataset(), _context().summaries
    # The data of another store are those of the release beside it for as long as the dataset says so.
    if served.is_immutable or (served.release is not None and kept.is_kept):
        return kept
    if "summaries" not in g:
        g.summaries = open_summaries(served, settings().base)
    current: Summaries = g.summaries
    return current


def report() -> Report | None:
    """The report of the release's validation; None where the data came without one."""
    return _context().report


def pool() -> Pool | None:
    """The workers of the running application."""
    return _context().pool


def earlier() -> EarlierReleases:
    """The published releases beside the one that is served."""
    return _context().earlier or EarlierReleases({})


def _mirrored(path: str) -> str:
    """The part of an address that mirrors an IRI: `id/kemi/…` of `/trace/id/kemi/…`, or of the address of a thing."""
    return path.removeprefix("/") if path.startswith(("/id/", "/graph/")) else path[1:].partition("/")[2]


def _context() -> Context:
    context: Context = current_app.extensions[EXTENSION]
    return context
