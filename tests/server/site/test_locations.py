"""Which file of the site an address of the service becomes."""

import pytest

from hytegraph.server.site.locations import Location, location_of

PAGE = "/gaps/aims-without-goals"


def of(href: str) -> Location:
    location = location_of(href, PAGE, PAGE)
    assert location is not None
    return location


@pytest.mark.parametrize(
    ("href", "file"),
    [
        ("/", "index.html"),
        ("/plans", "plans/index.html"),
        ("/plans?lang=sv", "plans/index.html"),
        ("?page=2", "gaps/aims-without-goals/page=2/index.html"),
        ("?page=1", "gaps/aims-without-goals/index.html"),
        ("/figures?place=id%2Fkemi%2Funit%2Fa", "figures/place=id~2Fkemi~2Funit~2Fa/index.html"),
        ("/source/id/kemi/document/a?lines=12-14#L12", "source/id/kemi/document/a/index.html"),
        ("/source/id/kemi/document/a?lines=201.3-201.9#L201", "source/id/kemi/document/a/page=3/index.html"),
        ("/page/id/kemi/passage/a/10.0-10.31", "page/id/kemi/passage/a/10.0-10.31/index.html"),
    ],
)
def test_a_page_is_a_folder_and_its_choices_are_folders_in_it(href: str, file: str) -> None:
    assert of(href).page_file("fi") == file
    assert of(href).page_file("sv") == f"sv/{file}"


def test_what_a_script_reads_stays_in_the_address() -> None:
    assert of("/search?q=koulu&kind=goal").kept == "q=koulu&kind=goal"
    assert of("/source/id/kemi/document/a?lines=12-14#cited").fragment == "L12"


@pytest.mark.parametrize(
    "href",
    [
        "/sparql?query=x",
        "/measures?sort=-period",
        "/measures?period=a&status=b",
        "/query/measures?goal=x",
        "/openapi.json",
        "/metrics",
        "/page/id/kemi/a?all=o.label",
        "/trace/id/kemi/measure/a/b.xlsx",
        "/page/id/" + "a" * 300,
        "/search?period=2022-2025",
    ],
)
def test_what_only_the_service_can_give_is_not_followed(href: str) -> None:
    assert not of(href).is_followed


@pytest.mark.parametrize(
    "href", ["/sparql", "/measures?status=b&page=2", "/search?kind=goal&page=3", "/gaps.csv", "/ns.nt"]
)
def test_what_a_folder_can_hold_is_followed(href: str) -> None:
    assert of(href).is_followed


def test_data_stand_once_and_in_each_language_where_their_address_names_one() -> None:
    assert of("/gaps.csv").data_file("text/csv", "sv") == "gaps.csv"
    assert of("/checks.csv?lang=fi").data_file("text/csv", "sv") == "sv/checks.csv"
    assert of("/catalog").data_file("text/turtle") == "catalog.ttl"
    assert of("/summary/id/kemi/aim/a.docx").data_file("", "en") == "en/summary/id/kemi/aim/a.docx"


def test_another_host_is_none_of_the_site() -> None:
    assert location_of("https://kemi.fi/", PAGE, PAGE) is None
