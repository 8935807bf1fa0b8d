"""The traps of the query language are as they are told: the misleading query misleads, and the other one does not."""

from time import process_time

import pytest
from pyoxigraph import Literal, RdfFormat, Store

from hytegraph.graph.query.named import load_engine_traps
from hytegraph.graph.store.dataset import Dataset

TRAPS = load_engine_traps()
DATA = """
@prefix hyte: <https://w3id.org/hytegraph/ns#> .
@prefix sdmx-measure: <http://purl.org/linked-data/sdmx/2009/measure#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<urn:a> hyte:scenario hyte:TA ; sdmx-measure:obsValue 12.5 .
<urn:b> hyte:scenario hyte:TA ; sdmx-measure:obsValue 7.5 .
<urn:c> hyte:scenario hyte:TA .
<urn:d> a hyte:StrategicAim ; skos:prefLabel "Sujuva arki"@fi .
<urn:e> a hyte:StrategicAim ; skos:prefLabel "Vireä kylä"@fi .
"""


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    store = Store()
    store.load(DATA.encode(), RdfFormat.TURTLE)
    return Dataset(store)


def answers(dataset: Dataset, query: str, column: str) -> list[object]:
    return [row[column] for row in dataset.select(query)]


def test_one_unbound_value_empties_a_sum_and_is_left_out_by_the_cure(dataset: Dataset) -> None:
    trap = TRAPS["unbound-in-aggregate"]

    assert answers(dataset, trap.trap, "sum") == [None]
    assert [row.text("sum") for row in dataset.select(trap.query.text)] == ["20"]
    assert [row.text("numbers") for row in dataset.select(trap.query.text)] == ["2"]


def test_group_concat_keeps_a_tag_that_the_cure_takes_off(dataset: Dataset) -> None:
    trap = TRAPS["tag-of-concatenation"]

    assert answers(dataset, trap.trap, "aims") == [Literal("Sujuva arki | Vireä kylä", language="fi")]
    assert answers(dataset, trap.query.text, "aims") == [Literal("Sujuva arki | Vireä kylä")]


def test_order_by_is_by_code_point_and_the_key_gives_finnish_order(dataset: Dataset) -> None:
    trap = TRAPS["finnish-order"]

    assert [row.text("word") for row in dataset.select(trap.trap)] == [
        *("Zetor", "asuminen", "Ähtäri", "Åbo", "Öljy", "ääni")
    ]
    assert [row.text("word") for row in dataset.select(trap.query.text)] == [
        *("asuminen", "Zetor", "Åbo", "Ähtäri", "ääni", "Öljy")
    ]


@pytest.fixture(scope="module")
def many_measures() -> Dataset:
    """Two thousand measures, each in a row with an indicator but for every fourth."""
    begin, store = "https://w3id.org/hytegraph/ns#", Store()
    lines = [
        f"<urn:m{n}> a <{begin}Measure> . <urn:r{n}> <{begin}rowMeasure> <urn:m{n}> ." for n in range(2_000)
    ]
    lines += [f'<urn:r{n}> <{begin}indicatorText> "{n} kpl" .' for n in range(2_000) if n % 4]
    store.load("\n".join(lines).encode(), RdfFormat.TURTLE)
    return Dataset(store)


def test_what_is_absent_is_found_in_a_fraction_of_the_time_by_the_cure(many_measures: Dataset) -> None:
    trap, seconds, found = TRAPS["absence-row-by-row"], [], []
    for query in (trap.trap, trap.query.text):
        began = process_time()
        found.append(answers(many_measures, query, "measure"))
        seconds.append(process_time() - began)

    assert found[0] == found[1]
    assert len(found[1]) == 500
    # The engine that evaluates the first as fast as the second makes this trap none: it then has to go.
    assert seconds[0] > 3 * seconds[1]
