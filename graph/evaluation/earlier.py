"""Queries to the published releases beside the one that is served: each is opened when it is first asked."""

from collections.abc import Mapping
from pathlib import Path

from hytegraph.graph.evaluation.few_open import FewOpen
from hytegraph.graph.evaluation.one_release import start_release
from hytegraph.graph.evaluation.pool import Pool
from hytegraph.graph.evaluation.question import Answer, Question, evaluate
from hytegraph.graph.evaluation.workers import PoolLimits
from hytegraph.graph.store.dataset import Dataset

# Each holds its data in memory, or a store on disk open.
MOST_OPEN = 2


class EarlierReleases:
    """Releases by version; safe to use from several threads.

    With limits, queries are evaluated by workers of a process for each release; without, as in a test, here.
    """

    def __init__(
        self,
        folders: Mapping[str, Path],
        limits: PoolLimits | None = None,
        stores: Path | None = None,
    ) -> None:
        self._limits, self._stores = limits, stores
        self._open = FewOpen(folders, self._start, MOST_OPEN, _close)

    def answer(self, version: str, question: Question, seconds: float, name: str) -> Answer:
        """The answer of a release; raises as a pool does.

        Raises UnknownNameError for a version that is not here, and ReleaseNotOpenError while its data are being opened
        and the seconds are over.
        """
        opened = self._open.get(version, seconds)
        if isinstance(opened, Dataset):
            return evaluate(opened, question)
        return opened.answer(question, seconds, name=name)

    def close(self) -> None:
        """End what was started."""
        self._open.close()

    def _start(self, folder: Path) -> Pool | Dataset:
        if self._limits is None or self._stores is None:
            return Dataset.open(folder)
        return start_release(folder, self._limits, self._stores)


def _close(opened: Pool | Dataset) -> None:
    if isinstance(opened, Pool):
        opened.close()
