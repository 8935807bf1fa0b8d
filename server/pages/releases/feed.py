"""The Atom feed of the releases: an entry for each, with its notes and how much it has changed."""

from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape, quoteattr

from hytegraph.graph.releases.row import Published
from hytegraph.graph.releases.summary import Summary
from hytegraph.server.text.messages import Language, translate


def atom_feed(
    entries: Sequence[tuple[Published, Summary | None]], root: str, publisher: str, language: Language
) -> str:
    """The feed; a release is dated by its publisher, so the same releases always give the same bytes."""
    updated = max((one.date.isoformat() for one, _ in entries), default="1970-01-01")
    address = f"{root}releases.atom"
    body = "".join(_entry(one, summary, root, language) for one, summary in entries)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={quoteattr(language)}>\n'
        f"<title>{escape(translate('releases.title', language))}</title>\n"
        f"<id>{escape(address)}</id>\n"
        f'<link rel="self" href={quoteattr(address)}/>\n'
        f'<link rel="alternate" type="text/html" href={quoteattr(f"{root}releases")}/>\n'
        f"<updated>{updated}T00:00:00Z</updated>\n"
        f"<author><name>{escape(publisher)}</name></author>\n{body}</feed>\n"
    )


def _entry(one: Published, summary: Summary | None, root: str, language: Language) -> str:
    address = f"{root}changes/{one.version}" if summary else f"{root}releases#release-{one.version}"
    notes = [one.notes.in_language(language), *counted(summary, language)]
    return (
        f"<entry>\n<title>{escape(one.version)}</title>\n"
        f"<id>urn:sha256:{one.checksum}:{escape(one.version)}</id>\n"
        f'<link rel="alternate" type="text/html" href={quoteattr(address)}/>\n'
        f"<updated>{one.date.isoformat()}T00:00:00Z</updated>\n"
        f"<summary>{escape(' '.join(notes))}</summary>\n</entry>\n"
    )


def counted(summary: Summary | None, language: Language) -> Iterable[str]:
    """How many changes of each kind there are, in words; nothing for a release without one before it."""
    totals: dict[str, int] = {}
    for count in summary.counts if summary else ():
        totals[count.what] = totals.get(count.what, 0) + count.changes
    return [f"{translate(f'changes.what.{what}', language)}: {n}." for what, n in totals.items()]
