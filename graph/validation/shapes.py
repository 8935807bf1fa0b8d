"""The shapes of the package or of outside files: their text for the engines, and what they say to people."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Store, parse, serialize

from hytegraph.graph.errors import ShapesError
from hytegraph.graph.formats import graph_format
from hytegraph.graph.languages import LANGUAGES, Text
from hytegraph.graph.resources import data_files
from hytegraph.graph.validation.report import ReportRule
from hytegraph.graph.vocab import OWL, RDF, RDFS, SH, SKOS

NAMESPACE = "https://w3id.org/hytegraph/shapes#"
_TARGETS = (SH.target, SH.targetClass, SH.targetNode, SH.targetObjectsOf, SH.targetSubjectsOf)
_CLASSES = (RDFS.Class, OWL.Class)
# What describes a shape; anything else it says is a constraint.
_NO_CONSTRAINT = frozenset(
    {*_TARGETS, RDF.type, RDFS.comment, SKOS.note, SH.path, SH.property, SH.severity, SH.message}
)


@dataclass(frozen=True, slots=True)
class GraphCheck:
    """A shape over named graphs, which SHACL cannot see: its SELECT is run over the whole dataset."""

    name: str
    select: str


@dataclass(frozen=True, slots=True)
class Shapes:
    """A set of shapes: N-Triples for an engine, the shapes that can report, and the checks over named graphs."""

    text: str
    rules: tuple[ReportRule, ...]
    checks: tuple[GraphCheck, ...]
    own: bool


@cache
def package_shapes() -> Shapes:
    """The shapes of the package."""
    return _shapes(data_files("shapes", "*.ttl"), own=True)


def read_shapes(files: Sequence[Path]) -> Shapes:
    """The shapes of outside files; raises ShapesError for a file that cannot be read or holds none."""
    return _shapes(files, own=False)


def shape_name(iri: str) -> str:
    """The name of a shape: short in the namespace of the package, else its IRI."""
    return iri.removeprefix(NAMESPACE)


def _shapes(files: Iterable[Path], *, own: bool) -> Shapes:
    store, rules = Store(), list[ReportRule]()
    for file in files:
        before = {rule.name for rule in rules}
        store.extend(_read(file))
        found = [rule for rule in _rules(store, file.stem, own) if rule.name not in before]
        if not own:
            _refuse_unusable(file, store, found)
        rules += found
    triples = sorted((quad.triple for quad in store), key=str)
    text = (serialize(triples, format=RdfFormat.N_TRIPLES) or b"").decode()
    checks = _checks(store) if own else ()
    return Shapes(text, tuple(sorted(rules, key=lambda rule: (rule.concern, rule.name))), checks, own)


def _refuse_unusable(file: Path, store: Store, found: list[ReportRule]) -> None:
    """Say what is wrong before an engine passes it over: an engine parses a query only when it has a node for it."""
    if not found:
        raise ShapesError(file, "it holds no SHACL shape with a target")
    prefixes = "".join(
        f"PREFIX {prefix.value}: <{space.value}>\n"
        for quad in store.quads_for_pattern(None, SH.prefix, None, None)
        for prefix in [quad.object]
        for space in _objects(store, quad.subject, SH.namespace)
        if isinstance(prefix, Literal) and isinstance(space, Literal)
    )
    for query in (SH.select, SH.ask):
        for quad in store.quads_for_pattern(None, query, None, None):
            if isinstance(quad.object, Literal):
                try:
                    Store().query(prefixes + quad.object.value.replace("$PATH", "<urn:path>"))
                except SyntaxError as error:
                    raise ShapesError(file, f"a SPARQL query in it is not valid: {error}") from error


def _read(file: Path) -> list[Quad]:
    syntax = graph_format(file.suffix.removeprefix("."))
    if syntax is None:
        raise ShapesError(file, "its suffix is not that of a known RDF format")
    try:
        # Each file's blank nodes are its own.
        quads = list(parse(file.read_bytes(), format=syntax.rdf, rename_blank_nodes=True))
    except OSError as error:
        raise ShapesError(file, "there is no such file, or it cannot be read") from error
    except SyntaxError as error:
        line = f"line {error.lineno}: " if error.lineno else ""
        raise ShapesError(file, f"{line}{error}") from error
    return [Quad(quad.subject, quad.predicate, quad.object) for quad in quads]


def _rules(store: Store, concern: str, own: bool) -> list[ReportRule]:
    """The shapes that can appear in a report: those with targets, their properties, and our graph checks."""
    inactive = {quad.subject for quad in store.quads_for_pattern(None, SH.deactivated, None, None)}
    reached = {q.subject for target in _TARGETS for q in store.quads_for_pattern(None, target, None, None)}
    # A shape that is also a class has its instances as targets.
    classes = {q.subject for kind in _CLASSES for q in store.quads_for_pattern(None, RDF.type, kind, None)}
    reached |= {shape for shape in classes if SH.NodeShape in _objects(store, shape, RDF.type)}
    reached = reached | inactive if own else reached - inactive
    waiting: list[object] = list(reached)
    seen = set(waiting)
    while waiting:
        found = set(_objects(store, waiting.pop(), SH.property)) - seen
        seen |= found
        waiting += found
    return [
        _rule(store, shape, concern)
        for shape in sorted(seen, key=str)
        if isinstance(shape, NamedNode | BlankNode) and _predicates(store, shape) - _NO_CONSTRAINT
    ]


def _predicates(store: Store, shape: object) -> set[NamedNode]:
    return {quad.predicate for quad in store.quads_for_pattern(shape, None, None, None)}  # type: ignore[arg-type]


def _rule(store: Store, shape: NamedNode | BlankNode, concern: str) -> ReportRule:
    iri = shape.value if isinstance(shape, NamedNode) else ""
    severity = _objects(store, shape, SH.severity)
    parents = [q.subject for q in store.quads_for_pattern(None, SH.property, shape, None)]
    return ReportRule(
        name=shape_name(iri) or str(shape),
        iri=iri,
        concern=concern,
        severity=str(severity[0]).strip("<>").rpartition("#")[2] if severity else "Violation",
        message=texts(_objects(store, shape, SH.message)),
        advice=next(filter(None, (texts(_objects(store, s, SKOS.note)) for s in (shape, *parents))), Text()),
        reason=texts(_objects(store, shape, RDFS.comment)).en,
    )


def texts(terms: Iterable[object]) -> Text:
    """The literals as one text per language; without a language tag they count as English."""
    found: dict[str, str] = {}
    for term in sorted(terms, key=str):
        if isinstance(term, Literal):
            language = (term.language or "en").partition("-")[0]
            if language in LANGUAGES:
                found.setdefault(language, term.value)
    return Text(**found)


def _objects(store: Store, subject: object, predicate: NamedNode) -> list[object]:
    quads = store.quads_for_pattern(subject, predicate, None, None)  # type: ignore[arg-type] # a node
    return sorted((quad.object for quad in quads), key=str)


def _checks(store: Store) -> tuple[GraphCheck, ...]:
    checks = []
    for quad in store.quads_for_pattern(None, SH.deactivated, None, None):
        for constraint in _objects(store, quad.subject, SH.sparql):
            [select] = _objects(store, constraint, SH.select)
            assert isinstance(quad.subject, NamedNode)
            assert isinstance(select, Literal)
            checks.append(GraphCheck(shape_name(quad.subject.value), select.value))
    return tuple(sorted(checks, key=lambda check: check.name))
