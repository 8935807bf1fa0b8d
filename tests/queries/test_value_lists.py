"""Every list of values that a form offers has values in the data of Kemi, but for those that they lack by nature."""

import pytest

from hytegraph.graph.query.named import load_value_lists
from hytegraph.graph.store.dataset import Dataset


@pytest.mark.parametrize("name", load_value_lists())
def test_a_list_of_values_is_not_empty(kemi: Dataset, name: str) -> None:
    assert len(kemi.select(load_value_lists()[name].text)) > 0
