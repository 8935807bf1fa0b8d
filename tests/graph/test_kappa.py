"""Cohen's kappa, against an example calculated by hand."""

import pytest

from hytegraph.graph.kappa import cohens_kappa


def pairs(**counts: int) -> list[tuple[str, str]]:
    return [(name[0], name[1]) for name, count in counts.items() for _ in range(count)]


def test_kappa_is_what_it_is_by_hand() -> None:
    # Of 50: both yes 20, both no 15, yes/no 5, no/yes 10. Alike 35/50 = 0.7; the first says yes to 25, the other to 30,
    # so chance gives 0.5 * 0.6 + 0.5 * 0.4 = 0.5, and kappa is (0.7 - 0.5) / (1 - 0.5) = 0.4.
    found = cohens_kappa(pairs(yy=20, nn=15, yn=5, ny=10))
    assert (found.items, found.agreed, found.observed) == (50, 35, 0.7)
    assert found.chance == pytest.approx(0.5)
    assert found.value == pytest.approx(0.4)


def test_three_labels_are_weighed_each_by_its_own_share() -> None:
    # Alike 6/8; shares a 4/8 and 4/8, b 2/8 and 3/8, c 2/8 and 1/8: chance (16 + 6 + 2) / 64 = 0.375.
    found = cohens_kappa(pairs(aa=3, ab=1, bb=2, ca=1, cc=1))
    assert found.chance == pytest.approx(24 / 64)
    assert found.value == pytest.approx((0.75 - 0.375) / 0.625)


def test_full_agreement_is_one_and_the_opposite_is_below_zero() -> None:
    assert cohens_kappa(pairs(yy=2, nn=2)).value == 1
    assert cohens_kappa(pairs(yn=2, ny=2)).value == -1


def test_kappa_says_nothing_of_one_label_or_of_nothing() -> None:
    assert cohens_kappa(pairs(yy=9)).value is None
    assert cohens_kappa([]).value is None
