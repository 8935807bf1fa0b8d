"""The pages and data of a release as the service answers with them, without a server."""

from dataclasses import dataclass, replace
from typing import Self

from flask.testing import FlaskClient

from hytegraph.graph.search.open_index import IndexSource
from hytegraph.graph.store.dataset import Dataset
from hytegraph.server.app import create_app
from hytegraph.server.http.negotiation import HTML
from hytegraph.server.pages.editor.in_browser import IN_BROWSER, InBrowser
from hytegraph.server.pages.shared.paging import ROWS_OF_DATA
from hytegraph.server.settings import Settings
from hytegraph.server.site.remembering import RememberingDataset

# More rows than any list has: the data of the site are whole.
_ALL_ROWS = 10**9
_ACCEPT = f"{HTML}, */*;q=0.1"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the service answers: the status, the media type and the body, and where a redirect leads.

    `is_cut`: the body holds a part of what there is, which the service says in a header.
    """

    status: int
    media_type: str
    body: bytes
    location: str = ""
    is_cut: bool = False

    @property
    def is_page(self) -> bool:
        """Whether it is a page that the site has."""
        return self.status == 200 and self.media_type == HTML


class Renderer:
    """The application of a release, asked as a browser asks it."""

    def __init__(self, client: FlaskClient, address: str) -> None:
        self._client = client
        self.address = address

    @classmethod
    def of(
        cls,
        settings: Settings,
        served: Dataset,
        index: IndexSource,
        address: str,
        browser: InBrowser | None = None,
    ) -> Self:
        """That of a release whose site will stand at an address, which ends in a slash.

        `browser` says how the reader's browser answers queries, None where it cannot.
        """
        own = replace(settings, public_url=address, cache_bytes=0, access_log="off", rate_limit=0)
        app = create_app(own, RememberingDataset(served), index=index)
        app.config[ROWS_OF_DATA] = _ALL_ROWS
        app.config[IN_BROWSER] = browser
        return cls(app.test_client(use_cookies=False), address)

    def get(self, key: str, language: str, *, is_spoken: bool = False) -> Answer:
        """The answer to what is asked, in a language; the address names it where that is part of the question."""
        if is_spoken:
            key = f"{key}{'&' if '?' in key else '?'}lang={language}"
        with self._client.get(key, headers={"Accept": _ACCEPT, "Accept-Language": language}) as response:
            location = response.headers.get("Location", "")
            is_cut = "X-Result-Truncated" in response.headers
            media_type = response.mimetype or ""
            return Answer(response.status_code, media_type, response.get_data(), location, is_cut)
