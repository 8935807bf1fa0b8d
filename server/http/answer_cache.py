"""The answers used last, within a number of bytes, found again by what their `Vary` names."""

import threading
from collections import Counter, OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b

from hytegraph.graph.evaluation.question import Question
from hytegraph.server.http.compression import IDENTITY, encode
from hytegraph.server.sparql.protocol import ProtocolRequest

_OVERHEAD = 1000


@dataclass(slots=True)
class Kept:
    """An answer: its headers, its bodies by content coding, its entity tag without the coding, its rows."""

    headers: tuple[tuple[str, str], ...]
    tag: str
    rows: int | None
    bodies: dict[str, bytes] = field(default_factory=dict)
    primary: bytes = b""
    variant: bytes = b""

    @property
    def size(self) -> int:
        """The bytes it takes, roughly."""
        return _OVERHEAD + sum(len(body) for body in self.bodies.values())


@dataclass(frozen=True, slots=True)
class Answered:
    """A kept answer, and the request that it answered: for who answers requests like it, and for the log.

    `question`, `operation` and `form` are there where a query was evaluated; `origin` is the data's checksum with the
    address of the service, and `wishes` are the headers that answers vary by.
    """

    kept: Kept
    coding: str
    route: str
    path: str
    mimetype: str
    query: str | None
    origin: str
    wishes: Mapping[str, str]
    operation: ProtocolRequest | None = None
    question: Question | None = None
    form: str | None = None


class ResultCache:
    """The answers used last, within a number of bytes; safe to use from several threads."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.size = 0
        self.counts: Counter[str] = Counter()
        self._lock = threading.Lock()
        self._kept: OrderedDict[bytes, Kept] = OrderedDict()
        self._vary: dict[bytes, tuple[str, ...]] = {}
        self._variants: Counter[bytes] = Counter()

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, primary: bytes, wishes: Mapping[str, str]) -> Kept | None:
        """The answer for a request with these wishes, None where it is not kept."""
        with self._lock:
            vary = self._vary.get(primary)
            key = _variant(primary, vary, wishes) if vary is not None else b""
            kept = self._kept.get(key)
            self.counts["misses" if kept is None else "hits"] += 1
            if kept is not None:
                self._kept.move_to_end(key)
            return kept

    def put(self, primary: bytes, vary: tuple[str, ...], wishes: Mapping[str, str], kept: Kept) -> None:
        """Keep an answer, if it takes no more than a quarter of the room; the ones not used longest go."""
        if kept.size > self.limit // 4:
            return
        with self._lock:
            known = self._vary.get(primary, ())
            # What varies in one answer of an address may vary in all of them.
            self._vary[primary] = tuple(sorted({*known, *vary}))
            key = _variant(primary, self._vary[primary], wishes)
            kept.primary, kept.variant = primary, key
            old = self._kept.pop(key, None)
            self.size += kept.size - (old.size if old else 0)
            if old:
                old.primary = b""
            self._variants[primary] += old is None
            self._kept[key] = kept
            self._shrink()

    def holds(self, primary: bytes, wishes: Mapping[str, str]) -> bool:
        """Whether there is an answer for a request with these wishes; asking counts as nothing."""
        vary = self._vary.get(primary)
        return vary is not None and _variant(primary, vary, wishes) in self._kept

    def touch(self, kept: Kept) -> bool:
        """Whether an answer is still kept; it is then as if just asked for."""
        with self._lock:
            if not kept.primary:
                return False
            self._kept.move_to_end(kept.variant)
            self.counts["hits"] += 1
            return True

    def encoded(self, kept: Kept, coding: str) -> bytes:
        """The body in a coding, compressed once."""
        found = kept.bodies.get(coding)
        if found is not None:
            return found
        body = encode(kept.bodies[IDENTITY], coding)
        with self._lock:
            if kept.primary and coding not in kept.bodies:
                self.size += len(body)
            kept.bodies[coding] = body
            self._shrink()
        return body

    def _shrink(self) -> None:
        while self.size > self.limit and self._kept:
            _, gone = self._kept.popitem(last=False)
            self.size -= gone.size
            self.counts["evictions"] += 1
            self._variants[gone.primary] -= 1
            if not self._variants[gone.primary]:
                del self._variants[gone.primary], self._vary[gone.primary]
            gone.primary = b""


def _variant(primary: bytes, vary: tuple[str, ...], wishes: Mapping[str, str]) -> bytes:
    return blake2b(primary + "\n".join(wishes[name] for name in vary).encode(), digest_size=16).digest()
