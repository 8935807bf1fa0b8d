"""Keeps a judgement: into the link table at once, whoever else writes to it."""

from dataclasses import replace
from pathlib import Path

from hytegraph.graph.errors import TableError
from hytegraph.graph.locking import alone_in
from hytegraph.loaders.links.judging.opinions import Opinion
from hytegraph.loaders.links.judging.reviewers import read_reviewers
from hytegraph.loaders.links.judging.settling import as_suggested, opinions_of, settled
from hytegraph.loaders.links.link import LinkAssertion
from hytegraph.loaders.links.sssom import LinkTable, read_links, table_file, write_table

Key = tuple[str, str, str, str, str]


def judge(folder: Path, table: str, key: Key, opinion: Opinion) -> LinkAssertion:
    """Put an opinion in place of what its reviewer thought of a link before, and give the link as it then is.

    `key` is that of the link as it was suggested. When this returns the table is on the disk. Raises TableError for a
    link that is not in the table any more and for what the table cannot hold.
    """
    with alone_in(folder):
        return _change(folder, table, key, opinion.reviewer, (opinion,))


def withdraw(folder: Path, table: str, key: Key, reviewer: str, before: Opinion | None) -> LinkAssertion:
    """Take back what a reviewer thinks of a link, and put what the same reviewer thought before in its place."""
    with alone_in(folder):
        return _change(folder, table, key, reviewer, (before,) if before else ())


def _change(folder: Path, name: str, key: Key, reviewer: str, own: tuple[Opinion, ...]) -> LinkAssertion:
    table = read_links(table_file(folder, name))
    at = next((at for at, link in enumerate(table.links) if as_suggested(link).key == key), None)
    if at is None:
        raise TableError(f"links/{name}.tsv", key[0], "the link is not in the table any more")
    link = table.links[at]
    others = tuple(each for each in opinions_of(link) if each.reviewer != reviewer)
    changed = settled(name, link, (*others, *own), read_reviewers(folder))
    links = (*table.links[:at], changed, *table.links[at + 1 :])
    write_table(folder, replace(table, links=links))
    return changed


def opinion_of(table: LinkTable, key: Key, reviewer: str) -> Opinion | None:
    """What a reviewer thinks of a link."""
    links = (link for link in table.links if as_suggested(link).key == key)
    return next((each for link in links for each in opinions_of(link) if each.reviewer == reviewer), None)
