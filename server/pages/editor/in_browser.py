"""The editor of a page that no service stands behind: the reader's browser loads the data and answers itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from flask import current_app

from hytegraph.graph.formats import GRAPH_FORMATS, RESULT_FORMATS
from hytegraph.graph.query.stored import stored_query
from hytegraph.graph.store.loading import NOT_IN_DEFAULT_GRAPH
from hytegraph.server.text import labels
from hytegraph.server.text.links import HUMAN_PAGES
from hytegraph.server.text.messages import Language
from hytegraph.server.text.numbers import number

# Under this name an application without a service keeps how its pages answer queries, None where they cannot.
IN_BROWSER = "hytegraph.in_browser"
SECONDS = 60
# 100,000 take 190 MB with the engine, by decision 91.
MOST_QUADS = 400_000


@dataclass(frozen=True, slots=True)
class InBrowser:
    """What the browser loads, by addresses from the root of the pages.

    `homes` are the addresses of the front page in each language, `bytes` what is loaded with the first query.
    """

    script: str
    worker: str
    program: str
    data: str
    homes: Mapping[Language, str]
    bytes: int

    def megabytes(self, language: Language) -> str:
        """How much is loaded with the first query, in millions of bytes."""
        return number(Decimal(self.bytes) / 10**6, language, places=1)

    def told(self, base: str, language: Language) -> Mapping[str, object]:
        """What the script has to know beside what it knows of a service."""
        naming = {
            "default": stored_query(labels.__name__, "labels"),
            "anywhere": stored_query(labels.__name__, "labels-anywhere"),
        }
        return {
            "inBrowser": {
                "worker": self.worker,
                "program": self.program,
                "data": self.data,
                "home": self.homes[language],
                "seconds": SECONDS,
                "base": base,
                "pages": HUMAN_PAGES,
                "apart": NOT_IN_DEFAULT_GRAPH,
                "naming": naming,
            },
            "mediaTypes": {syntax.name: syntax.media_type for syntax in (*RESULT_FORMATS, *GRAPH_FORMATS)},
        }


def in_browser() -> InBrowser | None:
    """How the browser answers; None where a service does, or nobody."""
    found: InBrowser | None = current_app.config.get(IN_BROWSER)
    return found


def too_many(quads: int) -> bool:
    """Whether the browser cannot answer because the data are too many."""
    return not has_service() and in_browser() is None and quads > MOST_QUADS


def has_service() -> bool:
    """Whether the pages are those of a service."""
    return IN_BROWSER not in current_app.config
