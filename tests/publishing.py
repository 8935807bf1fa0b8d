"""An invented town with one document, published twice: the second time with a corrected text."""

from dataclasses import dataclass
from pathlib import Path

from hytegraph.server.cli.main import main

DATA = Path(__file__).parent / "data"
TEXT = DATA / "loaders" / "toimenpideohjelma.txt"
WORDS, CORRECTED = "Torikahvit kaksi kertaa vuodessa", "Torikahvit kolme kertaa vuodessa"
LICENCE = 'licence = "Julkinen asiakirja."'
EXPECTED = (
    "shape,focus,value,note\nPlan-adoptedBy,mallila/plan/toimenpideohjelma-2027,,Päätös ei ole aineistossa.\n"
)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of two releases: their link, the folders of both, the document folder as it is
    at the second, and the folder of its files."""

    release: Path
    first: Path
    second: Path
    documents: Path
    out: Path


def publication(folder: Path, version: str, date: str, more: str = "", less: str = "") -> Path:
    """A publication file with all that is needed, more lines at its end and without the lines that begin so."""
    text = (DATA / "publishing" / "publication.toml").read_text("utf-8")
    lines = text.format(version=version, date=date).splitlines()
    kept = [line for line in lines if not less or not line.startswith(less)]
    file = folder / f"{version}.toml"
    file.write_text("\n".join([*kept, more, ""]), "utf-8")
    return file


def publish(out: Path, documents: Path, file: Path, release: Path, *options: str) -> int:
    """Run the command in this process."""
    return main(
        ["publish", str(out), str(documents), "--publication", str(file), "--release", str(release), *options]
    )


def state_rest(documents: Path) -> None:
    """Write what nobody but a person knows: the terms of the words, titles in other languages, what is known to lack."""
    (documents / "expected-findings.csv").write_text(EXPECTED, "utf-8")
    manifest = documents / "manifest.toml"
    text = manifest.read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("licence")]
    at = next(number for number, line in enumerate(lines) if line.startswith("town ="))
    text = "\n".join([*lines[:at], LICENCE, *lines[at:], ""])
    titles = '[document.title]\nsv = "Åtgärder 2027"\nen = "Measures of 2027"'
    manifest.write_text(text.replace("[document.title]", titles), "utf-8")
