"""Two SHACL engines behind one function: `shacl` (Rust, fast) does the work, pySHACL is the reference."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Store, parse

from hytegraph.graph.errors import ShapesError, UnknownNameError
from hytegraph.graph.validation.shapes import Shapes
from hytegraph.graph.vocab import RDF, SH

Node = NamedNode | BlankNode | Literal
FAST, REFERENCE = "shacl", "pyshacl"


@dataclass(frozen=True, slots=True)
class RawResult:
    """A result as an engine gives it; `path` is in SPARQL syntax, '' for none."""

    severity: str
    shape: str
    focus: Node | None
    path: str = ""
    value: Node | None = None
    component: str = SH.SPARQLConstraintComponent.value
    messages: tuple[Literal, ...] = ()

    @property
    def key(self) -> tuple[str, ...]:
        """What two engines must agree on: everything but the wording."""
        return self.severity, self.shape, str(self.focus), self.path, str(self.value), self.component


def evaluate(data: str, shapes: Shapes, engine: str = "") -> tuple[str, tuple[RawResult, ...]]:
    """The engine used and its results for data in N-Triples.

    Without a name, the fast engine takes our own shapes, on which the tests compare it with the reference; the
    reference takes any other shapes, and our own where no build of the fast one exists for this machine. Raises
    ShapesError when a shape is ill-formed, UnknownNameError for another engine.
    """
    name = engine or (FAST if shapes.own and _fast_is_here() else REFERENCE)
    if name not in ENGINES:
        raise UnknownNameError("SHACL engine", name, ENGINES)
    try:
        report = ENGINES[name](data, shapes.text)
    except Exception as error:  # Engines raise what their parsers raise; the data have been parsed before.
        raise ShapesError("the shapes", f"{name} cannot use them: {_first_line(error)}") from error
    return name, _results(report)


def _fast(data: str, shapes: str) -> bytes:
    import shacl

    report = shacl.Shapes.from_text(shapes, "ntriples").validate_text(data, "ntriples")
    return report.serialize("ntriples").encode()


def _reference(data: str, shapes: str) -> bytes:
    import pyshacl
    from rdflib import Graph

    _, report, text = pyshacl.validate(
        Graph().parse(data=data, format="nt"),
        shacl_graph=Graph().parse(data=shapes, format="nt"),
        inference="none",
        advanced=True,
    )
    if not isinstance(report, Graph):
        raise ValueError(text)  # noqa: TRY004 # the shapes are wrong, not the type
    return bytes(report.serialize(format="nt", encoding="utf-8"))


ENGINES: Mapping[str, Callable[[str, str], bytes]] = {FAST: _fast, REFERENCE: _reference}


def _fast_is_here() -> bool:
    try:
        import shacl  # noqa: F401
    except ImportError:
        return False
    return True


def _first_line(error: Exception) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[0] if lines else type(error).__name__


def _results(report: bytes) -> tuple[RawResult, ...]:
    store = Store()
    store.extend(parse(report, format=RdfFormat.N_TRIPLES))
    found = {
        _result(store, quad.subject)
        for quad in store.quads_for_pattern(None, RDF.type, SH.ValidationResult, None)
        if isinstance(quad.subject, NamedNode | BlankNode)
    }
    return tuple(sorted(found, key=lambda result: (result.key, str(result.messages))))


def _result(store: Store, node: NamedNode | BlankNode) -> RawResult:
    def one(predicate: NamedNode) -> Node | None:
        quads = store.quads_for_pattern(node, predicate, None, None)
        return min((q.object for q in quads if isinstance(q.object, Node)), key=str, default=None)

    def iri(predicate: NamedNode) -> str:
        term = one(predicate)
        return term.value if isinstance(term, NamedNode) else str(term or "")

    messages = [quad.object for quad in store.quads_for_pattern(node, SH.resultMessage, None, None)]
    return RawResult(
        severity=iri(SH.resultSeverity).rpartition("#")[2],
        shape=iri(SH.sourceShape),
        focus=one(SH.focusNode),
        path=path_text(store, one(SH.resultPath)),
        value=one(SH.value),
        component=iri(SH.sourceConstraintComponent),
        messages=tuple(sorted((m for m in messages if isinstance(m, Literal)), key=str)),
    )


def path_text(store: Store, path: object) -> str:
    """A SHACL property path in SPARQL syntax; '' for none."""
    if path is None:
        return ""
    if isinstance(path, NamedNode):
        return str(path)
    for predicate, form in _PATHS.items():
        for quad in store.quads_for_pattern(path, predicate, None, None):  # type: ignore[arg-type] # a blank node
            if predicate == SH.alternativePath:
                return "|".join(path_text(store, part) for part in _list(store, quad.object))
            return form.format(path_text(store, quad.object))
    return "/".join(path_text(store, part) for part in _list(store, path))


_PATHS = {
    SH.inversePath: "^({})",
    SH.alternativePath: "",
    SH.zeroOrMorePath: "({})*",
    SH.oneOrMorePath: "({})+",
    SH.zeroOrOnePath: "({})?",
}


def _list(store: Store, head: object) -> list[object]:
    items: list[object] = []
    while head != RDF.nil:
        first = list(store.quads_for_pattern(head, RDF.first, None, None))  # type: ignore[arg-type] # a blank node
        rest = list(store.quads_for_pattern(head, RDF.rest, None, None))  # type: ignore[arg-type] # a blank node
        if not first or not rest:
            return items
        items.append(first[0].object)
        head = rest[0].object
    return items
