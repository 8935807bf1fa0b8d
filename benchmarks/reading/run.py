"""What hytegraph makes of a sample, by its commands as a user gives them: extract, privacy, build, query."""

import csv
import io
import json
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.reading.samples import Gold, Sample
from benchmarks.reading.score import Answer, Tally, score_decisions, score_rows
from benchmarks.reading.writers import write

ROOT = Path(__file__).parents[2]
HYTEGRAPH = Path(sys.executable).with_name("hytegraph")
# Seconds that one command may take.
LIMIT = 300


@dataclass(slots=True)
class Outcome:
    """What came of one sample; `refusals` are the sentences with which a command ended without being done."""

    sample: Sample
    tally: Tally = field(default_factory=Tally)
    rows: list[Answer] = field(default_factory=list)
    decisions: list[Answer] = field(default_factory=list)
    names_left: list[str] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    tracebacks: list[str] = field(default_factory=list)


def _command(outcome: Outcome, log: Path, *arguments: str | Path) -> str | None:
    """The standard output, or None where the command was not done (codes above 1)."""
    try:
        done = subprocess.run(
            [HYTEGRAPH, *arguments],
            capture_output=True,
            text=True,
            check=False,
            timeout=LIMIT,
            cwd=log.parent,
        )
    except subprocess.TimeoutExpired:
        outcome.refusals.append(f"{arguments[0]}: longer than {LIMIT} s")
        return None
    with log.open("a", encoding="utf-8") as file:
        file.write(
            f"$ hytegraph {' '.join(map(str, arguments))}\n{done.stdout}{done.stderr}[{done.returncode}]\n\n"
        )
    if "Traceback" in done.stderr or done.returncode == 3:
        outcome.tracebacks.append(f"{arguments[0]}: {(done.stderr.strip().splitlines() or ['?'])[-1]}")
    if done.returncode > 1:
        outcome.refusals.append(f"{arguments[0]}: {done.stderr.strip()}")
        return None
    return done.stdout


def _ask(outcome: Outcome, log: Path, query: str) -> list[Answer]:
    text = _command(outcome, log, "query", query, "--release", "release", "--format", "csv") or ""
    return list(csv.DictReader(io.StringIO(text)))


def absent_words(sample: Sample) -> list[str]:
    """What is searched for: of a person the surname, which no town and no word has."""
    return [
        word
        if any(sign.isdigit() for sign in word) or word.startswith("Salainen")
        else word.rsplit(" ", 1)[-1]
        for word in sample.absent
    ]


def words_left(words: list[str], *folders: Path) -> list[str]:
    """The words that stand in any file of the folders, or in a file's name."""
    files = [file for folder in folders if folder.exists() for file in sorted(folder.rglob("*"))]
    left = []
    for word in words:
        raw = word.lower().encode()
        escaped = json.dumps(word.lower()).strip('"').encode()
        for file in files:
            content = file.read_bytes().decode("utf-8", "replace").lower().encode() if file.is_file() else b""
            if raw in content or escaped in content or word.lower() in file.name.lower():
                left.append(f"{word} in {file.name}")
                break
    return left


def read(sample: Sample, folder: Path) -> Outcome:
    """Writes the sample into the folder and reads it from there; nothing of a former run is left."""
    outcome = Outcome(sample)
    folder.mkdir(parents=True)
    original, log = write(sample, folder), folder / "log.txt"
    (folder / "gold.json").write_text(_gold_text(sample), encoding="utf-8")
    extracted = _command(outcome, log, "extract", original.name, "-o", "town", "--town", sample.town)
    if extracted is not None:
        _command(outcome, log, "privacy", "town", "--decide", "remove")
        if _command(outcome, log, "build", "town", "--out", "release") is not None:
            outcome.rows, outcome.decisions = _ask(outcome, log, "measures"), _ask(outcome, log, "decisions")
    outcome.tally = score_rows(sample.rows, outcome.rows)
    outcome.tally += score_decisions(sample.decisions, outcome.decisions)
    outcome.names_left = words_left(absent_words(sample), folder / "town", folder / "release")
    return outcome


def _gold_text(sample: Sample) -> str:
    gold: dict[str, list[Gold]] = {"rows": sample.rows, "decisions": sample.decisions}
    return json.dumps(gold, ensure_ascii=False, indent=1) + "\n"
