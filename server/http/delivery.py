"""What every answer passes, whoever made it: rate limit, headers, cache, content coding, log line and metrics."""

from flask import Flask

from hytegraph.graph.store.dataset import Dataset
from hytegraph.server.http.access_log import AccessLog, Line
from hytegraph.server.http.answer_cache import KeptAnswer, ResultCache
from hytegraph.server.http.caching import (
    VARIED_BY,
    LanguageOf,
    Wishes,
    entity_tag,
    has_already,
    http_time,
    program_written,
    vary_names,
)
from hytegraph.server.http.compression import IDENTITY, choose_coding, encode, is_compressible
from hytegraph.server.http.exchange import Exchange, HttpAnswer
from hytegraph.server.http.headers import add_common_headers
from hytegraph.server.http.metrics import Meters
from hytegraph.server.http.rate_limit import RateLimiter
from hytegraph.server.settings import Settings

EXTENSION = "hytegraph.delivery"
_NOT_KEPT = ("Server-Timing", "Set-Cookie", "Content-Length", "Date")
_OF_BODY = ("Content-Type", "Content-Length", "Content-Encoding", "Content-Disposition")


class Delivery:
    """The way of all answers of one application; safe to use from several threads."""

    def __init__(self, settings: Settings, dataset: Dataset, language_of: LanguageOf) -> None:
        self.cache = ResultCache(settings.cache_bytes)
        self.meters = Meters()
        self.log = AccessLog(settings.access_log)
        origin = dataset.origin
        self.checksum = origin.checksum if origin else ""
        self._limiter = RateLimiter(settings.rate_limit, settings.rate_burst) if settings.rate_limit else None
        self._language_of = language_of
        self._is_immutable = dataset.is_immutable
        self._modified = int(max(origin.modified if origin else 0.0, program_written()))
        self._fresh = f"public, max-age={settings.max_age}"

    @classmethod
    def of(cls, app: Flask) -> "Delivery":
        """That of an application."""
        delivery: Delivery = app.extensions[EXTENSION]
        return delivery

    def admit(self, exchange: Exchange) -> None:
        """Count the request against its client's rate; raises ProblemError above it."""
        if self._limiter is not None:
            self._limiter.admit(exchange.request)

    def recall(self, exchange: Exchange) -> HttpAnswer | None:
        """The kept answer of the exchange's key, ready to be finished; None where there is none."""
        if exchange.key is None or not self._is_immutable:
            exchange.key = None
            return None
        kept = self.cache.get(exchange.key, Wishes(exchange.request, self._language_of))
        if kept is None:
            exchange.cache = "miss"
            return None
        exchange.cache, exchange.kept, exchange.rows, exchange.route = "hit", kept, kept.rows, kept.route
        return HttpAnswer(200, dict(kept.headers), kept.bodies[IDENTITY])

    def finish(self, exchange: Exchange, answer: HttpAnswer) -> Line:
        """Complete the answer: its headers and tag, keep and compress it, or say that the client has it; note it.

        The Server-Timing header is for who sends the answer, as late as possible.
        """
        if exchange.kept is None:
            add_common_headers(answer.headers, exchange.request)
        self._set_cache_control(exchange, answer)
        if answer.status == 200 and answer.body is not None:
            self._name_and_encode(exchange, answer)
        return self._note(exchange, answer)

    def _note(self, exchange: Exchange, answer: HttpAnswer) -> Line:
        """Count the answer and write its line."""
        told = 0 if answer.status == 304 else int(answer.headers.get("Content-Length", "0") or 0)
        size = told if answer.body is None else len(answer.body)
        line = Line.of(exchange, answer, size)
        self.meters.count(exchange.route, line.method, line.status, line.seconds, size)
        if exchange.worker:
            self.meters.evaluated(exchange.worker, exchange.rows)
        self.log.write(line)
        return line

    def _set_cache_control(self, exchange: Exchange, answer: HttpAnswer) -> None:
        if answer.status >= 400 or exchange.is_volatile or exchange.request.method == "OPTIONS":
            answer.headers["Cache-Control"] = "no-store"
        elif not self._is_immutable:
            # Another store may change at any time.
            answer.headers["Cache-Control"] = "no-cache"
        else:
            answer.headers.setdefault("Cache-Control", self._fresh)

    def _name_and_encode(self, exchange: Exchange, answer: HttpAnswer) -> None:
        if "no-store" in answer.headers.get("Cache-Control", ""):
            self._encode(exchange, answer, None)
            return
        kept = exchange.kept or self._keep(exchange, answer)
        coding = self._encode(exchange, answer, kept)
        request = exchange.request
        if not self._is_immutable or request.method not in ("GET", "HEAD", "QUERY"):
            return
        tag = kept.tag if coding == IDENTITY else f"{kept.tag}-{coding}"
        answer.headers["ETag"] = f'"{tag}"'
        answer.headers["Last-Modified"] = http_time(self._modified)
        if has_already(request, tag, self._modified):
            answer.status, answer.body = 304, b""
            for name in _OF_BODY:
                answer.headers.pop(name, None)

    def _keep(self, exchange: Exchange, answer: HttpAnswer) -> KeptAnswer:
        assert answer.body is not None
        headers = _joined(answer)
        request, key = exchange.request, exchange.key or exchange.request.path.encode()
        language = answer.headers.get("Content-Language", "")
        tag = entity_tag(key, answer.headers.get("Content-Type", ""), language, answer.body)
        kept = KeptAnswer(headers, tag, exchange.rows, {IDENTITY: answer.body}, exchange.route)
        vary = vary_names(answer.headers.get("Vary", ""))
        if exchange.key and "Set-Cookie" not in answer.headers and set(vary) <= set(VARIED_BY):
            self.cache.put(exchange.key, vary, Wishes(request, self._language_of), kept)
            exchange.kept = kept
        return kept

    def _encode(self, exchange: Exchange, answer: HttpAnswer, kept: KeptAnswer | None) -> str:
        """Write the body in the coding that the client likes best, and say which that is."""
        assert answer.body is not None
        if not is_compressible(answer.headers.get("Content-Type", ""), len(answer.body)):
            return IDENTITY
        vary = answer.headers.get("Vary", "")
        if "accept-encoding" not in vary_names(vary):
            answer.headers["Vary"] = f"{vary}, Accept-Encoding" if vary else "Accept-Encoding"
        coding = choose_coding(exchange.request.headers.get("accept-encoding"))
        if coding != IDENTITY:
            answer.body = self.cache.encoded(kept, coding) if kept else encode(answer.body, coding)
            answer.headers["Content-Encoding"] = coding
        return coding


def _joined(answer: HttpAnswer) -> tuple[tuple[str, str], ...]:
    """The headers to keep, those of one name in one line."""
    joined: dict[str, str] = {}
    for name, value in answer.headers.items():
        if name not in _NOT_KEPT:
            joined[name] = f"{joined[name]}, {value}" if name in joined else value
    return tuple(joined.items())
