"""How much a word weighs in an entry."""

from hytegraph.graph.search.postings import WEIGHT_UNIT, PostingsWriter


def test_a_word_said_once_in_an_entry_of_usual_length_weighs_one() -> None:
    assert PostingsWriter._weight(1.0, 1.0) == round(1 / WEIGHT_UNIT)


def test_a_word_weighs_more_the_oftener_it_is_said_and_less_the_longer_the_entry_is() -> None:
    once, twice, often = (PostingsWriter._weight(uses, 1.0) for uses in (1.0, 2.0, 100.0))

    assert once < twice < often
    assert often < 3 * once, "it is soon said often enough"
    assert PostingsWriter._weight(1.0, 3.0) < once < PostingsWriter._weight(1.0, 0.3)
