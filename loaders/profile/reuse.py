"""A document's profile: what a person left beside it, else what its headings suggest, approved where they are known."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from hytegraph.graph.finnish.folding import wording_key
from hytegraph.loaders.documents.document import SourceText
from hytegraph.loaders.profile.file import PROFILE, read_profile
from hytegraph.loaders.profile.model import OTHER, Profile, TableProfile
from hytegraph.loaders.profile.reader import propose


def profile_for(document: SourceText, folder: Path) -> Profile:
    """The profile to read the document by; `folder` is that of the document within the document folder.

    A table that a person's profile lacks is proposed, and the profile waits for approval again. Headings that an
    approved profile of another document of the folder has are read as there. Raises ProfileError for a broken file.
    """
    proposed = propose(document)
    own = read_profile(folder)
    if own is None:
        return _as_approved(proposed, approved_tables(folder))
    tables = tuple(own.table(table.sheet, table.number) or table for table in proposed.tables)
    lacks = [
        table
        for table in proposed.tables
        if table.shape != OTHER and not own.table(table.sheet, table.number)
    ]
    return replace(
        proposed,
        tables=tables,
        legend={**proposed.legend, **own.legend},
        language=own.language or proposed.language,
        is_approved=own.is_approved and not lacks,
    )


def approved_tables(folder: Path) -> dict[str, TableProfile]:
    """The tables of the approved profiles beside the document's folder, by their headings."""
    files = sorted(folder.parent.glob(f"*/{PROFILE}"))
    profiles = (read_profile(file.parent) for file in files if file.parent.name != folder.name)
    return {
        fingerprint(table): table
        for profile in profiles
        if profile and profile.is_approved
        for table in profile.tables
    }


def _as_approved(proposed: Profile, approved: dict[str, TableProfile]) -> Profile:
    tables = tuple(_as_known(table, approved) for table in proposed.tables)
    plans = [table for table in tables if table.shape != OTHER]
    is_known = bool(plans) and all(fingerprint(table) in approved for table in plans)
    return replace(proposed, tables=tables, is_approved=is_known)


def _as_known(table: TableProfile, approved: dict[str, TableProfile]) -> TableProfile:
    known = approved.get(fingerprint(table))
    if known is None or not fingerprint(table):
        return table
    columns = dict(zip(table.columns, known.columns.values(), strict=True))
    header_rows = table.header_rows or known.header_rows
    return replace(table, shape=known.shape, columns=columns, labels=known.labels, header_rows=header_rows)


def fingerprint(table: TableProfile) -> str:
    """The headings or labels of a table, without case and marks; years in them do not count."""
    return "|".join(_letters([column.heading for column in table.columns.values()] or sorted(table.labels)))


def _letters(headings: Iterable[str]) -> list[str]:
    return ["".join(filter(str.isalpha, wording_key(heading))) for heading in headings]
