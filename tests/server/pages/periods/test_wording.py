from hytegraph.server.pages.periods.wording import compare


def told(earlier: str, later: str) -> list[tuple[str, str]]:
    return [(run.kind, run.text) for run in compare(earlier, later).runs]


def test_words_that_changed_are_told_from_those_that_stayed() -> None:
    assert told("Rakennamme uuden puiston", "Rakennamme suuren puiston") == [
        ("same", "Rakennamme"),
        ("gone", "uuden"),
        ("added", "suuren"),
        ("same", "puiston"),
    ]


def test_case_punctuation_and_space_are_no_change() -> None:
    changes = compare("Sujuva  arki!", "sujuva arki")

    assert changes.is_same
    assert [run.text for run in changes.runs] == ["sujuva arki"]


def test_every_word_of_both_wordings_is_there_once() -> None:
    earlier, later = "a b c d e f", "c x d a f"
    runs = compare(earlier, later).runs

    assert " ".join(run.text for run in runs if run.kind != "added").split() == earlier.split()
    assert " ".join(run.text for run in runs if run.kind != "gone").split() == later.split()


def test_wordings_without_a_third_in_common_are_not_alike() -> None:
    assert compare("yksi kaksi kolme", "yksi kaksi neljä").is_alike
    assert not compare("yksi kaksi kolme neljä", "yksi viisi kuusi seitsemän").is_alike


def test_the_empty_wording_is_all_added() -> None:
    assert told("", "Uusi asia") == [("added", "Uusi asia")]
