"""How things are called in links: prefixed names and ranges of lines."""

import pytest

from hytegraph.server.text.links import curie, passage_name


@pytest.mark.parametrize(
    ("iri", "name"),
    [
        ("https://w3id.org/hytegraph/ns#Goal", "hyte:Goal"),
        ("http://purl.org/dc/terms/subject", "dct:subject"),
        ("https://w3id.org/hytegraph/ns#", "https://w3id.org/hytegraph/ns#"),
        ("https://example.org/a-long-address/of-somebody-else#Thing",) * 2,
    ],
)
def test_an_iri_has_a_prefix_where_its_namespace_is_known_and_a_name_follows(iri: str, name: str) -> None:
    assert curie(iri) == name


def test_one_line_and_several_are_called_by_their_numbers() -> None:
    assert passage_name(7, 7, "fi") == "rivi 7"
    assert passage_name(7, 9, "fi") == "rivit 7–9"
