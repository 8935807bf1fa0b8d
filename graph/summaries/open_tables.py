"""Where the summaries of a dataset come from: its release; else they are asked for when they are read."""

import logging
from pathlib import Path

from hytegraph.graph.errors import SummariesError
from hytegraph.graph.store.checksums import remembered_checksum
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.store.release import SUMMARIES
from hytegraph.graph.summaries.tables import Summaries

_CHECKSUMS = "summary-checksums.json"
_log = logging.getLogger(__name__)


def open_summaries(dataset: Dataset, base: str, folder: Path | None = None) -> Summaries:
    """The summaries that the dataset's release has, if they are as released; else those of the dataset as it is.

    Their checksum is remembered in the folder, where one is given: that of a country's takes a second to compute.
    """
    return _released(dataset, folder) or Summaries.of(dataset, base)


def _released(dataset: Dataset, folder: Path | None) -> Summaries | None:
    if dataset.release is None:
        return None
    promised = dataset.release.manifest.get("summaries", {}).get("sha256")
    if promised is None:
        return None
    file = dataset.release.path / SUMMARIES
    checksum = remembered_checksum(file, folder and folder / _CHECKSUMS)
    if checksum != promised:
        _log.error("the release's summaries are missing, damaged or of another version; build it again")
        return None
    try:
        return Summaries.open(file, dataset.release.checksum)
    except SummariesError as error:
        _log.warning("%s", error)
        return None
