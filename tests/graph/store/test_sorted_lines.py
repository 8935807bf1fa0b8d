from pathlib import Path

import pytest

from hytegraph.graph.store.sorted_lines import SortedLines


@pytest.mark.parametrize("beginning", ["a", "b", "ba", "ba/", "bz", "c", "ö", "0", "z"])
def test_the_lines_that_start_so_are_found(beginning: str, tmp_path: Path) -> None:
    lines = sorted(["a 1\n", "a 2\n", "ba 1\n", "ba/x 1\n", "ba/y 2\n", "bb\n", "c\n", "ö 1\n"])
    file = tmp_path / "data.nq"
    file.write_text("".join(lines), "utf-8")

    with SortedLines.open(file) as data:
        found = data.starting(beginning.encode())

    assert found.decode() == "".join(each for each in lines if each.startswith(beginning))


def test_an_empty_file_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "data.nq").touch()

    with pytest.raises(ValueError, match="empty"), SortedLines.open(tmp_path / "data.nq"):
        pass
