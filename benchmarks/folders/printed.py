"""Documents as text, in the layouts of the kinds that are read without a profile."""

from collections.abc import Iterator, Sequence

from benchmarks.folders.programme import TownAuthor
from benchmarks.reading.author import Entry, groups


def _years(period: str) -> str:
    first, last = period.split("–")
    return f"{first}-{last[2:]}"


def template(entries: Sequence[Entry], period: str) -> str:
    """The form of a council term: per aim its goals and priorities, nothing reported."""
    lines = ["", f"Hyvinvointisuunnitelman toimenpiteet {_years(period)}  ", ""]
    for group in groups(entries, "aim"):
        lines += [f"STRATEGINEN PÄÄMÄÄRÄ {group[0].aim.upper()}  ", "", "Tavoite  ", "   ", ""]
        lines += ["Painopisteet (KV  § )   Hyvinvointi- ja terveystavoitteiden (painopisteiden) ", ""]
        lines += ["toteutuminen toimialoittain ", "", *_columns(group, period, " "), "", ""]
    return "\n".join(lines) + "\n"


def realisation_report(entries: Sequence[Entry], period: str, year: int) -> str:
    """Per aim its goals and priorities, and a paragraph for each realised measure of the year."""
    lines = ["", f"Hyvinvointisuunnitelman {period} toimenpiteet vuodelta {year}, hyvinvointitoimiala ", " "]
    for group in groups(entries, "aim"):
        lines += [f"STRATEGINEN PÄÄMÄÄRÄ  {group[0].aim.upper()}   ", ""]
        lines += [
            "Tavoite Painopisteet (KV 5.11.2023 § 12) Hyvinvointi- ja terveystavoitteiden (painopisteiden) "
        ]
        lines += [f"toteutuneet toimenpiteet {year} ", "", *_columns(group, period, " "), ""]
        for entry in group:
            lines += [f"{entry.measure}: {entry.realisation[0].lower()}{entry.realisation[1:]}.  ", " "]
        lines += [""]
    return "\n".join(lines) + "\n"


def _columns(group: Sequence[Entry], period: str, between: str) -> Iterator[str]:
    """The columns of goals and of priorities; the priorities are the main measures, as nouns of the plan."""
    goals = [same[0] for same in groups(group, "goal")]
    yield f"Kaupunkistrategia {_years(period)}: "
    yield from (f"{entry.goal}. " for entry in goals)
    yield ""
    yield f"Hyvinvointisuunnitelma {_years(period)}: "
    for at, entry in enumerate(goals):
        if at:
            yield between
        yield f"{entry.measure} "


def action_plan(entries: Sequence[Entry], year: int) -> str:
    """The plan of a year: per aim a table of goals, measures and who answers, flattened to lines."""
    lines = ["", "Hyvinvointisuunnitelman ", "", f"toimenpiteet vuodelle {year}", ""]
    for group in groups(entries, "aim"):
        lines += [f"Strateginen päämäärä : {group[0].aim}", ""]
        lines += [f"Tavoite Hyvinvointityötä toteuttava toimenpide {year} Kuka vastaa toimenpiteen ", ""]
        lines += ["toteuttamisesta?", ""]
        for same in groups(group, "goal"):
            lines += [same[0].goal, ""]
            for entry in same:
                lines += [entry.measure, ""]
            for unit in same[0].responsible:
                lines += [unit, ""]
    return "\n".join(lines) + "\n"


def minutes(author: TownAuthor, town: str) -> str:
    """An extract from minutes: who prepared it, what it cites, the projects, the proposal and the decision."""
    draw, body = author.draw, author.draw.choice(("Hyvinvointilautakunta", "Sivistyslautakunta"))
    person = author.people[0]
    entries = author.entries()
    projects = draw.sample(entries, min(len(entries), 3 + draw.randint(0, 3)))
    day, section = draw.randint(10, 28), draw.randint(5, 140)
    lines = [
        "", f"{town}, hyvinvointisuunnitelman keskeiset projektit 2025 ", "  ",
        f"{body} {day}.02.2026 § {section}  ", f"{draw.randint(10, 900)}/00.01.02/2024  ", " ",
        f"Valmistelu Hyvinvointijohtaja {person} ", " ", "",
        f"Kaupunginvaltuusto hyväksyi kaupunkistrategian 04.12.2023 § {draw.randint(20, 120)}. ",
        "Työ alkoi keväällä ja sitä on jatkettu toimialoilla. ", " ",
        f"{body} päätti 1.9.2024 § {draw.randint(20, 120)}, että projektit vuodelle 2025 ovat:  ", " ",
        *(f"{entry.measure} " for entry in projects), " ",
        "Projektien toteutuma oheismateriaalina. ", "", f"Esittelijä Hyvinvointijohtaja {person}  ", "",
        f"Päätösehdotus {body} merkitsee tiedoksi ", "", "projektien toteutuman. ", " ",
        f"Päätös {body} merkitsi tiedoksi ", "projektien toteutuman. ", "",
    ]  # fmt: skip
    return "\n".join(lines) + "\n"
