"""Faults of every kind in valid data are found: those of tests/data/shapes/mutations.toml, in an invented town and in
Kemi.
"""

import re
import shutil
import tomllib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest
from pyoxigraph import Quad, QuerySolutions, Store

from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.validation.report import Finding
from hytegraph.graph.validation.validate import read_quads, validate
from hytegraph.graph.vocab import PREFIXES
from hytegraph.loaders.build import build

pytestmark = pytest.mark.whole

TABLE = Path(__file__).parents[1] / "data" / "shapes" / "mutations.toml"
HEAD = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
# The graph layer knows no names: they are found in the documents, before anything is built. Of the second the
# vocabulary says no class.
NOT_FOUND = {"a name in a label", "a property of another class"}
LEAST = 0.95


@dataclass(frozen=True, slots=True)
class Mutation:
    """A fault: what it is done to, what is taken away and what is added, as SPARQL patterns, and the rule that finds
    it.
    """

    kind: str
    name: str
    where: str
    found_by: str
    other: str = ""
    filter: str = "true"
    delete: str = ""
    insert: str = ""

    def apply(self, store: Store, changed: set[str]) -> None:
        """Change the first thing that fits and was not changed before, or the first; fails where nothing fits."""
        second = f"GRAPH ?h {{ {self.other} }}" if self.other else ""
        spared = f"?s NOT IN ({', '.join(sorted(changed))})" if changed else "true"
        solutions = store.query(
            f"{HEAD}SELECT * WHERE {{ GRAPH ?g {{ {self.where} }} {second} "
            f"FILTER(!STRENDS(STR(?g), '/graph/inferred') && ({self.filter})) "
            f"}} ORDER BY DESC({spared}) ?s ?old ?other LIMIT 1"
        )
        assert isinstance(solutions, QuerySolutions)
        found = next(iter(solutions), None)
        assert found, f"{self.name}: nothing fits"
        terms = {each.value: str(found[each]) for each in solutions.variables if found[each]}
        changed.add(terms["s"])
        for operation, pattern in (("DELETE", self.delete), ("INSERT", self.insert)):
            text = re.sub(r"\?(\w+)", lambda match: terms[match[1]], pattern)
            store.update(f"{HEAD}{operation} DATA {{ GRAPH {terms['g']} {{ {text} }} }}")


MUTATIONS = [Mutation(**cells) for cells in tomllib.loads(TABLE.read_text(encoding="utf-8"))["mutation"]]


def faulty(quads: list[Quad]) -> list[Finding]:
    """What somebody has to look at when all faults are in the data at once, and not without them."""
    store = Store()
    store.bulk_extend(quads)
    before = {(finding.shape, finding.focus, finding.term) for finding in validate(store).unexpected}
    changed: set[str] = set()
    for mutation in MUTATIONS:
        mutation.apply(store, changed)
    findings = validate(store).unexpected
    return [each for each in findings if (each.shape, each.focus, each.term) not in before]


def unfound(findings: list[Finding]) -> set[str]:
    """The faults whose rule has found less than it should."""
    found = Counter(finding.shape for finding in findings)
    expected = Counter(mutation.found_by for mutation in MUTATIONS)
    return {each.name for each in MUTATIONS if found[each.found_by] < expected[each.found_by]}


def test_there_are_at_least_fifty_faults_of_every_kind() -> None:
    assert len({mutation.name for mutation in MUTATIONS}) == len(MUTATIONS) == 60
    assert {mutation.kind for mutation in MUTATIONS} == {
        *("text", "vocabulary", "hierarchy", "reference", "uniqueness"),
        *("rights", "person", "value", "kind"),
    }
    assert 1 - len(NOT_FOUND) / len(MUTATIONS) >= LEAST


@pytest.fixture(scope="module")
def town(mallila: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Quad]:
    """The data of an invented town whose documents state their terms once, as those of Kemi do."""
    folder = Path(shutil.copytree(mallila, tmp_path_factory.mktemp("towns") / "mallila"))
    manifest = folder / "manifest.toml"
    manifest.write_text(manifest.read_text("utf-8").replace('"not stated"', '"Julkinen asiakirja."'), "utf-8")
    built = build([folder], tmp_path_factory.mktemp("mallila") / "release")
    assert built.release, built.report
    return list(Dataset.open(built.release.path).quads())


@pytest.mark.slow
def test_the_faults_are_found_in_an_invented_town(town: list[Quad]) -> None:
    assert unfound(faulty(town)) == NOT_FOUND


@pytest.mark.slow
def test_the_faults_are_found_in_kemi(kemi_release: Path) -> None:
    assert unfound(faulty(read_quads(kemi_release))) == NOT_FOUND


@pytest.mark.parametrize("mutation", MUTATIONS[::20], ids=lambda mutation: mutation.name.replace(" ", "-"))
@pytest.mark.slow
def test_a_fault_is_found_by_itself(mutation: Mutation, town: list[Quad]) -> None:
    store = Store()
    store.bulk_extend(town)
    mutation.apply(store, set())
    assert mutation.found_by in {finding.shape for finding in validate(store).unexpected}
