"""What a table is taken for when no person has said it: by its headings, labels and the words of its cells."""

import re
from collections.abc import Sequence

from hytegraph.loaders.profile.card import label_columns
from hytegraph.loaders.profile.grids import Grid, place_of, words_of
from hytegraph.loaders.profile.headings import CARRYING, group_of, languages_of, roles_of
from hytegraph.loaders.profile.model import CARD, HEADER_ROWS, MATRIX, OTHER, ColumnProfile, TableProfile

_SEARCHED_ROWS = 6
_FIGURES = re.compile(r"[\d\s.,%€<>≤≥+–-]+(?:\s?\w{0,12}){0,2}")


def propose_table(grid: Grid, before: TableProfile | None = None) -> TableProfile:
    """The likeliest profile of a table; `before` is that of the table which it may go on from."""
    return _card(grid) or _matrix(grid) or _by_header_rows(grid) or _going_on(grid, before) or _other(grid)


def _card(grid: Grid) -> TableProfile | None:
    columns = label_columns(grid)
    if not columns:
        return None
    texts = [
        words_of(grid.cells[row, column])
        for row in grid.rows
        for column in columns
        if (row, column) in grid.cells
    ]
    labels = {text: roles_of(text) for text in texts if text}
    named = sum(bool(roles) for roles in labels.values())
    confidence = round(0.5 + 0.5 * named / len(labels), 2)
    return TableProfile(grid.number, grid.sheet, CARD, labels=labels, confidence=confidence)


def _matrix(grid: Grid) -> TableProfile | None:
    """The table whose columns are age groups or sectors, two or more of one kind."""
    at = next((at for at, row in enumerate(grid.rows) if not grid.full_width(row)), 0)
    texts, below = grid.texts(grid.rows[at]), grid.rows[at + 1 :]
    groups = {column: group for column, text in texts.items() if (group := group_of(text))}
    if len(groups) < 2 or len(set(groups.values())) != 1 or not _holds_words(grid, below, list(groups)):
        return None
    columns = {}
    for column in grid.columns:
        heading = texts.get(column, "")
        roles, group = roles_of(heading), groups.get(column, "")
        if not group and not roles and column == grid.columns[0]:
            roles = ("goal",)
        elif not group and not roles and heading and _holds_words(grid, below, [column]):
            # A group that the list of names lacks, beside those that it has.
            group = next(iter(groups.values()))
        columns[column] = ColumnProfile(heading, roles, group)
    named = sum(bool(column.roles or column.group) for column in columns.values())
    confidence = round(0.4 + 0.4 * named / len(columns), 2)
    return TableProfile(grid.number, grid.sheet, MATRIX, at + 1, columns, confidence=confidence)


def _holds_words(grid: Grid, rows: Sequence[int], columns: Sequence[int]) -> bool:
    """Whether most cells of the columns are sentences or lists, not figures or marks."""
    texts = [
        words_of(grid.cells[row, column]) for row in rows for column in columns if (row, column) in grid.cells
    ]
    texts = [text for text in texts if text]
    return bool(texts) and 2 * sum(
        len(text.split()) > 1 and not _FIGURES.fullmatch(text) for text in texts
    ) > len(texts)


def _other(grid: Grid) -> TableProfile:
    """The table with the words of its first row of several cells, which a person may know as headings."""
    searched = [grid.texts(row) for row in grid.rows[:_SEARCHED_ROWS]]
    at = next((at for at, texts in enumerate(searched) if len(set(filter(None, texts.values()))) > 1), 0)
    columns = {column: ColumnProfile(text) for column, text in searched[at].items()}
    return TableProfile(grid.number, grid.sheet, OTHER, at + 1, columns)


def _by_header_rows(grid: Grid) -> TableProfile | None:
    """The table with the roles of its columns where a row has two roles or more, one of them carrying."""
    for at, row in enumerate(grid.rows[:_SEARCHED_ROWS]):
        if not _is_header(grid, row):
            continue
        rows = [row]
        while at + len(rows) < len(grid.rows) and _is_further_header(grid, rows, grid.rows[at + len(rows)]):
            rows.append(grid.rows[at + len(rows)])
        columns = _corrected(grid, rows[-1], {column: _column(grid, rows, column) for column in grid.columns})
        named = sum(bool(column.roles) for column in columns.values())
        confidence = round(0.5 + 0.5 * named / len(columns), 2)
        return TableProfile(
            grid.number, grid.sheet, HEADER_ROWS, at + len(rows), columns, confidence=confidence
        )
    return None


def header_roles(grid: Grid, row: int) -> dict[int, tuple[str, ...]]:
    """The roles that the cells of a row name, by column."""
    return {column: roles for column, text in grid.texts(row).items() if (roles := roles_of(text))}


def _is_header(grid: Grid, row: int) -> bool:
    named = header_roles(grid, row)
    roles = {role for column in named.values() for role in column}
    cells = {place_of(cell) for cell in grid.row(row).values() if words_of(cell)}
    of_roles = {place_of(grid.cells[row, column]) for column in named}
    return len(roles) > 1 and bool(roles & CARRYING) and len(of_roles) > 1 and 2 * len(of_roles) >= len(cells)


def _is_further_header(grid: Grid, rows: list[int], row: int) -> bool:
    """Whether a row below a header row has more headings: cells that a heading above covers, or parts of it."""
    if grid.full_width(row):
        return False
    own = {column: cell for column, cell in grid.row(row).items() if cell.block.row == row and words_of(cell)}
    if not own or any(len(words_of(cell)) > 60 for cell in own.values()):
        return False
    covered = any(cell.block.row in rows for cell in grid.row(row).values())
    wide = any(cell.block.columns > 1 for cell in grid.row(rows[-1]).values())
    flagged = all(cell.block.is_header for cell in own.values())
    named = [column for column in own if roles_of(words_of(own[column]))]
    return bool(flagged or ((covered or wide) and (named or len(own) < len(grid.columns))))


def _column(grid: Grid, rows: list[int], column: int) -> ColumnProfile:
    """The heading of a column from the lowest row that names a role, else all its words."""
    texts = [words_of(grid.cells[row, column]) for row in rows if (row, column) in grid.cells]
    texts = list(dict.fromkeys(filter(None, texts)))
    for text in (*reversed(texts), " ".join(texts)):
        if roles := roles_of(text):
            return ColumnProfile(" ".join(texts), roles)
    return ColumnProfile(" ".join(texts))


def _corrected(grid: Grid, header: int, columns: dict[int, ColumnProfile]) -> dict[int, ColumnProfile]:
    """The columns after what stands beside them: "Tavoite" between an indicator and figures is what it aims at."""
    roles = [role for column in columns.values() for role in column.roles]
    corrected: dict[int, ColumnProfile] = {}
    seen: list[str] = []
    for column, profile in columns.items():
        role = profile.roles[0] if len(profile.roles) == 1 else ""
        beside = role == "goal" and "indicator" in seen and "target" not in roles
        if beside and ("goal" in seen or _mostly_figures(grid, header, column)):
            profile = ColumnProfile(profile.heading, ("target",))
        languages = set(languages_of(profile.heading))
        alike = [other for other in corrected.values() if role and role in other.roles]
        if any(not languages & set(languages_of(other.heading)) for other in alike):
            # The same in the other language: it stays among the passages.
            profile = ColumnProfile(profile.heading)
        if role == "aim" and "aim" in seen and "priority" not in roles:
            profile = ColumnProfile(profile.heading, ("priority",))
        corrected[column] = profile
        seen += profile.roles
    return corrected


def _mostly_figures(grid: Grid, header: int, column: int) -> bool:
    texts = [
        words_of(grid.cells[row, column]) for row in grid.rows if row > header and (row, column) in grid.cells
    ]
    texts = [text for text in texts if text]
    figures = [text for text in texts if _FIGURES.fullmatch(text) and re.search(r"\d", text)]
    return 2 * len(figures) > len(texts)


def _going_on(grid: Grid, before: TableProfile | None) -> TableProfile | None:
    """The columns of the table before, where this one has as many and no headings."""
    if not before or before.shape in (OTHER, CARD) or tuple(before.columns) != grid.columns:
        return None
    return TableProfile(
        grid.number, grid.sheet, before.shape, 0, before.columns, confidence=round(before.confidence * 0.9, 2)
    )
