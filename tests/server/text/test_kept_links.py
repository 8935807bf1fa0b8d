"""A page of an old release leads to pages of that release."""

import pytest

from hytegraph.server.text.kept_links import keep, keep_in_header, keep_in_page

VERSION = "abc123"


@pytest.mark.parametrize(
    "address, kept",
    [
        ("/plans", "/plans?release=abc123"),
        ("/plans?page=2#goal", "/plans?page=2&release=abc123#goal"),
        ("/plans?release=old", "/plans?release=abc123"),
        ("?page=2", "?page=2&release=abc123"),
        ("/static/hytegraph.css", "/static/hytegraph.css"),
        ("/releases", "/releases"),
        ("//example.org/", "//example.org/"),
        ("https://example.org/", "https://example.org/"),
        ("#goal", "#goal"),
    ],
)
def test_an_address_of_the_service_names_the_release(address: str, kept: str) -> None:
    assert keep(address, VERSION) == kept


def test_a_form_asks_the_release_too_and_stays_a_form() -> None:
    page = '<form action="/search" role="search"><input name="q"></form>'

    assert keep_in_page(page, VERSION) == (
        '<form action="/search" role="search"><input type="hidden" name="release" value="abc123"><input name="q"></form>'
    )


def test_links_of_a_page_and_of_a_header_name_the_release() -> None:
    page = '<a class="x" href="/plans">Suunnitelmat</a><a rel="latest-version" href="/plans">Uusin</a>'

    assert keep_in_page(page, VERSION) == page.replace('"/plans">S', '"/plans?release=abc123">S')
    assert (
        keep_in_header("</plans.ttl>; rel=alternate", VERSION) == "</plans.ttl?release=abc123>; rel=alternate"
    )
