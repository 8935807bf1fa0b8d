"""A query over all towns of a large country: it is asked town by town, as the whole would take too long."""

from flask import Response

from hytegraph.graph.query.named import NamedQuery
from hytegraph.server.context import dataset, is_of_all_towns, towns
from hytegraph.server.http.problems import Problem, ProblemError
from hytegraph.server.pages.shared.paging import part_of
from hytegraph.server.pages.shared.view import page, varied

# With more quads the slowest queries would take longer than a reader waits.
MOST_QUADS = 500_000
ON_A_PAGE = 100


def is_too_large() -> bool:
    """Whether the page is about all towns and the data are too many to ask them all for one page."""
    return is_of_all_towns() and _quads() > MOST_QUADS


def choose_town(kind: str, query: NamedQuery, form: str) -> Response:
    """The page of a query or question (its address begins with `kind`) that leads to the same for each town.

    Raises the 400 for a form of data, which says where the data are.
    """
    if form != "html":
        detail = (
            f"The data of {len(towns())} towns are too many for one answer; ask for those of one town, such as "
            f"/{next(iter(towns()))}/{kind}/{query.name}.{form}, or ask the SPARQL endpoint, which has a time limit."
        )
        raise ProblemError(Problem(400, "bad-request", detail))
    part = part_of(tuple(towns().values()), ON_A_PAGE)
    return varied(page("queries/of_towns.html", kind=kind, query=query, part=part))


def _quads() -> int:
    served = dataset()
    if served.release is not None:
        return int(served.release.manifest["data"]["quads"])
    return sum(graph.triples for graph in served.graphs()) or served.default_size
