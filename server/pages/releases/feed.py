"""Atom feeds (RFC 4287) of releases, and of what they have changed of something that is followed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

from hytegraph.graph.releases.row import Published
from hytegraph.graph.releases.summary import Summary
from hytegraph.server.pages.releases.followed import Followed
from hytegraph.server.pages.releases.updates import Update
from hytegraph.server.text.messages import Language, translate

ATOM = "application/atom+xml"
_FIRST_DAY = "1970-01-01"


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed says of itself: its title, its address, that of the page of the same, and who publishes it."""

    title: str
    address: str
    page: str
    publisher: str
    language: Language


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry: its lasting identifier, title, day, the address of its page, and what it says as HTML or text."""

    identifier: str
    title: str
    day: date
    address: str
    content: str
    is_html: bool = False


def written(feed: Feed, entries: Sequence[Entry], updated: date | None = None) -> str:
    """The feed; releases are dated by their publisher, so the same ones always give the same bytes.

    It was updated with its latest entry, or on the day that is given where that is later.
    """
    days = [entry.day for entry in entries] + ([updated] if updated else [])
    latest = max(days).isoformat() if days else _FIRST_DAY
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={quoteattr(feed.language)}>\n'
        f"<title>{escape(feed.title)}</title>\n"
        f"<id>{escape(feed.address)}</id>\n"
        f'<link rel="self" type="{ATOM}" href={quoteattr(feed.address)}/>\n'
        f'<link rel="alternate" type="text/html" href={quoteattr(feed.page)}/>\n'
        f"<updated>{latest}T00:00:00Z</updated>\n"
        f"<author><name>{escape(feed.publisher)}</name></author>\n{''.join(map(_entry, entries))}</feed>\n"
    )


def feed_of_releases(
    row: Sequence[tuple[Published, Summary | None]], root: str, publisher: str, language: Language
) -> str:
    """The feed of all releases: an entry for each, with its notes and how much it has changed."""
    title = translate("releases.title", language)
    feed = Feed(title, f"{root}releases.atom", f"{root}releases", publisher, language)
    entries = [
        Entry(
            f"urn:sha256:{one.checksum}:{one.version}",
            one.version,
            one.date,
            f"{root}changes/{one.version}" if summary else f"{root}releases#release-{one.version}",
            " ".join([one.notes.in_language(language), *counted(summary, language)]),
        )
        for one, summary in row
    ]
    return written(feed, entries)


def feed_of_updates(feed: Feed, followed: Followed, updates: Iterable[Update], since: date | None) -> str:
    """The feed of something that is followed: an entry for each release that has changed something of it."""
    name = followed.title.text or translate("site.name", feed.language)
    entries = [
        Entry(
            f"urn:sha256:{update.release.checksum}:{update.release.version}:{quote(followed.path.strip('/'))}",
            translate("updates.entry", feed.language, name=name, version=update.release.version),
            update.release.date,
            f"{feed.page}#release-{update.release.version}",
            _as_html(update, feed.language),
            is_html=True,
        )
        for update in updates
    ]
    return written(feed, entries, since)


def counted(summary: Summary | None, language: Language) -> Iterable[str]:
    """How many changes of each kind there are, in words; nothing for a release without one before it."""
    totals: dict[str, int] = {}
    for count in summary.counts if summary else ():
        totals[count.what] = totals.get(count.what, 0) + count.changes
    return [f"{translate(f'changes.what.{what}', language)}: {n}." for what, n in totals.items()]


def _entry(entry: Entry) -> str:
    element = "content" if entry.is_html else "summary"
    kind = ' type="html"' if entry.is_html else ""
    return (
        f"<entry>\n<title>{escape(entry.title)}</title>\n"
        f"<id>{escape(entry.identifier)}</id>\n"
        f'<link rel="alternate" type="text/html" href={quoteattr(entry.address)}/>\n'
        f"<updated>{entry.day.isoformat()}T00:00:00Z</updated>\n"
        f"<{element}{kind}>{escape(entry.content)}</{element}>\n</entry>\n"
    )


def _as_html(update: Update, language: Language) -> str:
    lines = [f"<li>{escape(told.thing.text)}: {escape(told.sentence)}</li>" for told in update.told]
    if update.others:
        lines.append(f"<li>{escape(translate('updates.others', language, n=update.others))}</li>")
    return f"<ul>{''.join(lines)}</ul>"
