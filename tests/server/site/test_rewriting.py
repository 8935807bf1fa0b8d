"""A page of the service becomes one of the site: what leads where, and what says that it needs the service."""

from hytegraph.server.site.locations import Location
from hytegraph.server.site.rewriting import Rewriter, Target, page_of

TARGETS = {
    "/": Target(is_page=True, media_type="text/html"),
    "/gaps": Target(is_page=True, media_type="text/html"),
    "/search": Target(is_page=True, media_type="text/html"),
    "/gaps.csv": Target(is_page=False, media_type="text/csv"),
    "/checks": Target(is_page=False, media_type="", moved="/gaps#checks"),
}
GAPS, DEEP = page_of(Location("/gaps"), "sv"), page_of(Location("/page/id/kemi/a"), "fi")


def rewritten(text: str, service: str = "") -> str:
    return Rewriter(TARGETS, service).page(text, GAPS)


def test_links_lead_to_pages_in_the_same_language_from_wherever_the_site_stands() -> None:
    assert rewritten('<a href="/" rel="home">x</a>') == '<a href="../../sv/" rel="home">x</a>'
    assert rewritten('<a href="?lang=fi">x</a>') == '<a href="../../gaps/">x</a>'
    assert (
        rewritten('<a href="/gaps.csv" type="text/csv">x</a>')
        == '<a href="../../gaps.csv" type="text/csv">x</a>'
    )
    assert rewritten('<a href="#files">x</a>') == '<a href="#files">x</a>'
    assert rewritten('<a href="https://kemi.fi/">x</a>') == '<a href="https://kemi.fi/">x</a>'
    assert Rewriter(TARGETS).address("/gaps?lang=en#a", DEEP) == "../../../../en/gaps/#a"


def test_an_address_that_leads_on_is_led_on_in_the_link() -> None:
    assert rewritten('<a href="/checks">x</a>') == '<a href="../../sv/gaps/#checks">x</a>'


def test_a_link_that_only_the_service_can_follow_becomes_words_that_say_so() -> None:
    changed = rewritten('<a class="action" href="/gaps?sort=-n" lang="fi" rel="nofollow">x</a>')

    assert changed.startswith('<span class="action" lang="fi" title="Detta kräver tjänsten hytegraph')
    assert changed.endswith(">x</span>")


def test_a_link_in_a_drawing_that_only_the_service_can_follow_stays_a_part_of_the_drawing() -> None:
    line = '<a href="/sparql?query=ASK"><tspan fill="#000" text-decoration="underline">mål</tspan></a>'

    assert (
        rewritten(f"<svg><text>{line}</text></svg>")
        == '<svg><text><tspan fill="#000">mål</tspan></text></svg>'
    )


def test_a_form_becomes_words_but_that_of_the_search_stays() -> None:
    assert "<form" not in rewritten('<form action="/gaps"><input name="words"></form>')
    assert 'action="../../sv/search/"' in rewritten('<form action="/search"><input name="q"></form>')


def test_with_a_running_service_the_page_leads_there() -> None:
    service = "https://hyte.example.org/"

    assert 'href="https://hyte.example.org/gaps?sort=-n"' in rewritten('<a href="?sort=-n">x</a>', service)
    assert 'href="https://hyte.example.org/gaps"' in rewritten('<form action="/gaps"></form>', service)


def test_the_policy_of_the_service_stands_in_the_page_and_no_other_script() -> None:
    page = rewritten('<html lang="sv"><meta charset="utf-8"><script src="/static/search.js" defer></script>')

    assert "default-src 'none'" in page.replace("&#x27;", "'")
    assert "frame-ancestors" not in page
    assert "/static/search.js" not in page
    assert '<script src="../../static/site.js" defer></script>' in page
