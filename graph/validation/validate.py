"""Validation of a dataset: shapes by a SHACL engine, queries over its graphs, expected findings marked."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, QuerySolutions, Store, parse

from hytegraph.graph.errors import RdfFileError, ReleaseError
from hytegraph.graph.formats import graph_format
from hytegraph.graph.iris import DEFAULT_BASE, common_graph
from hytegraph.graph.languages import Text
from hytegraph.graph.resources import ontology_quads
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.store.loading import merged
from hytegraph.graph.validation.checks import check_results, load_checks
from hytegraph.graph.validation.engines import RawResult, evaluate
from hytegraph.graph.validation.expected import mark
from hytegraph.graph.validation.places import Names
from hytegraph.graph.validation.report import Expected, Finding, Report, ReportRule
from hytegraph.graph.validation.shapes import NAMESPACE, Shapes, package_shapes, shape_name, texts
from hytegraph.graph.vocab import HYTE, OWL, RDF

# The ontology's own terms are not data; what was inferred would hide that a type was never stated.
NOT_DATA = ("ontology", "shapes", "validation", "inferred")
_ONTOLOGY = NamedNode(HYTE.iri.removesuffix("#"))
_SIMPLE_PATH = re.compile(r"<([^<>]+)>")


def validate(
    quads: Iterable[Quad],
    base: str = DEFAULT_BASE,
    *,
    shapes: Shapes | None = None,
    expected: Iterable[Expected] = (),
    engine: str = "",
) -> Report:
    """Validate a dataset against the shapes and checks of the package, or against other shapes alone.

    Raises ShapesError when the shapes are ill-formed.
    """
    chosen, store = shapes or package_shapes(), Store()
    store.bulk_extend(quads)
    vocabulary = _missing_vocabulary(store, base) if chosen.own else []
    text = data_text([*store, *vocabulary], base)
    if not chosen.own:
        engine, results = evaluate(text, chosen, engine)
        found, names, rules = {*results, *_graph_results(store, chosen)}, Names(store), chosen.rules
        marked, missing = mark(findings_of(found, rules, names), expected)
        return Report(marked, rules, names.documents(), missing, engine)
    # The default graph of a dataset is the merge of the named ones.
    store.bulk_extend(list(merged([*store, *vocabulary])))
    return _own_report(store, text, base, expected, engine, {quad.subject for quad in vocabulary})


def validate_loaded(store: Store, lines: Iterable[str], base: str = DEFAULT_BASE) -> Report:
    """The report of `validate` for a release's lines that a store holds already, with its merged default graph."""
    aside = tuple(f" <{common_graph(base, name).value}> .\n" for name in NOT_DATA)
    triples = {line[: line.rindex(" <")] + " .\n" for line in lines if not line.endswith(aside)}
    return _own_report(store, "".join(sorted(triples)), base)


def _own_report(
    store: Store,
    text: str,
    base: str,
    expected: Iterable[Expected] = (),
    engine: str = "",
    vocabulary: Collection[object] = (),
) -> Report:
    """The report by the shapes and checks of the package; findings about what is in the vocabulary are left out."""
    shapes, rules, names = package_shapes(), own_rules(), Names(store)
    name, results = evaluate(text, shapes, engine)
    checked = (result for result in check_results(Dataset(store), base) if result.focus not in vocabulary)
    found = {*results, *_graph_results(store, shapes), *checked}
    marked, missing = mark(findings_of(found, rules, names), expected)
    return Report(marked, rules, names.documents(), missing, name)


def findings_of(results: Iterable[RawResult], rules: Iterable[ReportRule], names: Names) -> list[Finding]:
    """The results as findings in their order, with the words and places of their nodes."""
    by_name = {rule.name: rule for rule in rules}
    return sorted((_finding(result, by_name, names) for result in results), key=Finding.key)


def own_rules() -> tuple[ReportRule, ...]:
    """The shapes and checks of the package, as a report tells of them."""
    return (*package_shapes().rules, *(check.rule for check in load_checks()))


def _missing_vocabulary(store: Store, base: str) -> list[Quad]:
    """The vocabulary of the package for data that use it without carrying it, as a file of one graph does."""
    ontology = next(store.quads_for_pattern(_ONTOLOGY, RDF.type, OWL.Ontology, None), None)
    return [] if ontology else ontology_quads(base)


def data_text(quads: Iterable[Quad], base: str = DEFAULT_BASE) -> str:
    """The merge of the graphs that hold stated data, as N-Triples, each triple once."""
    aside = {common_graph(base, name) for name in NOT_DATA}
    return "".join(sorted({f"{quad.triple} .\n" for quad in quads if quad.graph_name not in aside}))


def _graph_results(store: Store, shapes: Shapes) -> Iterator[RawResult]:
    severities = {rule.name: rule.severity for rule in shapes.rules}
    for check in shapes.checks:
        solutions = store.query(check.select)
        assert isinstance(solutions, QuerySolutions)
        names = {variable.value for variable in solutions.variables}
        for solution in solutions:
            focus, value = solution["this"], solution["value"] if "value" in names else None
            assert isinstance(focus, NamedNode | BlankNode)
            assert value is None or isinstance(value, NamedNode | BlankNode | Literal)
            yield RawResult(severities[check.name], NAMESPACE + check.name, focus, value=value)


def _finding(result: RawResult, rules: Mapping[str, ReportRule], names: Names) -> Finding:
    shape = shape_name(result.shape)
    message = rules[shape].message if shape in rules else Text()
    message = message if message != Text() else texts(result.messages)
    place = names.place(result.focus, result.value)
    simple = _SIMPLE_PATH.fullmatch(result.path)
    return Finding(
        severity=result.severity,
        shape=shape,
        document=place.document,
        line=place.line,
        line_end=place.line_end,
        label=names.label(result.focus),
        path=simple[1] if simple else result.path,
        path_label=names.labels(NamedNode(simple[1])) if simple else Text(),
        value=_computed(result, message)
        or ("" if result.value == result.focus else names.label(result.value)),
        message=message,
        focus=str(result.focus or ""),
        term=str(result.value or ""),
        component=result.component,
    )


def _computed(result: RawResult, message: Text) -> str:
    """What a shape's query has computed: it stands in a message of its own beside those of the shape."""
    stated = {message.fi, message.sv, message.en}
    return next((text.value for text in result.messages if text.value not in stated), "")


def read_quads(source: Path) -> list[Quad]:
    """The quads of a release folder or of any RDF file; raises ReleaseError, or RdfFileError with the line."""
    file = source / "data.nq" if source.is_dir() else source
    syntax = graph_format(file.suffix.removeprefix("."))
    if syntax is None:
        raise ReleaseError(source, "its suffix is not that of a known RDF format")
    try:
        return list(parse(file.read_bytes(), format=syntax.rdf))
    except OSError as error:
        reason = "there is no data.nq in it" if source.is_dir() else "there is no such file"
        raise ReleaseError(source, reason) from error
    except SyntaxError as error:
        raise RdfFileError(file, str(error), line=error.lineno) from error
    except ValueError as error:
        raise RdfFileError(file, str(error)) from error
