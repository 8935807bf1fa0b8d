"""A link table comes back as it was written, and a broken one is refused with its line."""

from pathlib import Path

import pytest
import yaml

from hytegraph.graph.errors import TableError
from hytegraph.loaders.links.link import ACCEPTED, LEXICAL, NO_MATCH, LinkAssertion
from hytegraph.loaders.links.sssom import COLUMNS, LinkTable, read_link_tables, read_links, write_links

LINK = LinkAssertion(
    subject="kemi:goal/2022-2025/sujuva-arki",
    predicate="hyte:continuedBy",
    object="kemi:goal/2026/arki",
    kind="same",
    confidence=0.8,
    method="continuity-words/1",
    justification=LEXICAL,
    cue="sujuva | arki",
    rationale='Sanat: "sujuva", arki',
    subject_label="Sujuva arki",
    object_label="Arki",
    subject_evidence="001_x:L1-L2",
    object_evidence="000_x:L3",
)
SECOND = LinkAssertion(
    *(LINK.subject, LINK.predicate, NO_MATCH, "dropped", 0.0, LINK.method, LEXICAL), searched_in="000_x 003_x"
)


def written(folder: Path, *links: LinkAssertion) -> Path:
    file = folder / "links" / "continuity.tsv"
    file.parent.mkdir(exist_ok=True)
    file.write_text(write_links(LinkTable("continuity", "kemi", "Jatkuvuus", links)), encoding="utf-8")
    return file


def test_a_table_comes_back_as_it_was_written(tmp_path: Path) -> None:
    reviewed = LINK.reviewed(ACCEPTED, "kemi:post/hyte-koordinaattori", "2026-12-01")
    found = read_links(written(tmp_path, SECOND, reviewed))
    assert found == LinkTable("continuity", "kemi", "Jatkuvuus", (reviewed, SECOND))
    assert [table.name for table in read_link_tables(tmp_path)] == ["continuity"]


def test_the_metadata_is_that_of_a_mapping_set(tmp_path: Path) -> None:
    lines = written(tmp_path, LINK).read_text(encoding="utf-8").splitlines()
    header = [line for line in lines if line.startswith("#")]
    metadata = yaml.safe_load("\n".join(line[1:] for line in header))
    assert {"mapping_set_id", "license", "curie_map"} <= set(metadata)
    declared = {each["slot_name"] for each in metadata["extension_definitions"]}
    assert declared <= set(COLUMNS)
    used = [column for column in COLUMNS if column not in ("value", "searched_in")]
    assert lines[len(header)].split("\t") == used
    prefixes = {cell.partition(":")[0] for cell in (LINK.subject, LINK.predicate, LINK.object, LEXICAL)}
    assert prefixes <= set(metadata["curie_map"])


def test_the_metadata_begin_with_what_the_table_is(tmp_path: Path) -> None:
    header = [
        line for line in written(tmp_path, LINK).read_text(encoding="utf-8").splitlines() if line[0] == "#"
    ]
    keys = [line[1:].partition(":")[0] for line in header if line[1:2].isalpha()]

    assert keys[:4] == ["sssom_version", "mapping_set_id", "mapping_set_title", "license"]


def test_an_amount_has_a_column_only_in_a_table_with_amounts(tmp_path: Path) -> None:
    link = LinkAssertion(
        "kemi:indicator/x/L1-1", "hyte:targetValue", "", "", 1, "m/1", LEXICAL, value="≥ 2 krt; /v"
    )
    file = written(tmp_path, link)
    assert "slot_name: value" in file.read_text(encoding="utf-8")
    assert read_links(file).links == (link,)


def test_rows_stand_in_the_order_of_lines_and_not_of_digits(tmp_path: Path) -> None:
    links = [
        LinkAssertion(f"kemi:measure/x/L{n}-1", "hyte:status", "hyte:done", "", 1, "m/1", LEXICAL)
        for n in (100, 99)
    ]
    assert [link.subject[-5:] for link in read_links(written(tmp_path, *links)).links] == ["L99-1", "100-1"]


def test_a_spreadsheet_may_pad_the_header_and_write_a_decimal_comma(tmp_path: Path) -> None:
    file = written(tmp_path, LINK)
    lines = file.read_text(encoding="utf-8").replace("\t0.80\t", "\t0,80\t").splitlines()
    padded = [line + "\t" * (len(COLUMNS) - 1) if line.startswith("#") else line for line in lines]
    file.write_text("\ufeff" + "\r\n".join(padded) + "\r\n", encoding="utf-8")
    assert read_links(file).links == (LINK,)


@pytest.mark.parametrize(
    ("cell", "broken", "reason"),
    [
        ("\t0.80\t", "\tsuuri\t", "no number"),
        ("\t0.80\t", "\t1.80\t", "between 0 and 1"),
        ("\tsuggested\t", "\tmaybe\t", "review_status"),
        ("\t\t\tSanat", "\t\t12.5.2026\tSanat", "ISO date"),
        ("\tconfidence\t", "\tsureness\t", "'confidence' is missing"),
        ("kemi: https", "oulu: https", "names no town"),
    ],
)
def test_a_broken_table_is_refused_with_its_line(tmp_path: Path, cell: str, broken: str, reason: str) -> None:
    plain = LinkAssertion(**{name: getattr(LINK, name) for name in LINK.__slots__} | {"rationale": "Sanat"})
    file = written(tmp_path, plain)
    text = file.read_text(encoding="utf-8")
    assert cell in text
    file.write_text(text.replace(cell, broken), encoding="utf-8")
    with pytest.raises(TableError, match=reason) as caught:
        read_links(file)
    assert caught.value.line
