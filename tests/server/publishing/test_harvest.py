"""A harvester that knows DCAT and nothing of us finds every dataset and file, and each file is what is said of it."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from rdflib import DCTERMS, RDF, Graph, Namespace, URIRef
from rdflib.term import Node

from hytegraph.graph.releases.row import row_of
from tests.publishing import Row
from tests.server.publishing.conftest import WebServer
from tests.services import StartService

# The terms of its third version, of which rdflib knows the second.
DCAT = Namespace("http://www.w3.org/ns/dcat#")
SPDX = Namespace("http://spdx.org/rdf/terms#")
FOLDER, SITE = "https://data.mallila.example/hyte/", "https://data.mallila.example"
# Status, media type, body.
Fetch = Callable[[str], tuple[int, str, bytes]]


@dataclass
class Harvest:
    """What a harvester has found from the address of a catalogue: datasets, the files that it fetched, and faults."""

    fetch: Fetch
    datasets: set[Node] = field(default_factory=set)
    series: set[Node] = field(default_factory=set)
    files: dict[str, bytes] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def run(self, address: str) -> None:
        """Follow catalogue, series, datasets, versions and distributions, and fetch every file."""
        status, media_type, body = self.fetch(address)
        assert status == 200, address
        graph = Graph().parse(data=body, format=media_type.partition(";")[0])
        [catalogue] = graph.subjects(RDF.type, DCAT.Catalog)
        waiting = set(graph.objects(catalogue, DCAT.dataset))
        while waiting:
            dataset = waiting.pop()
            self.datasets.add(dataset)
            self.series |= set(graph.objects(dataset, DCAT.inSeries))
            found = (
                graph.objects(dataset, link)
                for link in (DCAT.inSeries, DCAT.hasVersion, DCAT.prev, DCTERMS.hasPart)
            )
            waiting |= {each for several in found for each in several} - self.datasets
            if not graph.value(dataset, DCTERMS.title):
                self.faults.append(f"{dataset} has no title")
            for file in graph.objects(dataset, DCAT.distribution):
                self._verify(graph, file)

    def _verify(self, graph: Graph, file: Node) -> None:
        address, checksum = graph.value(file, DCAT.downloadURL), graph.value(file, SPDX.checksum)
        status, media_type, body = self.fetch(str(address))
        self.files[str(address)] = body
        stated = {
            "media type": str(graph.value(file, DCAT.mediaType)).partition("assignments/media-types/")[2],
            "size": int(str(graph.value(file, DCAT.byteSize))),
            "checksum": str(graph.value(checksum, SPDX.checksumValue)),
            "licence": True,
        }
        fetched = {
            "media type": media_type.partition(";")[0],
            "size": len(body),
            "checksum": hashlib.sha256(body).hexdigest(),
            "licence": isinstance(graph.value(file, DCTERMS.license), URIRef),
        }
        if status != 200 or stated != fetched:
            self.faults.append(f"{address}: {status}, stated {stated}, fetched {fetched}")


def test_the_folder_of_a_release_is_harvested_from_a_web_server(nginx: WebServer, row: Row) -> None:
    def fetch(address: str) -> tuple[int, str, bytes]:
        status, _, headers, body = nginx.get(address.removeprefix(SITE))
        return status, headers["Content-Type"], body

    harvest = Harvest(fetch)
    harvest.run(f"{FOLDER}catalog.ttl")

    name = row_of(row.release)[0].name
    assert harvest.faults == []
    assert len(harvest.series) == 1
    assert {
        f"{FOLDER}dumps/{name}/{file}" for file in ("hytegraph.nq", "mallila.ttl", "mallila.jsonld")
    } <= set(harvest.files)
    assert f"{FOLDER}dumps/{row_of(row.release)[1].name}/hytegraph.nq" in harvest.files


@pytest.mark.slow
def test_a_running_service_is_harvested(row: Row, start_service: StartService) -> None:
    service = start_service(row.second)

    def fetch(address: str) -> tuple[int, str, bytes]:
        reply = service.get(address.removeprefix(f"http://127.0.0.1:{service.port}"))
        return reply.status, reply.headers["Content-Type"], reply.body

    harvest = Harvest(fetch)
    harvest.run(f"http://127.0.0.1:{service.port}/catalog")

    assert harvest.faults == []
    assert {Path(address).suffix for address in harvest.files} == {
        ".nq",
        ".trig",
        ".ttl",
        ".jsonld",
        ".nt",
        ".rdf",
    }
    assert len(harvest.datasets) == 4


@pytest.mark.parametrize("change", ["size", "media type"])
def test_the_harvester_sees_a_file_that_is_not_what_is_said_of_it(row: Row, change: str) -> None:
    def fetch(address: str) -> tuple[int, str, bytes]:
        body = (row.out / address.removeprefix(FOLDER)).read_bytes()
        is_changed = address.endswith("mallila.ttl")
        return (
            200,
            "text/plain" if is_changed and change == "media type" else kind(address),
            body + (b" " if is_changed and change == "size" else b""),
        )

    harvest = Harvest(fetch)
    harvest.run(f"{FOLDER}catalog.ttl")

    assert [fault.partition(":")[0] for fault in harvest.faults] == ["https"]
    assert "mallila.ttl" in harvest.faults[0]


def kind(address: str) -> str:
    """The media type of a file by its suffix."""
    kinds = {
        "ttl": "text/turtle",
        "jsonld": "application/ld+json",
        "nq": "application/n-quads",
        "nt": "application/n-triples",
    }
    return (kinds | {"trig": "application/trig", "rdf": "application/rdf+xml"})[address.rpartition(".")[2]]
