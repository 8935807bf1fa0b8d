"""What the Kemi graph says leads back to the words it was read from, and names no person."""

import hashlib
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from hytegraph.graph.iris import DEFAULT_BASE
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.vocab import HYTE, OA, PREFIXES, RDF
from hytegraph.loaders.documents.folder import read_folder
from hytegraph.loaders.privacy.redaction import find_personal_data
from hytegraph.loaders.quads.steps import folder_quads

CopyOf = Callable[..., Path]
WITHOUT_DATA = ("/graph/alignments", "/graph/ontology", "/graph/shapes")
# The vocabulary itself, licences and digests that the catalogue and the documents point at.
OUTSIDE = (
    "http://metadata.un.org/sdg",
    "https://w3id.org/sssom/",
    "https://w3id.org/hytegraph/ns",
    "https://creativecommons.org/licenses/by/4.0/",
    "http://qudt.org/vocab/unit/",
    "http://www.yso.fi/onto/yso/",
    "https://stat.fi/fi/luokitukset/kunta/",
    "https://w3id.org/hytegraph/themes",
    "urn:sha256:",
)
Values = dict[str, dict[str, list[str]]]


@pytest.fixture(scope="module")
def data(kemi: Dataset) -> tuple[Quad, ...]:
    return tuple(quad for quad in kemi.quads() if not str(quad.graph_name).strip("<>").endswith(WITHOUT_DATA))


@pytest.fixture(scope="module")
def said(data: tuple[Quad, ...]) -> Values:
    """Subject to predicate to the values, all as text."""
    values: Values = {}
    for quad in data:
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
            predicates = values.setdefault(quad.subject.value, {})
            found = predicates.setdefault(quad.predicate.value, [])
            if quad.object.value not in found:
                found.append(quad.object.value)
    return values


def of_type(said: Values, type_: NamedNode) -> dict[str, dict[str, list[str]]]:
    return {node: values for node, values in said.items() if type_.value in values.get(RDF.type.value, ())}


def text_file(release: Path, document: str) -> Path:
    """Where the text of a document lies in the release."""
    town, _, slug = document.partition("/id/")[2].partition("/document/")
    return release / "documents" / town / f"{slug}.txt"


def test_every_quote_is_the_text_at_its_place(said: Values, kemi_release: Path) -> None:
    documents = of_type(said, HYTE.SourceDocument)
    texts = {node: text_file(kemi_release, node).read_text(encoding="utf-8") for node in documents}
    passages = of_type(said, HYTE.Passage)
    assert len(passages) > 1000
    for node, values in passages.items():
        [source] = values[OA.hasSource.value]
        text, position = texts[source], said[f"{node}#position"]
        [start], [end] = position[OA.start.value], position[OA.end.value]
        place = text[int(start) : int(end)]
        [first], [last] = values[HYTE.lineStart.value], values[HYTE.lineEnd.value]
        assert text.count("\n", 0, int(start)) + 1 == int(first)
        assert text.count("\n", 0, int(end)) + 1 == int(last)
        assert place == place.strip() != ""
        if f"{node}#quote" in said:
            assert said[f"{node}#quote"][OA.exact.value] == [place]
            assert values[HYTE.quote.value]


def test_only_furniture_and_removed_names_have_no_quote(said: Values) -> None:
    silent = [
        kind
        for node, values in of_type(said, HYTE.Passage).items()
        if f"{node}#quote" not in said
        for kind in values[HYTE.passageKind.value]
    ]
    assert {kind.rpartition("#")[2] for kind in silent} == {"furniture", "personalData"}


def test_the_redacted_text_has_the_checksum_that_the_graph_states(said: Values, kemi_release: Path) -> None:
    documents = of_type(said, HYTE.SourceDocument)
    assert len(documents) == 5
    for node, values in documents.items():
        file = text_file(kemi_release, node)
        assert values[HYTE.redactedSha256.value] == [hashlib.sha256(file.read_bytes()).hexdigest()]


def test_every_fact_has_evidence_basis_and_certainty(said: Values) -> None:
    kinds = [
        HYTE.Goal,
        HYTE.HytePriority,
        HYTE.Measure,
        HYTE.Realisation,
        HYTE.FigureObservation,
        HYTE.Decision,
    ]
    passages = of_type(said, HYTE.Passage)
    for kind in kinds:
        facts = of_type(said, kind)
        assert facts
        for values in facts.values():
            assert set(values[HYTE.evidencedBy.value]) <= set(passages)
            assert values[HYTE.basis.value]
            assert values[HYTE.certainty.value]


def test_one_goal_of_several_documents_is_one_thing(said: Values) -> None:
    counts = Counter(node.split("/goal/")[1].split("/")[0] for node in of_type(said, HYTE.Goal))
    assert counts == {"2026": 20, "2022-2025": 16}


def test_one_priority_under_three_aims_is_one_thing(said: Values) -> None:
    priorities = of_type(said, HYTE.HytePriority)
    assert len(priorities) == 22
    assert max(len(values[HYTE.underAim.value]) for values in priorities.values()) == 3


def iris_of(quads: tuple[Quad, ...]) -> set[str]:
    return {
        term.value
        for quad in quads
        for term in (quad.subject, quad.predicate, quad.object, quad.graph_name)
        if isinstance(term, NamedNode)
    }


def test_every_iri_is_under_the_base_or_of_a_known_vocabulary(data: tuple[Quad, ...]) -> None:
    known = (f"{DEFAULT_BASE}id/", f"{DEFAULT_BASE}graph/", *PREFIXES.values(), *OUTSIDE)
    assert {iri for iri in iris_of(data) if not iri.startswith(known)} == set()


def test_every_iri_of_a_thing_is_plain_ascii(data: tuple[Quad, ...]) -> None:
    things = {iri for iri in iris_of(data) if iri.startswith(f"{DEFAULT_BASE}id/")}
    assert {iri for iri in things if not re.fullmatch(r"[A-Za-z0-9:/._#-]+", iri)} == set()
    assert {iri for iri in things if "//" in iri.removeprefix("https://") or iri.endswith("/")} == set()


def test_the_data_hold_no_blank_node(data: tuple[Quad, ...]) -> None:
    assert [quad for quad in data if BlankNode in (type(quad.subject), type(quad.object))] == []


def test_another_base_changes_the_things_and_not_the_vocabulary(copy_of: CopyOf) -> None:
    folder = read_folder(copy_of("002", "003"))
    here, there = (folder_quads(folder, base) for base in (DEFAULT_BASE, "https://data.example.org/"))
    vocabulary = "https://w3id.org/hytegraph/ns#"
    moved = {re.sub(r"https://data\.example\.org/(?=id/|graph/)", DEFAULT_BASE, str(quad)) for quad in there}
    assert moved == {str(quad) for quad in here}
    assert not any(DEFAULT_BASE in str(quad).replace(vocabulary, "") for quad in there)
    assert any(vocabulary in str(quad) for quad in there)


def test_the_graph_holds_no_personal_data(data: tuple[Quad, ...]) -> None:
    literals = {quad.object.value for quad in data if isinstance(quad.object, Literal)}
    assert {text: found for text in literals if (found := find_personal_data(text))} == {}


@pytest.mark.parametrize("name", ["manifest.json", "report.json", "report.ttl"])
def test_what_stands_beside_the_graph_holds_no_personal_data(name: str, kemi_release: Path) -> None:
    text = (kemi_release / name).read_text(encoding="utf-8")
    # A checksum may hold any run of digits.
    assert find_personal_data(re.sub(r"\b[0-9a-f]{64}\b", "", text)) == ()


def test_the_documents_of_the_release_hold_no_personal_data(kemi_release: Path) -> None:
    for file in (kemi_release / "documents").glob("*/*.txt"):
        assert find_personal_data(file.read_text(encoding="utf-8")) == ()
