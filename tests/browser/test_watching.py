"""The watch over the pages sees what it is there for."""

import pytest

from tests.browser.visiting import Visitor

CASES = {
    "an error on the console": ("console.error('broken')", "console: broken"),
    "an error of a script": ("setTimeout(() => { throw new Error('broken') })", "error on the page: broken"),
    "a style that the policy forbids": ("document.body.setAttribute('style', 'color: red')", "console: "),
    "an answer that failed": ("new Image().src = '/static/none.svg'", "404 for "),
}


@pytest.mark.parametrize("case", CASES)
def test_a_page_is_at_fault_for(visitor: Visitor, case: str) -> None:
    script, fault = CASES[case]
    page = visitor.visit("/about")

    watch = visitor.watch(page)
    page.evaluate(script)
    for _ in range(200):
        if not watch.faults:
            page.wait_for_timeout(50)

    assert [each[: len(fault)] for each in watch.faults] == [fault]
    watch.faults.clear()


def test_a_page_is_at_fault_for_a_request_to_another_host(visitor: Visitor) -> None:
    page = visitor.visit("/about")

    with pytest.raises(Exception, match="ERR_"):
        page.goto("http://example.org/")

    watch = visitor.watch(page)
    assert watch.faults == ["asked another host: http://example.org/"]
    watch.faults.clear()


def test_a_failure_that_is_expected_is_no_fault(visitor: Visitor) -> None:
    page = visitor.visit("/no-such-page", status=404)

    assert visitor.watch(page).faults == []


def test_a_page_weighs_what_it_takes_over_the_wire(visitor: Visitor) -> None:
    page = visitor.visit("/about")

    assert len(visitor.watch(page).requests) >= 2
    assert 1_000 < visitor.watch(page).weight() < 100_000
