"""Content negotiation as a pure function of the Accept header and the offers (RFC 9110, 12.5.1)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from hytegraph.server.http.problems import not_acceptable

HTML, TEXT = "text/html", "text/plain"
Offer = TypeVar("Offer")


@dataclass(frozen=True, slots=True)
class _Range:
    kind: str
    subtype: str
    parameters: int
    quality: float

    def matches(self, kind: str, subtype: str) -> bool:
        return self.kind in ("*", kind) and self.subtype in ("*", subtype)

    @property
    def specificity(self) -> tuple[bool, bool, int]:
        return self.kind != "*", self.subtype != "*", self.parameters


def accepted(accept: str | None, offers: Mapping[str, Offer]) -> Offer:
    """What is offered under the media type that the header likes best; raises the 406 that lists the media types."""
    chosen = choose(accept, tuple(offers))
    if chosen is None:
        raise not_acceptable(tuple(offers))
    return offers[chosen]


def choose(accept: str | None, offers: Sequence[str]) -> str | None:
    """The offered media type that the header likes best, the earlier offer on a tie; None if it takes none of them.

    >>> choose("text/html, */*;q=0.1", ["text/turtle", "text/html"])
    'text/html'
    >>> choose("image/png", ["text/turtle"]) is None
    True
    """
    if accept is None or not accept.strip():
        return offers[0] if offers else None
    ranges = [parsed for part in accept.split(",") if (parsed := _parse(part)) is not None]
    best: str | None = None
    best_quality = 0.0
    for offer in offers:
        quality = _quality(offer, ranges)
        if quality > best_quality:
            best, best_quality = offer, quality
    return best


def _quality(offer: str, ranges: Sequence[_Range]) -> float:
    """The quality of the most specific range that matches, as the RFC says: a narrow refusal beats a wide consent."""
    kind, _, subtype = offer.split(";")[0].strip().lower().partition("/")
    matching = [each for each in ranges if each.matches(kind, subtype)]
    return max(matching, key=lambda each: (each.specificity, each.quality)).quality if matching else 0.0


def _parse(part: str) -> _Range | None:
    """A range of the header; None for what is not one, which is then as if it were not there."""
    pieces = [piece.strip() for piece in part.split(";")]
    kind, slash, subtype = pieces[0].lower().partition("/")
    # Java's URLConnection sends a lone star.
    if kind == "*" and not slash:
        subtype = "*"
    if not kind or not subtype or (kind == "*" and subtype != "*"):
        return None
    quality = 1.0
    parameters = 0
    for piece in pieces[1:]:
        name, _, value = piece.partition("=")
        if name.strip().lower() != "q":
            parameters += bool(name)
            continue
        try:
            quality = float(value)
        except ValueError:
            return None
        if not 0.0 <= quality <= 1.0:
            return None
    return _Range(kind, subtype, parameters, quality)
