"""Numbers as the reader's language writes them."""

from decimal import ROUND_HALF_UP, Decimal

from hytegraph.server.text.messages import Language

_SPACE, _MINUS = "\u00a0", "\u2212"


def number(value: Decimal, language: Language, *, places: int | None = None, signed: bool = False) -> str:
    """The number in groups of three, rounded to `places` decimals where they are given; `signed` shows a plus too.

    >>> number(Decimal("-1234.50"), "fi").replace(_SPACE, " ").replace(_MINUS, "-")
    '-1 234,5'
    >>> number(Decimal("214316"), "en", signed=True)
    '+214,316'
    """
    if places is not None:
        value = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    whole, _, decimals = f"{abs(value):,f}".partition(".")
    decimals = decimals.rstrip("0")
    group, point = (",", ".") if language == "en" else (_SPACE, ",")
    sign = _MINUS if value < 0 else "+" if signed and value > 0 else ""
    return sign + whole.replace(",", group) + (point + decimals if decimals else "")


def percent(share: Decimal, language: Language, *, signed: bool = False) -> str:
    """A share of one as a percentage with at most one decimal.

    >>> percent(Decimal("0.1234"), "en", signed=True)
    '+12.3%'
    """
    written = number(share * 100, language, places=1, signed=signed)
    return written + ("%" if language == "en" else f"{_SPACE}%")
