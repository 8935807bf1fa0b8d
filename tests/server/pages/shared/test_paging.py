"""Long lists in parts: one pager for every page, and a 404 for a part that does not exist."""

import re

import pytest
from flask.testing import FlaskClient

from hytegraph.server.pages.shared.paging import pages_of
from tests.server.reading import BROWSER

LISTS = (
    "/figures",
    "/indicators",
    "/periods?level=measure",
    "/search?kind=measure",
    "/query/measures",
    "/source/id/kemi/document/osavuosiraportti-2022-m01-m06",
)


@pytest.mark.parametrize(("count", "pages"), [(0, 1), (1, 1), (25, 1), (26, 2), (51, 3)])
def test_a_list_has_as_many_pages_as_it_fills_and_at_least_one(count: int, pages: int) -> None:
    assert pages_of(count, 25) == pages


@pytest.mark.parametrize("address", LISTS)
@pytest.mark.parametrize("page", ["0", "-1", "x", "99999", "99999999999", "²"])
def test_a_page_that_does_not_exist_is_not_found(kemi_client: FlaskClient, address: str, page: str) -> None:
    separator = "&" if "?" in address else "?"
    assert kemi_client.get(f"{address}{separator}page={page}", headers=BROWSER).status_code == 404


@pytest.mark.parametrize("address", LISTS)
def test_the_last_page_is_linked_and_keeps_the_choice(kemi_client: FlaskClient, address: str) -> None:
    html = kemi_client.get(address, headers=BROWSER).text
    links = re.findall(r'<li><a href="(\?[^"]*page=(\d+))"', html)
    last, number = max(links, key=lambda link: int(link[1]))

    page = kemi_client.get(address.split("?")[0] + last.replace("&amp;", "&"), headers=BROWSER)

    assert page.status_code == 200
    assert f'page={number}" aria-current="page"' in page.text


def test_values_of_one_facet_survive_turning_the_page_and_another_language(kemi_client: FlaskClient) -> None:
    html = kemi_client.get("/search?kind=passage&period=2026&period=2022-2025", headers=BROWSER).text

    assert 'href="?kind=passage&amp;period=2026&amp;period=2022-2025&amp;page=2"' in html
    assert 'href="?kind=passage&amp;period=2026&amp;period=2022-2025&amp;lang=sv"' in html
