"""A limit of requests per client: a token bucket each, kept in memory only, under a keyed hash of the address."""

import hmac
import math
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address

from flask import Flask, current_app, request

from hytegraph.server.context import settings
from hytegraph.server.http.problems import Problem, ProblemError

EXTENSION = "hytegraph.ratelimit"
# Those who watch the service must hear from it in any case.
EXEMPT = ("/healthz", "/readyz", "/metrics", "/.well-known/security.txt")
MOST_CLIENTS = 20_000


@dataclass(slots=True)
class _Bucket:
    tokens: float
    filled: float


class RateLimiter:
    """Buckets of `burst` tokens that fill at `rate` a minute; safe to use from several threads."""

    def __init__(self, rate: float, burst: int, clock: Callable[[], float] = time.monotonic) -> None:
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


def install(app: Flask, rate: int, burst: int) -> None:
    """Limit the clients of an application; a rate of 0 sets no limit."""
    if rate:
        app.extensions[EXTENSION] = RateLimiter(rate, burst)
        app.before_request(_limit)


def _limit() -> None:
    if request.path in EXEMPT:
        return
    limiter: RateLimiter = current_app.extensions[EXTENSION]
    seconds = math.ceil(limiter.wait(_client()))
    if seconds:
        rate = settings().rate_limit
        detail = f"More than {rate} requests a minute came from you. Wait {seconds} s; for everything, take a dump."
        raise ProblemError(Problem(429, "too-many-requests", detail, limit=rate, retry_after=seconds))


# Made anew with each start, so that what is in memory cannot be compared with anything.
_SALT = secrets.token_bytes(16)


def _client() -> bytes:
    """Who asks: the last entry of the trusted header, which the proxy itself wrote, or the other end of the line."""
    name = settings().proxy_header
    said = request.headers.get(name, "") if name else ""
    address = said.rpartition(",")[2].strip() or request.remote_addr or ""
    return hmac.digest(_SALT, client_group(address).encode(), "sha256")


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
