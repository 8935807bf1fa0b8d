"""The language of what several rows name: an aim, a goal or a priority of a document in two languages."""

from collections.abc import Mapping

from hytegraph.loaders.documents.tables import Table


def languages_of(tables: Mapping[str, Table]) -> dict[str, str]:
    """The language of each aim, goal and priority whose row of measures states one.

    Only the table of measures has a column for it; the first row that names a thing counts.
    """
    languages: dict[str, str] = {}
    for row in tables["measures"].rows if "measures" in tables else ():
        for column in ("aim", "goal", "priority") if row["language"] else ():
            for words in row.values(column):
                languages.setdefault(words, row["language"])
    return languages
