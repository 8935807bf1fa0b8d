"""What requests share, and what each has for itself."""

from pathlib import Path

from pyoxigraph import Store

from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.summaries.tables import Summaries
from hytegraph.server.app import create_app
from hytegraph.server.context import summaries
from hytegraph.server.settings import Settings

SAMPLE = Path(__file__).parents[1] / "data" / "server" / "sample.trig"


def of_two_requests(data: Dataset) -> tuple[Summaries, Summaries]:
    """The summaries that two requests for the same data read."""
    app = create_app(Settings.of({}), data)
    found = []
    for _ in range(2):
        with app.test_request_context("/"):
            assert summaries() is summaries()
            found.append(summaries())
    return found[0], found[1]


def test_the_summaries_of_data_that_stay_are_made_once_for_all_requests() -> None:
    first, second = of_two_requests(Dataset.open(SAMPLE))

    assert first is second


def test_the_summaries_of_data_that_may_change_are_made_for_each_request() -> None:
    first, second = of_two_requests(Dataset(Store()))

    assert first is not second
