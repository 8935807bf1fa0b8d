from hytegraph.server.pages.search.excerpts import excerpt, marked


def test_a_short_text_is_shown_whole() -> None:
    assert excerpt("Koulujen pihat", {"koulujen"}) == "Koulujen pihat"


def test_a_long_text_is_shown_in_whole_words_around_the_first_word_that_was_looked_for() -> None:
    text = "sana " * 100 + "koulujen pihat " + "sana " * 100

    shown = excerpt(text, {"koulujen"})

    assert shown.startswith("… sana")
    assert shown.endswith("sana …")
    assert "koulujen pihat" in shown
    assert len(shown) < 300


def test_a_long_word_without_a_space_is_cut() -> None:
    assert len(excerpt("a" * 1000, set())) < 300


def test_only_words_in_the_forms_are_marked() -> None:
    assert marked("Koulu, koulutus ja TA:n koulu", {"koulu", "ta"}) == (
        ("Koulu", True),
        (", koulutus ja ", False),
        ("TA:n", True),
        (" ", False),
        ("koulu", True),
    )
