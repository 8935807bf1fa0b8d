"""The kinds of reviewable tables: their columns, what those mean, and the form their text must have."""

from dataclasses import dataclass

SEPARATOR = " | "
SURE = "sure"
AMBIGUOUS = "ambiguous"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: what it means, the column whose lines its text must occur in, the form its text must have.

    A table may lack an optional column; it is written where a row has something in it.
    """

    name: str
    meaning: str
    found_in: str | None = None
    form: str | None = None
    optional: bool = False


@dataclass(frozen=True, slots=True)
class TableKind:
    """A kind of table; `open_ended` takes one further column per scenario and period."""

    name: str
    columns: tuple[Column, ...]
    open_ended: bool = False

    def names(self) -> tuple[str, ...]:
        """All column names in their order, without the open-ended ones."""
        return tuple(column.name for column in self.columns)


def _kind(name: str, *columns: Column, open_ended: bool = False) -> TableKind:
    first = Column("id", "identifier of the row, from its first line")
    last = (
        Column("certainty", "sure, or ambiguous where two readings are possible", form="sure|ambiguous"),
        Column("note", "why a row is ambiguous, or what a reviewer wants to say"),
    )
    return TableKind(name, (first, *columns, *last), open_ended)


def _text(name: str, meaning: str) -> Column:
    return Column(name, meaning, "lines")


def _cell(name: str, meaning: str, *, optional: bool = False) -> tuple[Column, Column]:
    lines = f"{name}_lines"
    return (
        Column(name, meaning, lines, optional=optional),
        Column(lines, f"lines of {name}", optional=optional),
    )


DATE = r"\d{4}-\d{2}-\d{2}"
PERIOD = r"\d{4}(-\d{4})?|\d{1,2}-\d{1,2}/\d{4}"
LINES = Column("lines", "lines of the row")
AIM = Column("aim", "strategic aim the row stands under")
SECTOR = Column("sector", "sector the row belongs to")

KINDS: dict[str, TableKind] = {
    kind.name: kind
    for kind in (
        _kind("aims", _text("aim", "strategic aim as its heading names it"), LINES),
        _kind("goals", AIM, _text("goal", "goal"), LINES),
        _kind("priorities", AIM, _text("priority", "wellbeing priority"), LINES),
        _kind(
            "measures",
            Column("row", "identifier of the table row the measure stands in"),
            AIM,
            SECTOR,
            *_cell("goal", "goal or goals of the row"),
            *_cell("measure", "measure or measures"),
            *_cell("responsible", "responsible parties"),
            *_cell("schedule", "schedule"),
            *_cell("indicator", "indicators"),
            *_cell("realisation", "reported realisation"),
            *_cell("cites", "decisions cited loose in the row"),
            *_cell("priority", "wellbeing priority of the row", optional=True),
            *_cell("number", "number printed before the goal or measure", optional=True),
            *_cell("partner", "parties that take part", optional=True),
            *_cell("resource", "money, people or means", optional=True),
            *_cell("baseline", "value of the indicator at the start", optional=True),
            *_cell("target", "value of the indicator that is aimed at", optional=True),
            *_cell(
                "status",
                "status as printed: a word, or the legend's word for a sign or colour",
                optional=True,
            ),
            *_cell("targetGroup", "people the row is meant for", optional=True),
            Column(
                "language",
                "language of the row where it is not the document's",
                form="(fi|sv|en)?",
                optional=True,
            ),
        ),
        _kind("realisations", AIM, _text("realisation", "paragraph on what was done"), LINES),
        _kind(
            "projects", _text("project", "key project"), Column("period", "year or years", form=PERIOD), LINES
        ),
        _kind(
            "decisions",
            *_cell("title", "title of the matter"),
            Column("body", "deciding body", "heading_lines"),
            Column("date", "date of the meeting, ISO", form=DATE),
            Column("section", "number of the section", "heading_lines", form=r"\d*"),
            Column("caseNumber", "case number", "heading_lines", form=r"([^\W\d_]*[-/ ]?\d[\d./-]*)?"),
            Column("heading_lines", "lines of body, date, section and case number"),
            *_cell("preparedBy", "post that prepared the matter"),
            *_cell("presentedBy", "post that presented the matter"),
            *_cell("proposal", "text of the proposal"),
            *_cell("decision", "text of the decision"),
            *_cell("cites", "decisions cited in the text"),
        ),
        _kind("narratives", SECTOR, _text("text", "paragraph of prose"), LINES),
        _kind(
            "translations",
            Column(
                "of", "words of an aim, goal, priority, measure or indicator that another language repeats"
            ),
            Column("language", "language of the text", form="fi|sv"),
            _text("text", "the same in that language"),
            LINES,
        ),
        _kind(
            "units",
            Column("kind", "sector or resultArea", form="sector|resultArea"),
            _text("unit", "name of the unit"),
            Column("parent", "unit it belongs to"),
            LINES,
        ),
        _kind(
            "figures",
            SECTOR,
            Column("serviceArea", "result area of the table"),
            Column("group", "group heading the row stands under"),
            Column("parent", "figure whose part this is"),
            _text("indicator", "row heading as printed"),
            Column("unit", "unit of measure, where the document gives one"),
            LINES,
            open_ended=True,
        ),
        _kind(
            "amendments",
            SECTOR,
            _text("item", "unit the change concerns"),
            _text("income", "change of income as printed"),
            _text("expense", "change of expenditure as printed"),
            _text("net", "net change as printed"),
            Column("netConvention", "sign of net", form="incomeMinusExpenditure|expenditureMinusIncome"),
            LINES,
        ),
        _kind(
            "citations",
            Column("what", "what the cited decision adopted", form="(strategy|priorities|projects)?"),
            Column("body", "deciding body"),
            Column("date", "date, ISO", form=DATE),
            Column("section", "number of the section", form=r"\d*"),
            _text("text", "words of the citation"),
            LINES,
        ),
        _kind(
            "losses",
            Column("kind", "what was lost", form="sdgColumn|chartValues|attachment"),
            _text("text", "words that show it"),
            LINES,
        ),
        _kind(
            "passages",
            Column(
                "kind",
                "kind of passage",
                form="heading|tableHeader|instruction|furniture|personalData|otherTable",
            ),
            _text("text", "words of the passage; empty for furniture and personalData"),
            LINES,
        ),
    )
}


# Not of the document: what may be personal data and what a person has decided of it. It never reaches a release.
PRIVACY = TableKind(
    "privacy",
    (
        Column("id", "identifier of the row, from its first line"),
        Column("lines", "lines that hold the words"),
        Column("words", "words that may be personal data; empty once they are removed"),
        Column("kind", "name, phone, email, account, address or identity"),
        Column("decision", "empty while it waits, remove or keep"),
        Column("note", "why"),
    ),
)
