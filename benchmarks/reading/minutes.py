"""Minutes in four forms, with gold decisions and invented names that must not remain."""

from dataclasses import dataclass

from benchmarks.reading.author import Author
from benchmarks.reading.samples import Cell, Gold, Heading, Item, Paragraph, Part, Table
from benchmarks.reading.tables import one_sheet

_CASES = {
    "open": ("Hyvinvointisuunnitelman 2026–2029 hyväksyminen", "Hyvinvointikertomuksen vuosiraportti 2025"),
    "held": ("Laajan hyvinvointikertomuksen käsittely", "Hyvinvointiohjelman toimenpiteet vuodelle 2026"),
}
_SWEDISH_CASES = {
    "open": ("Godkännande av välfärdsplan 2026–2029", "Välfärdsberättelsens årsrapport 2025"),
    "held": ("Behandling av den omfattande välfärdsberättelsen", "Välfärdsprogrammets åtgärder 2026"),
}
_BODIES = {
    "open": ("Hyvinvointilautakunta", "Kaupunginhallitus", "Kaupunginvaltuusto"),
    "held": ("Sivistyslautakunta", "Kunnanhallitus", "Kunnanvaltuusto"),
}
_SWEDISH_BODIES = {
    "open": ("Stadsstyrelsen", "Stadsfullmäktige"),
    "held": ("Kommunstyrelsen", "Kommunfullmäktige"),
}


@dataclass(frozen=True, slots=True)
class Handling:
    """A body, its day, its section, and what it proposed and decided."""

    body: str
    day: tuple[int, int, int]
    section: int
    title: str

    @property
    def printed(self) -> str:
        return f"{self.day[2]}.{self.day[1]}.{self.day[0]}"

    @property
    def padded(self) -> str:
        return f"{self.day[2]:02}.{self.day[1]:02}.{self.day[0]}"

    def gold(self) -> Gold:
        section = str(self.section)
        date = "-".join(f"{part:02}" for part in self.day)
        return {
            "body": [self.body],
            "date": [date],
            "section": [section, f"§ {section}"],
            "title": [self.title],
        }


Content = tuple[list[Part], list[Handling]]


def _handlings(author: Author, count: int, swedish: bool = False) -> list[Handling]:
    bodies = (_SWEDISH_BODIES if swedish else _BODIES)[author.half]
    title = author.draw.choice((_SWEDISH_CASES if swedish else _CASES)[author.half])
    month = author.draw.randint(3, 8)
    return [
        Handling(body, (2025, month + place, author.draw.randint(2, 27)), author.draw.randint(11, 240), title)
        for place, body in enumerate(bodies[-count:])
    ]


def cloud(author: Author) -> Content:
    """CloudNC: body and meeting, section and title, case, preparer as a list, reasons, proposal, decision."""
    [done] = _handlings(author, 1)
    preparer, presenter, member, other = author.people
    parts: list[Part] = [
        Heading(1, f"{done.body}, kokous {done.printed}"),
        Heading(2, f"§ {done.section} {done.title}"),
        Paragraph("ABCDno-2025-417"),
        Heading(3, "Valmistelija"), Item(f"{preparer}, hyvinvointikoordinaattori, etunimi.sukunimi@kunta.example"),
        Heading(3, "Perustelut"), Paragraph("Suunnitelma on valmisteltu toimialojen yhteistyönä ja siitä on pyydetty lausunnot."),
        Paragraph("Oheismateriaalina lausunnot."),
        Heading(3, "Päätösehdotus"), Paragraph(f"Esittelijä\n{presenter}, kaupunginjohtaja"),
        Paragraph(f"{done.body} päättää hyväksyä asian liitteen mukaisesti."),
        Heading(3, "Päätös"), Paragraph("Päätösehdotus hyväksyttiin yksimielisesti."),
        Paragraph(f"Merkittiin, että {member} poistui esteellisenä (osallisuusjäävi) kello 17.12 ja että {other} kannatti ehdotusta."),
        Heading(3, "Tiedoksi"), Paragraph("Hyvinvointityöryhmä"),
    ]  # fmt: skip
    return parts, [done]


def dynasty(author: Author) -> Content:
    """Dynasty: a chain of bodies, surname first, the heading in a layout table, spaces that do not break."""
    chain = _handlings(author, 3)
    last = chain[-1]
    parts: list[Part] = [
        Table([[Cell(author.town), Cell("Pöytäkirja")], [Cell(f"{last.body}"), Cell(f"{last.printed}/Pykälä {last.section}")]], headers=0),
        Heading(1, last.title), Paragraph("214/00.01.02/2025"),
    ]  # fmt: skip
    for place, step in enumerate(chain):
        first, surname = author.people[place].rsplit(" ", 1)
        parts += [
            Heading(2, f"{step.body} §\u00a0{step.section} {step.padded}"),
            Paragraph(f"Valmistelija\u00a0 hyvinvointipäällikkö {surname} {first}"),
            Paragraph("Valmistelussa on kuultu vaikuttajatoimielimiä. Asia on käsitelty johtoryhmässä."),
            Paragraph(f"Päätösehdotus\u00a0 {step.body} päättää esittää asian hyväksymistä."),
            Paragraph("Päätös\u00a0 Ehdotus hyväksyttiin."),
            Paragraph("_______________"),
        ]
    return parts, chain


def turku(author: Author) -> Content:
    """An older form: body, section and day on one line, number, title, summary, who prepared, proposal after a colon."""
    [done] = _handlings(author, 1)
    preparer, presenter, _, copy = author.people
    first, surname = copy.rsplit(" ", 1)
    parts: list[Part] = [
        Paragraph(f"{done.body}\t§ {done.section}\t{done.printed}"),
        Paragraph("7834-2025 (610)"),
        Heading(1, done.title),
        Paragraph("Tiivistelmä:\nEsitetään asiaa hyväksyttäväksi."),
        Paragraph(f"Hyvinvointipäällikkö {preparer} 1.3.2025:"),
        Paragraph(
            "Kunnan on seurattava asukkaidensa hyvinvointia ja raportoitava siitä valtuustolle vuosittain."
        ),
        Paragraph("Liite 1\tSuunnitelma"),
        Paragraph(f"Kaupunginjohtaja {presenter}:"),
        Paragraph(f"Ehdotus\t{done.body} päättää hyväksyä asian liitteen 1 mukaisesti."),
        Paragraph("Päätös\tEhdotus hyväksyttiin."),
        Paragraph(f"Jakelu\ntied\t{surname} {first}"),
    ]
    return parts, [done]


def swedish(author: Author) -> Content:
    chain = _handlings(author, 2, swedish=True)
    parts: list[Part] = [Heading(1, chain[0].title)]
    for place, step in enumerate(chain):
        parts += [
            Heading(2, f"{step.body} {step.printed} § {step.section}"),
            Paragraph("Beredning:"), Paragraph(f"Välfärdskoordinator {author.people[place]}, tfn 040 555 0133"),
            Paragraph("Planen har beretts tillsammans med sektorerna och påverkansorganen."),
            Paragraph("Föredragande:"), Paragraph(f"Direktör {author.people[place + 2]}"),
            Paragraph("Förslag:"), Paragraph(f"{step.body} besluter godkänna planen enligt bilagan."),
            Paragraph("Beslut:"), Paragraph("Förslaget godkändes."),
        ]  # fmt: skip
    return parts, chain


FORMS = {"cloudnc": cloud, "dynasty": dynasty, "turku": turku, "swedish": swedish}


def minutes_of(form: str, author: Author) -> tuple[list, list[Gold]]:  # type: ignore[type-arg]
    parts, handlings = FORMS[form](author)
    return one_sheet(parts), [handling.gold() for handling in handlings]
