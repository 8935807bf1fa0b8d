"""The data of one town made those of several: the town as it is, and copies of it without their longest document."""

from hytegraph.graph.iris import DEFAULT_BASE
from hytegraph.graph.store.dataset import Dataset

LEFT_OUT = b"/document/osavuosiraportti-2022-m01-m06>"
NAMES = (
    *("Aarniala", "Ehtoola", "Haavikko", "Iltala", "Kaislikko", "Lehtola", "Myllynoja", "Oravala", "Pihkala"),
    *("Saniaiskoski", "Vaahtera"),
)


def several_towns(data: bytes, towns: int, town: str = "kemi", name: str = "Kemi") -> Dataset:
    """So many towns: the one of the data, and copies under invented names with all but what one document gave."""
    lines = data.splitlines(keepends=True)
    start = f"{DEFAULT_BASE}graph/{town}".encode() + LEFT_OUT
    short = [line for line in lines if start not in line]
    found = set(lines)
    for copy in NAMES[: towns - 1]:
        found |= {_renamed(line, (town, name), (copy.lower(), copy)) for line in short}
    return Dataset.of(b"".join(sorted(found)))


def _renamed(line: bytes, old: tuple[str, str], new: tuple[str, str]) -> bytes:
    for kind in ("id", "graph"):
        before, after = (f"{DEFAULT_BASE}{kind}/{slug}".encode() for slug in (old[0], new[0]))
        line = line.replace(before + b"/", after + b"/").replace(before + b">", after + b">")
    if b"#label> " in line or b"/title> " in line:
        line = line.replace(b'"' + old[1].encode(), b'"' + new[1].encode())
    return line
