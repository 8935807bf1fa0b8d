"""What `extract` and `replace` tell of a document, in the reader's language."""

from collections.abc import Iterator
from pathlib import Path

from hytegraph.graph.languages import Language
from hytegraph.loaders.documents.document import read_kept
from hytegraph.loaders.extract import Extracted
from hytegraph.loaders.profile.model import OTHER, TableProfile
from hytegraph.loaders.profile.reuse import profile_for
from hytegraph.server.cli.documents.labels import kind_label
from hytegraph.server.cli.documents.places import place_of
from hytegraph.server.text.messages import translate

# Words of a row that was not read, as they are shown.
LONGEST_WORDS = 60


def report(result: Extracted, folder: str, language: Language) -> Iterator[str]:
    """The lines on one document: what it is, what was read of it, what was not, and what a person has to do."""
    entry, coverage = result.entry, result.coverage
    yield translate(
        "terminal.extracted",
        language,
        name=entry.name,
        kind=entry.kind,
        lines=coverage.non_blank,
        unexplained=len(coverage.unexplained),
        removed=result.removed,
    )
    other, line = result.other_town
    if other:
        town = f"{entry.town} ({entry.municipality})"
        yield "  " + translate("terminal.other-town", language, town=town, other=other, line=line)
    yield from (f"  {line}" for line in _content(result, Path(folder), language))
    if result.waiting:
        yield "  " + translate("terminal.waiting", language, n=result.waiting, folder=folder)
    yield from (f"  {difference}" for difference in result.differences)


def _content(result: Extracted, folder: Path, language: Language) -> Iterator[str]:
    """What the document is, its tables with their columns' roles, and the rows that were not read."""
    text = read_kept(folder, result.entry.name)
    profile = profile_for(text, folder / text.name) if text.placed else None
    kind = kind_label(result.entry.kind, language)
    when = result.entry.period or result.entry.date
    tongue = (
        translate(f"terminal.language.{profile.language}", language) if profile and profile.language else ""
    )
    yield ", ".join(filter(None, (kind, when, tongue)))
    for table in profile.tables if profile else ():
        yield _table(table, language)
    rows = result.rows
    if rows.seen:
        yield translate("terminal.rows-read", language, read=rows.read, seen=rows.seen)
    for block in rows.unread:
        words = " ".join(block.text.split())[:LONGEST_WORDS]
        yield translate("terminal.not-read", language, place=place_of(block, language), words=words)


def _table(table: TableProfile, language: Language) -> str:
    named = [translate("terminal.sheet", language, value=table.sheet)] if table.sheet else []
    named.append(translate("terminal.table", language, value=table.number))
    if table.shape == OTHER:
        roles = translate("terminal.other-table", language)
    else:
        columns = [
            (column.heading, (*column.roles, *filter(None, [column.group])))
            for _, column in sorted(table.columns.items())
        ]
        labels = [*columns, *table.labels.items()]
        roles = ", ".join(_column(" ".join(heading.split()), names, language) for heading, names in labels)
    return f"{', '.join(named)}: {roles}"


def _column(heading: str, roles: tuple[str, ...], language: Language) -> str:
    names = [translate(f"terminal.role.{role}", language) for role in roles]
    return f"«{heading}» = {' + '.join(names) or translate('terminal.role.none', language)}"
