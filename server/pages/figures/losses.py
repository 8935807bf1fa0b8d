"""What was lost on the way from a document to its text: charts without their values, empty columns, attachments."""

from dataclasses import dataclass
from functools import lru_cache

from hytegraph.graph.results import Row
from hytegraph.graph.summaries.tables import Summaries
from hytegraph.graph.vocab import HYTE
from hytegraph.server.text.links import Labels, Link, passage_name, source_path
from hytegraph.server.text.messages import Language


@dataclass(frozen=True, slots=True)
class Loss:
    """A loss: the words that are left of it, and where they stand."""

    words: Link
    document: Link
    lines: tuple[Link, ...]


@lru_cache(maxsize=12)
def read_losses(
    summaries: Summaries, kind: str, town: str | None, base: str, language: Language
) -> tuple[Loss, ...]:
    """The losses of a kind, such as `chartValues`, in the order of documents and lines; kept, as the data never
    change.
    """
    rows = summaries.rows("losses", town, {"kind": HYTE[kind]})
    titles = Labels((Row(("node", "label"), (row["document"], row["title"])) for row in rows), base, language)
    found: dict[str, tuple[Link, Link, dict[str, Link]]] = {}
    for row in rows:
        words = Link(row.text("text"), row.language("text"))
        loss = found.setdefault(row.text("loss"), (words, titles.link(row["document"]), {}))
        if (passage := row.iri("passage")) and row["start"] and row["end"]:
            start, end = int(row.text("start")), int(row.text("end"))
            href = source_path(row.text("document"), start, end, base, passage)
            loss[2][passage] = Link(passage_name(start, end, language), "", href)
    return tuple(Loss(words, document, tuple(lines.values())) for words, document, lines in found.values())
