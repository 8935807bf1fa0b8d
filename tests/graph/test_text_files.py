"""Text files are read in one way: encodings, line ends and control characters."""

import pytest

from hytegraph.graph.text_files import decode, normalise

WORDS = "Hyvä arki\nÄiti ja öljy – 5 €\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_is_read_whether_it_is_marked_or_not(encoding: str) -> None:
    assert decode(WORDS.encode(encoding))[0] == WORDS


@pytest.mark.parametrize("mark", [b"\xff\xfe", b"\xfe\xff"])
def test_both_byte_orders_are_read(mark: bytes) -> None:
    name = "utf-16-le" if mark == b"\xff\xfe" else "utf-16-be"
    assert decode(mark + WORDS.encode(name)) == (WORDS, name)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (WORDS.encode("utf-16-le"), "UTF-16 without a byte order mark; save it as UTF-8"),
        (b"%PDF-1.7\x00\x01 and much more", "binary"),
        (b"\xff\xfea", "UTF-16-LE and is none"),
        (b"yksi\n\xe4iti\n", "line 2 is not UTF-8"),
    ],
)
def test_what_is_no_unicode_text_is_refused_with_its_reason(data: bytes, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        decode(data)


@pytest.mark.parametrize(
    "end", ["\r\n", "\r", "\v", "\x85", "\u2028", "\u2029", "\f"], ids=lambda end: f"U+{ord(end[0]):04X}"
)
def test_every_line_end_is_a_line_feed(end: str) -> None:
    assert normalise(f"yksi{end}kaksi") == "yksi\nkaksi"


@pytest.mark.parametrize("text", ["yksi\n\fkaksi", "\fyksi\nkaksi", "yksi\f\nkaksi", "yksi\r\n\f\fkaksi"])
def test_a_page_break_at_a_line_end_moves_no_line(text: str) -> None:
    assert normalise(text) == "yksi\nkaksi"


def test_letters_of_two_characters_become_one() -> None:
    assert normalise("A\u0308iti ja o\u0308ljy") == "Äiti ja öljy"


@pytest.mark.parametrize("hidden", ["\u200b", "\u202e", "\u2066", "\ufeff"])
def test_characters_that_nobody_sees_are_dropped(hidden: str) -> None:
    assert normalise(f"040 {hidden}123 4567") == "040 123 4567"


@pytest.mark.parametrize("control", ["\x01", "\x08", "\x1b", "\x7f", "\x9f", "\uffff"])
def test_another_control_character_is_refused_with_its_line(control: str) -> None:
    with pytest.raises(ValueError, match=rf"line 2 .*U\+{ord(control):04X}"):
        normalise(f"yksi\nka{control}ksi\n")


def test_tabs_soft_hyphens_and_no_break_spaces_stay() -> None:
    assert normalise("a\tb\u00adc\u00a0d") == "a\tb\u00adc\u00a0d"
