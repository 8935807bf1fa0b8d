"""Writes the document folders of invented towns: `python -m benchmarks.folders OUT --towns 12`.

OUT gets a document folder for each town and `municipalities.csv`, the operator's list that has the towns. Build them with
`hytegraph build OUT/*/ --out build/country`.
"""

import argparse
import os
import shutil
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from benchmarks.folders.documents import write_documents
from benchmarks.folders.towns import InventedTown, invent_towns, write_municipalities
from hytegraph.graph.finnish.dictionary import is_form
from hytegraph.loaders.authorities.municipalities import find_municipality
from hytegraph.loaders.extract import Town, extract_files
from hytegraph.loaders.judging import apply_decisions, decide_rest
from hytegraph.loaders.links.suggest import suggest_folder, write_folder
from hytegraph.loaders.privacy.decisions import REMOVE

# The readers run in forked processes: imported here, their libraries are loaded once for all towns.
from hytegraph.loaders.sources import separated, web, word  # noqa: F401


def make_folder(out: Path, town: InventedTown) -> str:
    """The town's documents read into a folder, as its editor would: what may be a name is removed, links are suggested.

    Gives the folder's name. A folder that is there is left as it is: it has its name once it is whole.
    """
    if (out / town.slug).exists():
        return town.slug
    municipality = find_municipality(town.name, code=town.code, added=out / "municipalities.csv")
    folder = out / f".{town.slug}"
    shutil.rmtree(folder, ignore_errors=True)
    with tempfile.TemporaryDirectory() as originals:
        files = write_documents(town, Path(originals))
        extract_files(files, folder, Town(municipality.name, municipality.code, municipality.name_sv))
    if decide_rest(folder, REMOVE):
        apply_decisions(folder)
    write_folder(folder, suggest_folder(folder))
    folder.rename(out / town.slug)
    return town.slug


def make_folders(out: Path, count: int, seed: int = 1, jobs: int = 1) -> list[Path]:
    """The folders of so many towns, in the order of their names."""
    out.mkdir(parents=True, exist_ok=True)
    towns = invent_towns(count, seed)
    write_municipalities(towns, out / "municipalities.csv")
    if jobs == 1:
        return sorted(out / make_folder(out, town) for town in towns)
    # The dictionary is read before the processes fork from this one.
    is_form("kunta")
    with ProcessPoolExecutor(jobs) as pool:
        return sorted(out / name for name in pool.map(partial(make_folder, out), towns))


def main() -> None:
    """Read the arguments and write the folders."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("out", type=Path)
    parser.add_argument("--towns", type=int, default=12)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes (one a core)")
    options = parser.parse_args()
    start = time.perf_counter()
    folders = make_folders(options.out, options.towns, options.seed, options.jobs)
    print(f"{len(folders)} folders in {options.out}, {time.perf_counter() - start:.1f} s")


if __name__ == "__main__":
    main()
