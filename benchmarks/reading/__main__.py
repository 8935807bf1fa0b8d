"""`python -m benchmarks.reading`: writes the samples, reads each with hytegraph, prints figures by structure."""

import argparse
import json
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.reading.catalogue import HALVES, all_samples, long_sample
from benchmarks.reading.report import as_table, by_structure
from benchmarks.reading.run import HYTEGRAPH, Outcome, read
from benchmarks.reading.samples import Sample
from benchmarks.reading.writers import write


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reading", description=__doc__)
    parser.add_argument(
        "--half", choices=HALVES, action="append", help="only this half of the samples (both)"
    )
    parser.add_argument("--structure", action="append", help="only structures that begin so")
    parser.add_argument(
        "--out", type=Path, default=Path("build/reading"), help="where samples and releases are written"
    )
    parser.add_argument("--jobs", type=int, default=2, help="samples that are read side by side")
    parser.add_argument("--json", type=Path, help="write the figures into this file as well")
    parser.add_argument("--no-long", action="store_true", help="leave out the PDF of forty pages")
    return parser.parse_args()


def _read(out: Path, sample: Sample) -> Outcome:
    outcome = read(sample, out / sample.half / sample.name)
    print(".", end="", flush=True, file=sys.stderr)
    return outcome


def time_of_forty_pages(out: Path) -> dict[str, Any]:
    """Seconds and megabytes at the peak of `hytegraph extract`, in a process that has no other children."""
    sample = long_sample("open")
    out.mkdir(parents=True)
    path = write(sample, out)
    program = (
        "import resource, subprocess, sys\n"
        "code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode\n"
        "print(code, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    start = time.perf_counter()
    command: list[str | Path] = [HYTEGRAPH, "extract", path, "-o", out / "town", "--town", sample.town]
    done = subprocess.run(
        [sys.executable, "-c", program, *command], capture_output=True, text=True, check=True
    )
    code, peak = done.stdout.split()
    unit = 1024 if sys.platform == "linux" else 1024 * 1024
    return {
        "exit": int(code),
        "seconds": round(time.perf_counter() - start, 1),
        "megabytes": round(int(peak) / unit),
    }


def main() -> None:
    options = _arguments()
    out = options.out.resolve()
    shutil.rmtree(out, ignore_errors=True)
    wanted = tuple(options.structure or ("",))
    samples = [
        s for half in options.half or HALVES for s in all_samples(half) if s.structure.startswith(wanted)
    ]
    with ThreadPoolExecutor(options.jobs) as pool:
        outcomes = list(pool.map(partial(_read, out), samples))
    print(file=sys.stderr)
    lines = by_structure(outcomes)
    print(as_table(lines))
    figures: dict[str, Any] = {"structures": lines, "samples": [_details(outcome) for outcome in outcomes]}
    if not options.no_long:
        figures["forty_pages"] = time_of_forty_pages(out / "forty-pages")
        print("forty pages of PDF: {seconds} s, {megabytes} MB, exit {exit}".format(**figures["forty_pages"]))
    if options.json:
        options.json.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _details(outcome: Outcome) -> dict[str, Any]:
    sample = outcome.sample
    return {
        "sample": sample.name, "form": sample.form, "town": sample.town, "rows": len(outcome.rows), "rows_gold": len(sample.rows),
        "refusals": outcome.refusals, "tracebacks": outcome.tracebacks, "names_left": outcome.names_left,
        "answers": outcome.rows, "decisions": outcome.decisions,
    }  # fmt: skip


if __name__ == "__main__":
    main()
