"""A limit of requests per client: a token bucket each, kept in memory only, under a keyed hash of the client."""

import hmac
import math
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv6Address, ip_address

from hytegraph.server.http.exchange import HttpRequest
from hytegraph.server.http.problems import Problem, ProblemError

# Monitoring must get its answer in any case.
EXEMPT = ("/healthz", "/readyz", "/metrics", "/.well-known/security.txt")
MOST_CLIENTS = 20_000
# Made anew with each start, so that what is in memory cannot be compared with anything.
_SALT = secrets.token_bytes(16)


@dataclass(slots=True)
class _Bucket:
    tokens: float
    filled: float


class RateLimiter:
    """Buckets of `burst` tokens that fill at `rate` a minute; safe to use from several threads."""

    def __init__(self, rate: float, burst: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._per_minute = rate
        self._rate = rate / 60
        self._burst = burst
        self._clock = clock
        self._lock = threading.Lock()
        self._buckets: OrderedDict[bytes, _Bucket] = OrderedDict()

    def wait(self, client: bytes) -> float:
        """Take a token of the client: 0, or the seconds until there is one again."""
        now = self._clock()
        with self._lock:
            bucket = self._buckets.pop(client, None) or _Bucket(self._burst, now)
            bucket.tokens = min(self._burst, bucket.tokens + (now - bucket.filled) * self._rate)
            bucket.filled = now
            self._buckets[client] = bucket
            while len(self._buckets) > MOST_CLIENTS:
                self._buckets.popitem(last=False)
            if bucket.tokens >= 1:
                bucket.tokens -= 1
                return 0.0
            return (1 - bucket.tokens) / self._rate

    def admit(self, request: HttpRequest) -> None:
        """Take a token of the client that asks; raises ProblemError (429) where there is none."""
        if request.path in EXEMPT:
            return
        seconds = math.ceil(self.wait(hmac.digest(_SALT, request.client.encode(), "sha256")))
        if seconds:
            rate = self._per_minute
            detail = f"More than {rate} requests a minute came from you. Wait {seconds} s; for everything, take a dump."
            raise ProblemError(Problem(429, "too-many-requests", detail, limit=rate, retry_after=seconds))


def client_of(address: str, headers: Mapping[str, str], proxy_header: str) -> str:
    """Who asks: the last entry of the trusted header, which the proxy itself wrote, or the other end of the line."""
    forwarded = headers.get(proxy_header.lower(), "") if proxy_header else ""
    return client_group(forwarded.rpartition(",")[2].strip() or address)


@lru_cache(maxsize=1024)
def client_group(address: str) -> str:
    """The address, of IPv6 its /64 network, which is one household's or one machine's.

    >>> client_group("2001:db8::1:2:3:4"), client_group("192.0.2.7")
    ('2001:db8::', '192.0.2.7')
    """
    try:
        parsed = ip_address(address)
    except ValueError:
        return address[:64]
    if isinstance(parsed, IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return str(IPv6Address(int(parsed) >> 64 << 64))
    return str(parsed)
