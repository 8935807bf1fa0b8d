"""Changes between releases as lines of text, as JSON and as Turtle, written as they are found."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict

from hytegraph.graph.releases.changes import Change
from hytegraph.graph.vocab import RDF
from hytegraph.server.text.messages import Language, translate

# The vocabulary of changesets, which says of a change what it is about, and which statements it adds and removes.
_PREFIXES = (
    "@prefix cs: <http://purl.org/vocab/changeset/schema#> .\n"
    f"@prefix rdf: <{RDF.iri}> .\n"
    "@prefix dct: <http://purl.org/dc/terms/> .\n"
)


def text_lines(found: Iterable[Change], language: Language) -> Iterator[str]:
    """A line for each change."""
    for change in found:
        what = translate(f"changes.what.{change.what}", language)
        name = f" «{change.label}»" if change.label else ""
        value = f" <{change.property}>" if change.property else ""
        before = f" − {change.before}" if change.before else ""
        after = f" + {change.after}" if change.after else ""
        yield f"{what}: {change.kind} {change.thing}{name}{value}{before}{after}\n"


def json_lines(found: Iterable[Change]) -> Iterator[str]:
    """A JSON array with an object for each change."""
    yield "["
    separator = "\n"
    for change in found:
        yield separator + json.dumps(asdict(change), ensure_ascii=False)
        separator = ",\n"
    yield "\n]\n"


def turtle_lines(found: Iterable[Change]) -> Iterator[str]:
    """Turtle with a changeset for each change; the statements of a fact are reified, as that vocabulary does."""
    yield _PREFIXES
    for change in found:
        parts = ["a cs:ChangeSet", f"cs:subjectOfChange <{change.thing}>", f'cs:changeReason "{change.what}"']
        if change.property:
            parts += [
                f"cs:{name} [ a rdf:Statement ; rdf:subject <{change.thing}> ; "
                f"rdf:predicate <{change.property}> ; rdf:object {value} ]"
                for name, value in (("removal", change.before), ("addition", change.after))
                if value
            ]
        elif change.after.startswith("<"):
            parts.append(f"dct:isReplacedBy {change.after}")
        yield "\n[] " + " ;\n    ".join(parts) + " .\n"
