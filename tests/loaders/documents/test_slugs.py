"""A thing keeps its slug whatever becomes of its wording."""

from pathlib import Path

import pytest

from hytegraph.graph.errors import TableError
from hytegraph.graph.finnish.folding import wording_key
from hytegraph.loaders.documents.slugs import Registry, Slug, read_registry, write_registry


def test_wordings_that_differ_in_signs_and_case_only_are_one_thing() -> None:
    registry = Registry(mints=True)
    slug = registry.slug("goal", "2026", "Sujuva arki.")
    assert registry.slug("goal", "2026", "SUJUVA  ARKI") == slug == "sujuva-arki"
    assert wording_key("Hyvä- ja parempi.") == wording_key("hyväjaparempi")


def test_two_things_with_the_same_first_words_get_slugs_of_their_own() -> None:
    registry = Registry(mints=True)
    wordings = ["yksi kaksi kolme neljä viisi kuusi", "yksi kaksi kolme neljä viisi seitsemän"]
    assert [registry.slug("goal", "2026", wording) for wording in wordings] == [
        "yksi-kaksi-kolme-nelja-viisi",
        "yksi-kaksi-kolme-nelja-viisi-2",
    ]


def test_slugs_are_unique_within_type_and_scope() -> None:
    registry = Registry(mints=True)
    assert {registry.slug(type_, scope, "Arki") for type_ in ("aim", "goal") for scope in ("2026", "")} == {
        "arki"
    }


def test_a_new_wording_registered_with_the_old_slug_keeps_it() -> None:
    registry = Registry([Slug("goal", "2026", "sujuva-arki", "Sujuva arki")])
    registry = Registry([*registry, Slug("goal", "2026", "sujuva-arki", "Arki sujuu kaikilla")])
    assert registry.slug("goal", "2026", "Arki sujuu kaikilla") == "sujuva-arki"
    registry.show("goal", "2026", "Arki sujuu kaikilla")
    registry.show("goal", "2026", "Sujuva arki")
    assert registry.label("goal", "2026", "Arki sujuu kaikilla") == "Arki sujuu kaikilla"
    assert registry.label("goal", "2026", "Sujuva arki") == "Arki sujuu kaikilla"


def test_a_wording_without_a_slug_is_refused_once_the_slugs_are_minted() -> None:
    with pytest.raises(KeyError):
        Registry().slug("goal", "2026", "Sujuva arki")


def test_a_registry_is_written_sorted_and_read_back(tmp_path: Path) -> None:
    slugs = [Slug("goal", "b", "y", "Ylä, ala"), Slug("aim", "", "x", 'Sanottu "näin"')]
    write_registry(tmp_path, Registry(slugs))
    assert list(read_registry(tmp_path)) == sorted(slugs, key=lambda slug: slug.type)


def test_a_folder_without_a_registry_has_an_empty_one(tmp_path: Path) -> None:
    assert list(read_registry(tmp_path)) == []


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"type,slug\n", 1),
        (b"type,scope,slug,wording\ngoal,2026,arki\n", 2),
        ("type,scope,slug,wording\ngoal,2026,a,ä\n".encode("latin-1"), None),
    ],
)
def test_a_broken_registry_is_refused_with_its_line(data: bytes, line: int | None, tmp_path: Path) -> None:
    (tmp_path / "registry.csv").write_bytes(data)
    with pytest.raises(TableError) as caught:
        read_registry(tmp_path)
    assert (caught.value.table, caught.value.line) == ("registry.csv", line)
