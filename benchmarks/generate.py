"""Makes data in the domain's shape: towns that have the documents of a release every year, each in other words.

`python benchmarks/generate.py --towns 20 --years 5 OUT.nq` gives about 0.9 million quads, `--towns 309 --years 4` a
country's worth of about 11 million, `--towns 1 --years 3` a town. The same arguments give the same bytes.
"""

import argparse
import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FIRST_YEAR = 2020
# Of the documents of the release, which town has which in which year: yearly ones, and those that a strategy has once.
YEARLY = {
    "toimenpideohjelma-2026": "2026",
    "toteumaraportti-2023": "2023",
    "poytakirjanote-2025-02-20": "2025",
}
ONCE = ("lomake-2022-2025", "organisation")
# The long report comes from every second town, which keeps the mean town-year at nine thousand triples.
EVERY_SECOND = "osavuosiraportti-2022-m01-m06"
SHARED = ("ontology", "shapes", "vocabulary")
# How many frequent words change places in a town's texts of a year.
SHUFFLED_WORDS = 120
# Not the letter of an escape, as in `\nSana`.
_WORD = re.compile(r"(?<![\w\\])[^\W\d_]{6,}")
_NAME = re.compile(r"\b\d{3}_[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class Template:
    """The lines of a release by the last part of their graph's name, and the frequent words of its texts."""

    lines: dict[str, tuple[str, ...]]
    words: tuple[str, ...]


def read_template(data: Path) -> Template:
    """The template in an N-Quads file of one town."""
    lines: dict[str, list[str]] = {}
    words: Counter[str] = Counter()
    for line in data.read_text(encoding="utf-8").splitlines():
        graph = line.rsplit(" ", 2)[1].strip("<>").rpartition("/")[2]
        lines.setdefault(graph, []).append(line)
        if line.count('"') > 1:
            words.update(_WORD.findall(line[line.index('"') : line.rindex('"')]))
    frequent = sorted(words, key=lambda word: (-words[word], word))[: 4 * SHUFFLED_WORDS]
    return Template({name: tuple(found) for name, found in lines.items()}, tuple(sorted(frequent)))


def quads_of(template: Template, towns: int, years: int) -> Iterator[str]:
    """The lines of all towns and years; the shared graphs first."""
    for name in SHARED:
        yield from template.lines.get(name, ())
    for town in range(1, towns + 1):
        for name in (*ONCE, *((EVERY_SECOND,) if town % 2 == 0 else ())):
            yield from _retold(template, name, town, FIRST_YEAR, {})
        for year in range(FIRST_YEAR, FIRST_YEAR + years):
            for name, written in YEARLY.items():
                yield from _retold(template, name, town, year, {written: str(year)})


def _retold(template: Template, name: str, town: int, year: int, years: dict[str, str]) -> Iterator[str]:
    """The lines of a document as those of another town and year."""
    other = _other_words(template.words, town, year)
    slug, name_of_town = f"kunta-{town:03}", f"Kunta{town:03}"
    for line in template.lines.get(name, ()):
        moved = line.replace("/id/kemi", f"/id/{slug}").replace("/graph/kemi/", f"/graph/{slug}/")
        for old, new in years.items():
            moved = moved.replace(old, new)
        if '"' not in moved:
            yield moved
            continue
        start, end = moved.index('"') + 1, moved.rindex('"')
        text = _WORD.sub(lambda word: other.get(word[0], word[0]), moved[start:end])
        text = _NAME.sub(lambda found: f"{found[0]}-{slug}-{year}", text.replace("Kemi", name_of_town))
        yield moved[:start] + (f"{town:03}" if text == "240" else text) + moved[end:]


def _other_words(words: tuple[str, ...], town: int, year: int) -> dict[str, str]:
    chosen = random.Random(town * 10_000 + year).sample(words, min(SHUFFLED_WORDS, len(words)))
    return dict(zip(chosen, chosen[1:] + chosen[:1], strict=True))


def write(data: Path, towns: int, years: int, out: Path) -> int:
    """Write the quads of so many towns and years to a file; gives their number."""
    template = read_template(data)
    number = 0
    out.parent.mkdir(parents=True, exist_ok=True)
    with out.open("w", encoding="utf-8", newline="\n") as stream:
        for line in quads_of(template, towns, years):
            stream.write(line + "\n")
            number += 1
    return number


def main() -> None:
    """Read the arguments and write the file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("out", type=Path)
    parser.add_argument("--towns", type=int, default=20)
    parser.add_argument("--years", type=int, default=5)
    parser.add_argument("--release", type=Path, default=Path("build/release"))
    options = parser.parse_args()
    number = write(options.release / "data.nq", options.towns, options.years, options.out)
    print(f"{options.out}: {number} quads")


if __name__ == "__main__":
    main()
