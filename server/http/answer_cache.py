"""The answers used last, within a number of bytes, found again by what their `Vary` names."""

import threading
from collections import Counter, OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field

from hytegraph.server.http.compression import IDENTITY, encode

_OVERHEAD = 1000
Variant = tuple[bytes, tuple[str, ...]]


@dataclass(slots=True, eq=False)
class KeptAnswer:
    """An answer: its headers, its bodies by content coding, its entity tag without the coding, its rows, its route.

    `variant` is the key that it is kept under; None when it is not kept, or no longer.
    """

    headers: tuple[tuple[str, str], ...]
    tag: str
    rows: int | None
    bodies: dict[str, bytes] = field(default_factory=dict)
    route: str = "-"
    variant: Variant | None = None

    @property
    def size(self) -> int:
        """The bytes it takes, roughly."""
        return _OVERHEAD + sum(len(body) for body in self.bodies.values())


class ResultCache:
    """The answers used last, within a number of bytes; safe to use from several threads."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.size = 0
        self.counts: Counter[str] = Counter()
        self._lock = threading.Lock()
        self._kept: OrderedDict[Variant, KeptAnswer] = OrderedDict()
        self._vary: dict[bytes, tuple[str, ...]] = {}
        self._variants: Counter[bytes] = Counter()

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: bytes, wishes: Mapping[str, str]) -> KeptAnswer | None:
        """The answer for a request with these wishes, None where it is not kept."""
        vary = self._vary.get(key)
        variant = None if vary is None else _variant(key, vary, wishes)
        with self._lock:
            kept = None if variant is None else self._kept.get(variant)
            self.counts["misses" if kept is None else "hits"] += 1
            if kept is not None and variant is not None:
                self._kept.move_to_end(variant)
            return kept

    def put(self, key: bytes, vary: tuple[str, ...], wishes: Mapping[str, str], kept: KeptAnswer) -> None:
        """Keep an answer, if it takes no more than a quarter of the room; the ones not used longest go."""
        if kept.size > self.limit // 4:
            return
        with self._lock:
            before = self._vary.get(key, ())
            # A header that one answer of an address varies by may matter to all of them.
            merged = before if set(vary) <= set(before) else tuple(sorted({*before, *vary}))
            self._vary[key] = merged
            kept.variant = _variant(key, merged, wishes)
            old = self._kept.pop(kept.variant, None)
            self.size += kept.size - (old.size if old else 0)
            if old:
                old.variant = None
            self._variants[key] += old is None
            self._kept[kept.variant] = kept
            self._shrink()

    def touch(self, kept: KeptAnswer) -> bool:
        """Whether an answer is still kept; it is then as if just used."""
        with self._lock:
            if kept.variant is None:
                return False
            self._kept.move_to_end(kept.variant)
            self.counts["hits"] += 1
            return True

    def encoded(self, kept: KeptAnswer, coding: str) -> bytes:
        """The body in a coding, compressed once."""
        encoded = kept.bodies.get(coding)
        if encoded is not None:
            return encoded
        body = encode(kept.bodies[IDENTITY], coding)
        with self._lock:
            if kept.variant is not None and coding not in kept.bodies:
                self.size += len(body)
            kept.bodies[coding] = body
            self._shrink()
        return body

    def _shrink(self) -> None:
        while self.size > self.limit and self._kept:
            (key, _), oldest = self._kept.popitem(last=False)
            self.size -= oldest.size
            self.counts["evictions"] += 1
            self._variants[key] -= 1
            if not self._variants[key]:
                del self._variants[key], self._vary[key]
            oldest.variant = None


def _variant(key: bytes, vary: tuple[str, ...], wishes: Mapping[str, str]) -> Variant:
    return key, tuple([wishes[name] for name in vary])
