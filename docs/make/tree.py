"""The page of the tree: a drawing and a table for each folder of code, made from the real imports."""

import ast
from collections.abc import Callable, Mapping
from itertools import pairwise

from docs.make.drawing import HEIGHT, MARGIN, WIDTH, Arrow, Box, rows_of, svg
from docs.make.imports import (
    CODE,
    DATA,
    GROUND,
    ROOT,
    Folder,
    between_packages,
    circles,
    folder,
    layers,
    readers_of_data,
    without_detours,
)
from docs.make.markdown import note, plain, table

FOLDERS = ("graph", "loaders", "server", "server/pages")
FLOW = ("documents", "loaders", "graph", "server")
TITLES = {
    "graph": "graph/: the data, without documents and without HTTP",
    "loaders": "loaders/: documents to tables to quads",
    "server": "server/: command line and HTTP",
    "server/pages": "server/pages/: a folder a page",
}


def tree() -> str:
    """The page."""
    text = note("the imports of the code") + "# The tree\n\n"
    text += (
        "Every drawing is made by a program from the imports that are there. "
        "An arrow leads from what imports to what is imported; left out are those that also go by way of another box "
        "or to a box that all others import, and the tables have them all. A red broken arrow is part of a circle.\n\n"
        "## The whole\n\n"
        "Documents flow through loaders into the graph, and the server shows it (thick arrows). Below lie the data "
        "that are no code, with arrows to the folders that read them.\n\n"
        "![The four folders in the order of the flow, with the data folders](drawings/house.svg)\n\n"
    )
    imports, readers = sorted(between_packages()), readers_of_data()
    rows = (
        (
            f"`{name}/`",
            ", ".join(f"`{other}/`" for one, other in imports if one == name),
            ", ".join(f"`{data}/`" for data in DATA if name in readers[data]),
        )
        for name in CODE
    )
    text += table(("folder", "imports", "reads"), rows)
    for path in FOLDERS:
        text += f"\n## {path}/\n\n{_about(path)}\n\n![{TITLES[path]}](drawings/{_name(path)}.svg)\n\n{_table(folder(path))}"
    return text


def house() -> str:
    """The drawing of the whole: the flow, the imports against it, and the data folders."""
    step = WIDTH + 70
    place = {name: MARGIN + WIDTH // 2 + number * step for number, name in enumerate(FLOW)}
    top, bottom = MARGIN, MARGIN + HEIGHT + 80
    boxes = [Box(f"{name}/", "", x, top, "data" if name == "documents" else "") for name, x in place.items()]
    arrows = [Arrow(f"{one}/", f"{other}/", "flow") for one, other in pairwise(FLOW)]
    readers = readers_of_data()
    for number, name in enumerate(sorted(set(readers) - {"documents"})):
        boxes.append(
            Box(
                f"{name}/",
                "data, no Python",
                place["loaders"] + (number * 2 + 1) * step // 2 - step // 2,
                bottom,
                "data",
            )
        )
        arrows += [Arrow(f"{name}/", f"{package}/") for package in readers[name]]
    return svg(
        "documents to loaders to graph to server; ontology, queries and shapes are data", boxes, arrows
    )


def drawing(path: str) -> str:
    """The drawing of a folder."""
    graph = folder(path)
    circle = circles(graph.imports)
    common = _imported_by_all(graph)
    rows = [[(box, _note(graph, box)) for box in row] for row in layers(graph.boxes, graph.imports)]
    arrows = (
        Arrow(one, other, "edge circle" if (one, other) in circle else "edge")
        for one, other in sorted(without_detours(graph.imports))
        if other != common
    )
    return svg(TITLES[path], rows_of(rows), arrows)


def drawings() -> Mapping[str, Callable[[], str]]:
    """Every drawing by the name of its file."""
    made: dict[str, Callable[[], str]] = {"house": house}
    for path in FOLDERS:
        made[_name(path)] = lambda path=path: drawing(path)  # type: ignore[misc]
    return made


def _name(path: str) -> str:
    return path.rpartition("/")[2]


def _imported_by_all(graph: Folder) -> str:
    """The box that every other box imports, if there is one: its arrows would only hide the others."""
    for box in graph.boxes:
        if {one for one, other in graph.imports if other == box} == set(graph.boxes) - {box}:
            return box
    return ""


def _note(graph: Folder, box: str) -> str:
    if box == _imported_by_all(graph):
        return "imported by all"
    if box == GROUND:
        return f"{len(graph.ground)} modules"
    return "" if (ROOT / graph.path / box).is_dir() else "module"


def _table(graph: Folder) -> str:
    rows = []
    for row in layers(graph.boxes, graph.imports):
        for box in row:
            uses = ", ".join(f"`{other}`" for one, other in sorted(graph.imports) if one == box)
            rows.append((f"`{box}`", _contents(graph, box), uses))
    return table(("folder or module", "what is in it", "imports"), rows)


def _contents(graph: Folder, box: str) -> str:
    if box == GROUND:
        return ", ".join(f"`{name}`" for name in graph.ground)
    return _about(f"{graph.path}/{box}")


def _about(path: str) -> str:
    """The first paragraph of the docstring of a folder or module."""
    source = ROOT / path / "__init__.py" if (ROOT / path).is_dir() else ROOT / f"{path}.py"
    text = ast.get_docstring(ast.parse(source.read_text("utf-8"))) or ""
    return plain(" ".join(text.split("\n\n")[0].split()))
