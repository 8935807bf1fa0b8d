"""What can be followed from release to release: all of a town, a theme or target group, a responsible party."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import request
from pyoxigraph import NamedNode

from hytegraph.graph.releases.changes import Change
from hytegraph.graph.vocab import HYTE
from hytegraph.server.context import dataset, settings, summaries, town, town_of_rows
from hytegraph.server.http.problems import Problem, ProblemError
from hytegraph.server.pages.shared.scope import at
from hytegraph.server.pages.shared.view import iri_under
from hytegraph.server.pages.themes.concepts import SPACE, concept_link
from hytegraph.server.text.labels import labels_of
from hytegraph.server.text.languages import reader_language
from hytegraph.server.text.links import PARTY_KINDS, Link, human_path, kind_of

UPDATES = "/updates"


@dataclass(frozen=True, slots=True)
class Followed:
    """Something that is followed: its name with the way to its page, and the path of the page of its updates.

    `things` are the IRIs of what belongs to it, None for everything; `town` is the slug of its town, '' for all.
    """

    title: Link
    path: str
    town: str
    things: frozenset[str] | None = None

    def holds(self, change: Change) -> bool:
        """Whether a change is one of it."""
        if self.things is not None:
            return change.thing in self.things
        return not self.town or change.town == self.town


def followed_town() -> Followed:
    """The town that the page is about; all of the data where it is about all towns."""
    about = town()
    name = about.name(reader_language(request)) if about else ""
    return Followed(Link(name, "", at("/")), at(UPDATES), about.slug if about else "")


def followed_theme(code: str) -> Followed:
    """A theme or target group with what is linked to it and not rejected; raises the 404 for none of that name."""
    title = concept_link(code)
    rows = summaries().rows("theme-claims", town_of_rows(), {"concept": [NamedNode(SPACE + code)]})
    standing = [row for row in rows if row["review"] != HYTE.rejected]
    things = {row.text("node") for row in standing}
    claims = {row.text("claim") for row in standing}
    return Followed(
        title, at(f"{UPDATES}/themes/{code}"), town_of_rows() or "", frozenset(claims | _with_rows(things))
    )


def followed_party(rest: str) -> Followed:
    """A responsible party with the measures of its rows; raises the 404 for what is none."""
    iri, base = iri_under(rest), settings().base
    label = labels_of(dataset(), [iri], base, reader_language(request)).link(iri)
    if kind_of(iri, base) not in PARTY_KINDS or not label.language:
        raise ProblemError(Problem(404, "not-found", f"There is no responsible party <{iri}> in the data."))
    slug = rest.split("/")[1]
    rows = summaries().rows("measure-parties", slug, {"party": [NamedNode(iri)]})
    things = _with_rows({row.text("measure") for row in rows}) | {iri}
    return Followed(
        Link(label.text, label.language, human_path(iri, base)),
        f"{UPDATES}/{rest}",
        slug,
        frozenset(things),
    )


def _with_rows(things: Iterable[str]) -> set[str]:
    """The things with the table rows of those that are measures."""
    chosen = {"measure": [NamedNode(iri) for iri in sorted(things)]}
    rows = summaries().rows("measure-rows", town_of_rows(), chosen) if chosen["measure"] else ()
    return {*things, *(iri for row in rows if (iri := row.iri("row")))}
