"""A part has the lines that were written to it, whatever characters stand in them."""

from pathlib import Path

from hytegraph.graph.validation.report import Report
from hytegraph.loaders.release.part import Draft, Part, finish_part, read_part, write_part

LINES = [
    '<https://e.org/id/period/1> <https://e.org/p> "a\u2028b\u0085c" <https://e.org/graph/x> .\n',
    '<https://e.org/id/period/2> <https://e.org/p> "d" <https://e.org/graph/x> .\n',
]


def written(folder: Path) -> Part:
    write_part(Draft(LINES, {}, Report(()), (), (), {}), folder)
    finish_part(folder)
    part = read_part(folder)
    assert part
    return part


def test_a_text_with_a_character_that_parts_lines_elsewhere_stays_in_one_line(tmp_path: Path) -> None:
    assert written(tmp_path).shared() == LINES


def test_a_part_whose_file_was_changed_is_none(tmp_path: Path) -> None:
    part = written(tmp_path)
    (part.path / "shared.nq").write_text("", "utf-8")

    assert read_part(tmp_path) is None
