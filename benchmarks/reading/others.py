"""Documents that are no plans: nothing of them is a measure."""

from benchmarks.reading.author import Author
from benchmarks.reading.samples import Cell, Heading, Paragraph, Part, Sheet, Table, plain_grid
from benchmarks.reading.tables import Content, one_sheet


def _sheet(title: str, rows: list[list[str]], note: str) -> list[Sheet]:
    return one_sheet([Heading(1, title), Paragraph(note), Table(plain_grid(rows))])


def price_list(author: Author) -> Content:
    first = author.half == "open"
    header = (
        ["Palvelu", "Hinta", "Yksikkö", "Vastuuhenkilö"]
        if first
        else ["Tuote", "Vastuuhenkilö", "á-hinta, sis. alv", "Voimassa"]
    )
    rows = [header]
    for product, price in zip(
        ("Liikuntasali", "Uimahalli", "Kokoustila", "Venepaikka"),
        ("12,00 €", "6,50 €", "35,00 €", "80,00 €"),
        strict=True,
    ):
        post = author.one("parties")
        rows += [[product, price, "tunti", post] if first else [product, post, price, "2026"]]
    return _sheet(f"Hinnasto 2026, {author.town}", rows, "Hinnat sisältävät arvonlisäveron."), []


def contact_list(author: Author) -> Content:
    domain = "kunta.example"
    rows = [
        ["Yksikkö", "Nimi", "Puhelin", "Sähköposti"]
        if author.half == "open"
        else ["Nimi", "Tehtävä", "Puh.", "S-posti"]
    ]
    for number, person in enumerate(author.people):
        last = person.split()[-1].lower().replace("ä", "a").replace("ö", "o")
        phone, mail = f"040 555 01{number}7", f"{last}@{domain}"
        rows += [
            [author.one("parties"), person, phone, mail]
            if author.half == "open"
            else [person, "palvelusihteeri", phone, mail]
        ]
    return _sheet(f"Yhteystiedot, {author.town}", rows, "Virasto on avoinna arkisin kello 9–15."), []


def meeting_times(author: Author) -> Content:
    days = ("12.1.2026", "9.2.2026", "16.3.2026", "20.4.2026")
    rows = [["Toimielin", "Kokouspäivä", "Aineisto valmis", "Paikka"]]
    rows += [[author.one("parties"), day, "viikkoa ennen", "Valtuustosali"] for day in days]
    return _sheet(f"Kokousaikataulu kevät 2026, {author.town}", rows, "Muutokset ovat mahdollisia."), []


def programme(author: Author) -> Content:
    first = author.half == "open"
    times = ("9.00", "10.30", "12.00", "13.15")
    names = ("Kahvit ja ilmoittautuminen", "Avaussanat", "Lounas", "Työpajat")
    rows = [["Kello", "Ohjelma", "Vastuu"]] if first else [["Aika", "Esitys", "Toteuttaja", "Tila"]]
    for time, name in zip(times, names, strict=True):
        rows += [[time, name, author.one("parties")] + ([] if first else ["Sali A"])]
    return _sheet(f"Kyläjuhlan ohjelma, {author.town}", rows, "Tervetuloa koko perheen tapahtumaan!"), []


def invoice(author: Author) -> Content:
    rows = [["Selite", "Määrä", "á", "Yhteensä"], ["Siivouspalvelu, marraskuu", "1", "420,00", "420,00"],
            ["Lumityöt, tavoiteaika 2 h", "3", "55,00", "165,00"], ["", "", "Maksettavaa", "585,00"]]  # fmt: skip
    title = "LASKU" if author.half == "open" else "Lasku nro 20261"
    parts: list[Part] = [
        Heading(1, title), Table([[Cell("Eräpäivä"), Cell("31.1.2026")], [Cell("Viite"), Cell("1009")],
        [Cell("Vastuuhenkilö"), Cell("Taloussihteeri")]], headers=0), Table(plain_grid(rows)),
    ]  # fmt: skip
    return one_sheet([*parts, Paragraph(f"Laskutettava: {author.town}")]), []
