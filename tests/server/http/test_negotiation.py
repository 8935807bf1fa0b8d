import pytest

from hytegraph.server.http.negotiation import choose

OFFERS = ("application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/html")
CHROME = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"
JENA = "application/sparql-results+json, application/sparql-results+xml;q=0.9, text/tab-separated-values;q=0.7, */*;q=0.1"


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, "application/sparql-results+json"),
        ("", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("*", "application/sparql-results+json"),
        ("text/csv", "text/csv"),
        ("TEXT/CSV", "text/csv"),
        ("text/csv; charset=utf-8", "text/csv"),
        ("text/*", "text/csv"),
        ("text/*;q=0.5, text/html", "text/html"),
        (CHROME, "text/html"),
        (JENA, "application/sparql-results+json"),
        ("application/sparql-results+xml;q=0.5, text/csv;q=0.6", "text/csv"),
        ("application/sparql-results+xml;q=0.6, text/csv;q=0.6", "application/sparql-results+xml"),
        ("*/*, application/sparql-results+json;q=0", "application/sparql-results+xml"),
        ("*/*;q=0.1, application/sparql-results+json;q=0, text/html", "text/html"),
        ("text/csv;q=0", None),
        ("image/png", None),
        ("text/turtle, application/rdf+xml", None),
        ("text/csv;q=abc", None),
        ("text/csv;q=2, text/html", "text/html"),
        ("/csv", None),
        ("*/csv", None),
        (",,text/html,", "text/html"),
        ("text/html ; q=0.2 , text/csv ; q=0.3", "text/csv"),
    ],
)
def test_the_best_offer_is_chosen(accept: str | None, chosen: str | None) -> None:
    assert choose(accept, OFFERS) == chosen


def test_without_offers_nothing_is_chosen() -> None:
    assert choose("*/*", ()) is None
    assert choose(None, ()) is None
