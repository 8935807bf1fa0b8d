"""The catalogue of a published release keeps the shapes of DCAT-AP 3, where these lie beside the checkout."""

from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import SH, Graph
from rdflib.namespace import RDF

from tests.publishing import Row, publication, publish

SHAPES = Path(__file__).parents[4] / "shared" / "conformance" / "dcat-ap"
# What is not stated: where an area lies, of which kind a publisher is, and what a town or an old release covers alone.
UNKNOWN = {"bbox", "centroid", "type", "spatial", "temporal"}
HVD = """
[hvd]
legislation = "http://data.europa.eu/eli/reg_impl/2023/138/oj"
category = ["http://data.europa.eu/bna/c_a9135398"]
"""


def results(catalogue: Path, name: str) -> set[str]:
    """What the shapes find, by the local names of the properties."""
    file = SHAPES / name
    if not file.is_file():
        pytest.skip(f"the conformance shapes of DCAT-AP are not here ({name})")
    _, report, _ = validate(Graph().parse(catalogue), shacl_graph=Graph().parse(file), advanced=True)
    assert isinstance(report, Graph)
    paths = (report.value(each, SH.resultPath) for each in report.subjects(RDF.type, SH.ValidationResult))
    return {str(path).rpartition("/")[2].rpartition("#")[2] for path in paths}


def test_the_catalogue_conforms(row: Row) -> None:
    assert results(row.out / "catalog.ttl", "shapes.ttl") == set()


def test_of_what_is_recommended_only_what_the_data_do_not_know_is_left_out(row: Row) -> None:
    assert results(row.out / "catalog.ttl", "shapes_recommended.ttl") <= UNKNOWN


@pytest.mark.slow
def test_a_high_value_dataset_says_which_law_and_category_it_is_of(row: Row, tmp_path: Path) -> None:
    file = publication(tmp_path, "2026.2", "2026-11-29", HVD)
    assert publish(tmp_path / "out", row.documents, file, row.release) == 0
    text = (tmp_path / "out" / "catalog.ttl").read_text("utf-8")

    assert "http://data.europa.eu/eli/reg_impl/2023/138/oj" in text
    assert "http://data.europa.eu/bna/c_a9135398" in text
    assert "applicableLegislation" not in (row.out / "catalog.ttl").read_text("utf-8")
