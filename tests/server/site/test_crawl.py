"""What is visited next: each page once, each form of data, one town after the other."""

from hytegraph.server.site.crawl import _fresh, _kind, draft_name
from hytegraph.server.site.locations import Location


def test_a_page_in_two_languages_is_visited_once_and_data_in_each() -> None:
    pages = [Location("/plans"), Location("/plans", is_spoken=True)]
    data = [Location("/figures.csv"), Location("/figures.csv", is_spoken=True)]

    assert len(_fresh(pages, set())) == 1
    assert _fresh(data, set()) == data


def test_what_is_known_is_not_visited_again_and_what_is_fresh_is_known_then() -> None:
    known = {Location("/plans").name}

    assert _fresh([Location("/plans"), Location("/gaps")], known) == [Location("/gaps")]
    assert _fresh([Location("/plans"), Location("/gaps")], known) == []


def test_one_town_comes_after_the_other_whether_the_address_is_of_a_thing_or_a_list() -> None:
    mixed = [Location(path) for path in ("/trace/id/b/goal/1", "/a/plans", "/b/gaps", "/trace/id/a/goal/1")]

    assert [location.path for location in _fresh(mixed, set())] == [
        "/a/plans",
        "/trace/id/a/goal/1",
        "/b/gaps",
        "/trace/id/b/goal/1",
    ]


def test_addresses_of_one_kind_have_their_first_word_their_kind_of_thing_and_their_parameters_in_common() -> (
    None
):
    one = _kind(Location("/trace/id/a/goal/1"))

    assert one == _kind(Location("/trace/id/b/goal/2"))
    assert one != _kind(Location("/trace/id/a/measure/1"))
    assert one != _kind(Location("/page/id/a/goal/1"))
    assert _kind(Location("/plans", (("page", "2"),))) == _kind(Location("/plans", (("page", "3"),)))
    assert _kind(Location("/plans", (("page", "2"),))) != _kind(Location("/plans"))


def test_a_draft_has_a_name_of_its_own_in_each_language() -> None:
    names = {draft_name(key, language) for key in ("/plans", "/gaps") for language in ("fi", "sv")}

    assert len(names) == 4
    assert all(name.split("/")[0] in ("fi", "sv") and name.endswith(".html") for name in names)
