"""Roles are resolved, posts placed and partners named only as far as the documents allow."""

from pathlib import Path

import pytest

from hytegraph.graph.errors import TableError
from hytegraph.loaders.links.link import LinkAssertion
from hytegraph.loaders.links.roles import COLLABORATOR, POST, ROLE, read_organisations, suggest_roles
from hytegraph.loaders.links.town_graph import Material


@pytest.fixture(scope="module")
def links(kemi_material: Material, kemi_folder: Path) -> tuple[LinkAssertion, ...]:
    return suggest_roles(kemi_material, read_organisations(kemi_folder))


def of_kind(links: tuple[LinkAssertion, ...], kind: str) -> set[tuple[str, str]]:
    return {
        (link.subject.rsplit("/", 1)[-1], link.object.removeprefix("kemi:"))
        for link in links
        if link.kind == kind
    }


def test_the_head_of_a_sector_is_the_post_of_its_name(links: tuple[LinkAssertion, ...]) -> None:
    assert {("L1508", "post/hyvinvointijohtaja"), ("L1981", "post/perusturvajohtaja")} <= of_kind(links, ROLE)


def test_a_role_stays_a_role_where_no_document_names_the_post(links: tuple[LinkAssertion, ...]) -> None:
    assert not {post for _, post in of_kind(links, ROLE) if "elinvoima" in post}
    assert all(link.cue.casefold() == "toimialajohtaja" for link in links if link.kind == ROLE)


def test_a_post_is_in_the_sector_whose_tables_alone_name_it(links: tuple[LinkAssertion, ...]) -> None:
    placed = of_kind(links, POST)
    assert ("tyollisyyspaallikko", "unit/elinvoimatoimiala") in placed
    assert ("tyollisyyspaallikko", "unit/elinvoimatoimiala/yrittajyyden-tyollisyyden-edistaminen") in placed


def test_partners_stand_with_the_measure_or_realisation_that_names_them(
    links: tuple[LinkAssertion, ...],
) -> None:
    found = of_kind(links, COLLABORATOR)
    assert {("L1719-1", "organisation/digipolis-oy"), ("L89", "organisation/yhdessa-ry")} <= found
    assert all(link.cue for link in links if link.kind == COLLABORATOR)


def test_a_list_of_organisations_with_other_columns_is_refused(tmp_path: Path) -> None:
    (tmp_path / "organisations.csv").write_text("name\nDigipolis\n", encoding="utf-8")
    with pytest.raises(TableError, match="the columns are not"):
        read_organisations(tmp_path)
    assert read_organisations(tmp_path / "elsewhere") == ()
