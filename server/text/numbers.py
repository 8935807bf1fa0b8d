"""Numbers, dates and plural forms as the reader's language writes them, by the CLDR data of Babel."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal, format_percent

from hytegraph.graph.languages import Language

_LOCALES: dict[Language, Locale] = {
    "fi": Locale("fi", "FI"),
    "sv": Locale("sv", "FI"),
    "en": Locale("en", "GB"),
}
# The medium form of Swedish shortens the month and the short form of English is ambiguous.
_DATES: dict[Language, str] = {"fi": "short", "sv": "short", "en": "medium"}
_MINUS = "\u2212"


# Babel takes some 40 µs for a number, and the same ones come again.
@lru_cache(maxsize=20_000)
def number(value: Decimal, language: Language, *, places: int | None = None, signed: bool = False) -> str:
    """The number in groups of three, rounded to `places` decimals where they are given; `signed` shows a plus too.

    >>> number(Decimal("-1234.50"), "fi").replace("\\u00a0", " ").replace("\\u2212", "-")
    '-1 234,5'
    >>> number(Decimal("214316"), "en", signed=True)
    '+214,316'
    """
    value = value if places is None else _rounded(value, places)
    written = format_decimal(abs(value), locale=_LOCALES[language], decimal_quantization=False)
    return _sign(value, signed=signed) + written


def whole(value: int, language: Language) -> str:
    """A count in groups of three.

    >>> whole(26426, "en"), whole(5, "fi")
    ('26,426', '5')
    """
    return number(Decimal(value), language)


@lru_cache(maxsize=20_000)
def percent(share: Decimal, language: Language, *, signed: bool = False) -> str:
    """A share of one as a percentage with at most one decimal.

    >>> percent(Decimal("0.1234"), "en", signed=True)
    '+12.3%'
    """
    share = _rounded(share, 3)
    written = format_percent(abs(share), locale=_LOCALES[language], decimal_quantization=False)
    return _sign(share, signed=signed) + written


@lru_cache(maxsize=2_000)
def day(value: date, language: Language) -> str:
    """A date.

    >>> day(date(2023, 12, 4), "fi"), day(date(2023, 12, 4), "en")
    ('4.12.2023', '4 Dec 2023')
    """
    return format_date(value, _DATES[language], locale=_LOCALES[language])


def plural_form(count: int, language: Language) -> str:
    """The CLDR category of a count, such as `one` or `other`.

    >>> plural_form(1, "fi"), plural_form(0, "fi")
    ('one', 'other')
    """
    return str(_LOCALES[language].plural_form(count))


def _rounded(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _sign(value: Decimal, *, signed: bool) -> str:
    return _MINUS if value < 0 else "+" if signed and value > 0 else ""
