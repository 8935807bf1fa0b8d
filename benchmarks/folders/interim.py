"""The interim report of a town as text: narratives, changes of the budget, and many figures."""

import random
from collections.abc import Iterator

from benchmarks.folders.towns import WORDS, InventedTown

_WORDS = WORDS["fi"]
_HALF = 0.5
# Figures of a usual town.
_FIGURES = 150


def interim_report(town: InventedTown, year: int) -> str:
    """A report of January to June with figures for each result area of the sectors."""
    draw = town.draw("interim report")
    sectors = draw.sample(_WORDS["sectors"], max(2, min(5, round(3 * town.size**0.5))))
    wanted = round(_FIGURES * town.size * draw.uniform(0.85, 1.15))
    labels = _labels(draw)
    lines = ["", " ".join((*(sector.removesuffix("toimiala") for sector in sectors), "YHTEENSÄ")), ""]
    lines += ["Arvion ja talousarvion erotus (nettomenot 1000 €)", "", " ", ""]
    for at, sector in enumerate(sectors):
        count = wanted // len(sectors) + (at < wanted % len(sectors))
        lines += _sector(draw, sector, [next(labels) for _ in range(count)], year)
    return "\n".join(lines) + "\n"


def _labels(draw: random.Random) -> Iterator[str]:
    names = [f"{what}, {place}" for what in _WORDS["figures"] for place in _WORDS["houses"]]
    draw.shuffle(names)
    yield from names
    for group in _WORDS["groups"]:
        yield from (f"{name}, {group}" for name in names)


def _sector(draw: random.Random, sector: str, labels: list[str], year: int) -> Iterator[str]:
    yield from (f"{sector.upper()} ", "", "Vastuuhenkilö [nimi poistettu] ", " ", "")
    yield from (
        "Talousarvion toteutuminen ja keinot, joilla mahdollinen ",
        "",
        "talousarvion ylitys estetään: ",
        "",
    )
    for text in draw.sample(_WORDS["narratives"], draw.randint(2, 4)):
        yield from (text.format(sector=sector) + " ", "")
    areas = draw.sample(_WORDS["areas"], max(1, min(len(_WORDS["areas"]), len(labels) // 9)))
    if draw.random() < _HALF:
        yield from _amendments(draw, sector, areas[:3])
    yield from ("Suoritteet/Tunnusluvut ", "", " ")
    for at, area in enumerate(areas):
        yield from (f"Tulosalue {area} ", "", "Vastuuhenkilö [nimi poistettu] ")
        yield from (
            f"Suorite TP {year - 1} TA {year} TOTEUMA  ",
            f"1-6/{year} ",
            "TP-",
            "ENNUSTE ",
            f"{year} ",
            "",
        )
        for label in labels[at :: len(areas)]:
            yield from (_figure(draw, label), "")
        yield ""


def _figure(draw: random.Random, label: str) -> str:
    before = round(10 ** draw.uniform(0.8, 4.6))
    planned = round(before * draw.uniform(0.9, 1.15))
    half = round(planned * draw.uniform(0.3, 0.7))
    forecast = round(planned * draw.uniform(0.85, 1.2))
    return f"{label} " + " ".join(map(_spaced, (before, planned, half, forecast))) + " "


def _spaced(value: int) -> str:
    return f"{value:,}".replace(",", " ")


def _amendments(draw: random.Random, sector: str, areas: list[str]) -> Iterator[str]:
    yield from (f"{sector}n talousarvioon esitetään seuraavat muutokset: ", "", " tulot menot netto ", "")
    sums = [0, 0]
    for area in areas:
        income, expense = draw.randint(10, 900) * 100, draw.randint(10, 900) * 100
        sums = [sums[0] + income, sums[1] + expense]
        yield from (_amendment(area, income, expense), "")
    yield from (_amendment("Yhteensä", *sums), "", " ", "")


def _amendment(name: str, income: int, expense: int) -> str:
    net = income - expense
    return f"{name} +{_spaced(income)} +{_spaced(expense)} {'+' if net > 0 else ''}{_spaced(net)} "
