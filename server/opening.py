"""Opens what the settings name: a release or RDF file, or a SPARQL store."""

from hytegraph.graph.store.client import StoreClient, StoreLimits
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.store.remote import RemoteDataset
from hytegraph.server.settings import Settings


def open_dataset(settings: Settings) -> Dataset:
    """The dataset of the settings; raises ReleaseError, or StoreError when the store does not answer."""
    if settings.store:
        return RemoteDataset.connect(store_client(settings), settings.base)
    return Dataset.open(settings.release)


def store_client(settings: Settings) -> StoreClient:
    """The client of the store of the settings; raises StoreError for an address that is none."""
    limits = StoreLimits(seconds=settings.store_timeout)
    return StoreClient(settings.store, settings.update_store, settings.graph_store, limits)
