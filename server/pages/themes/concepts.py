"""The themes and target groups by their local names."""

from flask import request

from hytegraph.server.context import dataset, settings
from hytegraph.server.http.problems import Problem, ProblemError
from hytegraph.server.pages.shared.scope import at
from hytegraph.server.text.labels import labels_of
from hytegraph.server.text.languages import reader_language
from hytegraph.server.text.links import Link

SPACE = "https://w3id.org/hytegraph/themes#"


def concept_link(code: str) -> Link:
    """A theme or target group as a link to its page; raises the 404 for none of that name."""
    iri = SPACE + code
    found = labels_of(dataset(), [iri], settings().base, reader_language(request)) if code.isalnum() else None
    label = found.link(iri) if found else Link("")
    if not label.language:
        raise no_concept(code)
    return Link(label.text, label.language, at(f"/themes/{code}"))


def no_concept(code: str) -> ProblemError:
    """The 404 for a name that no theme or target group has."""
    return ProblemError(
        Problem(404, "not-found", f"There is no theme or target group '{code[:60]}' in the data.")
    )
