"""Prometheus metrics of the running service, at /metrics for those who may read them."""

from collections.abc import Iterator
from ipaddress import ip_address

from flask import Blueprint, Flask, Response, current_app, request
from prometheus_client import CollectorRegistry, Counter, Histogram, PlatformCollector, ProcessCollector
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import choose_encoder
from prometheus_client.registry import Collector

from hytegraph.graph.evaluation.crew import PoolState
from hytegraph.server.context import EXTENSION as CONTEXT
from hytegraph.server.context import settings
from hytegraph.server.http.access_log import METHODS
from hytegraph.server.http.answer_cache import ResultCache
from hytegraph.server.http.caching import EXTENSION as CACHE
from hytegraph.server.http.problems import Problem, ProblemError
from hytegraph.server.http.request_stats import observed, route

blueprint = Blueprint("metrics", __name__)
EXTENSION = "hytegraph.metrics"
SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
# Behind a proxy on the same machine every request comes from the loopback address; these tell that one is there.
_FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via", "X-Forwarded-Host")


class Meters:
    """What is counted as requests are answered."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.registry = registry
        labels = ("route", "method", "status")
        self.requests = Counter("hytegraph_requests", "Requests answered", labels, registry=registry)
        self.seconds = Histogram(
            "hytegraph_request_seconds", "Time to an answer", ("route",), registry=registry, buckets=SECONDS
        )
        self.bytes = Counter("hytegraph_response_bytes", "Bytes of answers", ("route",), registry=registry)
        self.rows = Counter("hytegraph_result_rows", "Rows of query results", registry=registry)
        self.workers = Counter(
            "hytegraph_worker_outcomes", "How workers ended queries", ("state",), registry=registry
        )

        early = Counter(
            "hytegraph_early_answers", "Answered before the application", ("kind",), registry=registry
        )
        self.repeated, self.learned = early.labels("repeated"), early.labels("learned")
        self._children: dict[tuple[str, str, int], tuple[Counter, Histogram, Counter]] = {}

    def count(self, route: str, method: str, status: int, seconds: float, size: int) -> None:
        """Count an answer."""
        found = self._children.get((route, method, status))
        if found is None:
            # Finding them by their labels costs more than counting.
            found = (
                self.requests.labels(route, method, str(status)),
                self.seconds.labels(route),
                self.bytes.labels(route),
            )
            self._children[route, method, status] = found
        requests, times, sizes = found
        requests.inc()
        times.observe(seconds)
        sizes.inc(size)

    def evaluated(self, outcome: str, rows: int | None) -> None:
        """Count how a worker ended a query, and the rows of its answer."""
        self.workers.labels(outcome).inc()
        if rows:
            self.rows.inc(rows)


class _Service(Collector):
    """What is read from the service when it is asked for: its data and its cache."""

    def __init__(self, app: Flask) -> None:
        self._app = app

    def collect(self) -> Iterator[Metric]:
        """The metrics of the moment."""
        dataset = self._app.extensions[CONTEXT].dataset
        yield GaugeMetricFamily(
            "hytegraph_triples", "Triples in the default graph", value=dataset.default_size
        )
        release = GaugeMetricFamily("hytegraph_release", "The data that are served", labels=("sha256",))
        release.add_metric((dataset.origin.checksum if dataset.origin else "",), 1)
        yield release
        yield from _cache_metrics(self._app.extensions[CACHE])
        if self._app.extensions[CONTEXT].pool is not None:
            yield from _pool_metrics(self._app.extensions[CONTEXT].pool.state())


def _cache_metrics(cache: ResultCache) -> Iterator[Metric]:
    yield GaugeMetricFamily("hytegraph_cache_bytes", "Memory taken by kept answers", value=cache.size)
    yield GaugeMetricFamily("hytegraph_cache_limit_bytes", "Memory for kept answers", value=cache.limit)
    yield GaugeMetricFamily("hytegraph_cache_answers", "Answers kept", value=len(cache))
    family = CounterMetricFamily("hytegraph_cache_events", "Hits, misses, evictions", labels=("event",))
    for event in ("hits", "misses", "evictions"):
        family.add_metric((event,), cache.counts[event])
    yield family


def _pool_metrics(state: PoolState) -> Iterator[Metric]:
    yield GaugeMetricFamily("hytegraph_workers", "Processes that evaluate queries", value=len(state.workers))
    yield GaugeMetricFamily("hytegraph_workers_idle", "Workers without a query", value=state.idle)
    yield GaugeMetricFamily("hytegraph_queries_waiting", "Queries waiting for a worker", value=state.waiting)
    yield CounterMetricFamily("hytegraph_workers_replaced", "Workers begun anew", value=state.replaced)
    yield CounterMetricFamily("hytegraph_queries_stopped", "Queries stopped at a limit", value=state.stopped)


def install(app: Flask) -> None:
    """Count the requests of an application and serve the counts."""
    registry = CollectorRegistry()
    app.extensions[EXTENSION] = Meters(registry)
    registry.register(_Service(app))
    ProcessCollector(registry=registry)
    PlatformCollector(registry=registry)
    app.register_blueprint(blueprint)
    app.after_request(_count)


@blueprint.get("/metrics")
def metrics() -> Response:
    """The counts in the format that Prometheus asks for."""
    if not _may_read():
        raise ProblemError(Problem(403, "forbidden", "The metrics are read on the machine of the service."))
    meters: Meters = current_app.extensions[EXTENSION]
    encoder, content_type = choose_encoder(request.headers.get("Accept", ""))
    response = Response(encoder(meters.registry), content_type=content_type)
    response.headers["Cache-Control"] = "no-store"
    return response


def _may_read() -> bool:
    allowed = settings().metrics
    if allowed != "loopback":
        return allowed == "open"
    try:
        near = ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False
    return near and not any(name in request.headers for name in _FORWARDED)


def _count(response: Response) -> Response:
    meters: Meters = current_app.extensions[EXTENSION]
    seen = observed()
    method = request.method if request.method in METHODS else "other"
    meters.count(route(), method, response.status_code, seen.seconds, response.content_length or 0)
    if seen.worker:
        meters.evaluated(seen.worker, seen.rows)
    return response
