"""The lines in which two files differ are found whatever they are."""

import random
from pathlib import Path

import pytest

from hytegraph.graph.store.line_diff import differing_lines


def files(folder: Path, earlier: list[bytes], later: list[bytes]) -> tuple[Path, Path]:
    pair = folder / "earlier", folder / "later"
    for file, lines in zip(pair, (earlier, later), strict=True):
        file.write_bytes(b"".join(lines))
    return pair


@pytest.mark.parametrize("is_sorted", [True, False])
@pytest.mark.parametrize("seed", range(40))
def test_the_difference_is_that_of_the_sets(tmp_path: Path, seed: int, is_sorted: bool) -> None:
    chosen = random.Random(seed)
    lines = [b"%x %s\n" % (chosen.getrandbits(40), b"x" * chosen.randrange(200)) for _ in range(2000)]
    sizes = chosen.choice(((2000, 2000), (2000, 1990), (1500, 2000), (0, 2000), (3, 0)))
    earlier, later = ([*chosen.sample(lines, size)] for size in sizes)
    if is_sorted:
        earlier, later = sorted(earlier), sorted(later)
    difference = differing_lines(*files(tmp_path, earlier, later), 10_000)
    assert difference == (set(earlier) - set(later), set(later) - set(earlier))


def test_more_than_the_limit_is_not_listed(tmp_path: Path) -> None:
    earlier, later = [b"a\n", b"b\n", b"c\n"], [b"a\n", b"b1\n", b"c\n"]
    assert differing_lines(*files(tmp_path, earlier, later), 2) == ({b"b\n"}, {b"b1\n"})
    assert differing_lines(*files(tmp_path, earlier, later), 1) is None


def test_a_last_line_without_an_end_is_a_line_of_its_own(tmp_path: Path) -> None:
    assert differing_lines(*files(tmp_path, [b"a\n", b"b"], [b"a\n", b"b\n"]), 9) == ({b"b"}, {b"b\n"})
