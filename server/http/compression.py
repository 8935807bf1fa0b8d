"""Content codings: which one a client gets (RFC 9110, 12.5.3), and bodies written in it.

zstd is first because it costs a seventh of gzip's time at gzip's size, brotli because it is smallest at gzip's time.
"""

import gzip
import sys
from collections.abc import Callable, Mapping
from functools import lru_cache

import brotli

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

IDENTITY = "identity"
# Below this a compressed body and its header are no smaller.
SMALLEST = 300
_TEXTUAL = (
    "text/",
    "application/json",
    "application/xml",
    "image/svg+xml",
    "application/n-",
    "application/trig",
)
_WRITERS: Mapping[str, Callable[[bytes], bytes]] = {
    "zstd": lambda body: zstd.compress(body, 3),
    "br": lambda body: bytes(brotli.compress(body, quality=4)),
    # Without a time stamp the same body gives the same bytes.
    "gzip": lambda body: gzip.compress(body, 5, mtime=0),
}
CODINGS = (*_WRITERS, IDENTITY)


@lru_cache(maxsize=256)
def choose_coding(header: str | None) -> str:
    """The coding that the Accept-Encoding header likes best, the faster one on a tie; identity where there is none.

    >>> choose_coding("gzip, deflate, br, zstd"), choose_coding("gzip;q=0.2, identity;q=0.9"), choose_coding("*;q=0")
    ('zstd', 'identity', 'identity')
    """
    if not header:
        return IDENTITY
    wishes = _wishes(header)
    # identity is acceptable unless it is refused, and then less wanted than what is named.
    others = wishes.get("*", 0.0)
    qualities = {coding: wishes.get(coding, others) for coding in _WRITERS}
    qualities[IDENTITY] = wishes.get(IDENTITY, 0.0)
    best = max(CODINGS, key=lambda coding: qualities[coding])
    return best if qualities[best] > 0 else IDENTITY


def encode(body: bytes, coding: str) -> bytes:
    """The body in that coding; KeyError for a coding that is not offered."""
    return body if coding == IDENTITY else _WRITERS[coding](body)


def is_compressible(content_type: str, size: int) -> bool:
    """Whether a body of that type and size becomes smaller."""
    media_type = content_type.partition(";")[0].strip().lower()
    return size >= SMALLEST and (media_type.startswith(_TEXTUAL) or media_type.endswith(("+json", "+xml")))


def _wishes(header: str) -> dict[str, float]:
    wishes: dict[str, float] = {}
    for part in header.split(","):
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        quality = 1.0
        for parameter in parameters:
            key, _, value = parameter.partition("=")
            if key.strip() == "q":
                quality = _quality(value)
        # gzip's old name, still valid (RFC 9110, 8.4.1.3).
        wishes["gzip" if name == "x-gzip" else name] = quality
    return wishes


def _quality(value: str) -> float:
    """A quality between 0 and 1; what is none refuses the coding, as sending plain text is always safe."""
    try:
        quality = float(value)
    except ValueError:
        return 0.0
    return quality if 0.0 <= quality <= 1.0 else 0.0
