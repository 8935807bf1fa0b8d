"""Writes all files of a published release into a folder; the same release gives the same bytes."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from hytegraph.graph.releases.row import Published
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.store.disk import is_for_disk, is_slow_to_load, make_store
from hytegraph.graph.summaries.open_tables import open_summaries
from hytegraph.server.catalogue.about import About
from hytegraph.server.context import folder_of_stores
from hytegraph.server.publishing.data import write_data
from hytegraph.server.publishing.descriptions import write_descriptions
from hytegraph.server.publishing.folder import OutFolder
from hytegraph.server.publishing.redirects import write_redirects
from hytegraph.server.publishing.tables import write_tables
from hytegraph.server.settings import Settings


def write_release_files(
    out: OutFolder,
    release: Published,
    settings: Settings,
    address: str,
    links: Mapping[str, Path],
    high_value: tuple[str, tuple[str, ...]] = ("", ()),
) -> None:
    """Write the files of a release; `address` is where the folder will be on the web, `links` are tables of links
    (SSSOM) by the names that they get.

    `high_value` are the legislation and the categories of a high-value dataset. The caller finishes the folder, so that
    whatever else is written there has its checksum too. Raises ReleaseError where the release cannot be read.
    """
    dataset = open_release(release, settings)
    about = replace(
        About.of(dataset, open_summaries(dataset, settings.base), settings, address),
        has_endpoint=False,
        legislation=high_value[0],
        category=high_value[1],
    )
    write_data(out, release)
    write_tables(out, release, dataset, about)
    write_descriptions(out, release, replace(about, files=out.facts()))
    write_redirects(out, release, dataset, address)
    for name, table in sorted(links.items()):
        out.copy(name, table)


def open_release(release: Published, settings: Settings) -> Dataset:
    """The data of a release: in memory, or from a store on disk where the data are large.

    Files are written once, so the memory that a service would spend on quick answers is not worth it here.
    """
    is_large = settings.storage == "auto" and is_slow_to_load(release.folder)
    if is_large or is_for_disk(release.folder, settings.storage):
        return make_store(release.folder, folder_of_stores(settings)).open()
    return Dataset.open(release.folder)
