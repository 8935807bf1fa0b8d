"""What is counted while requests are answered, for Prometheus."""

from collections.abc import Iterator

from prometheus_client import CollectorRegistry, Counter, Histogram, PlatformCollector, ProcessCollector
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from hytegraph.graph.evaluation.workers import PoolState
from hytegraph.graph.store.remote import RemoteDataset
from hytegraph.server.context import Context
from hytegraph.server.http.answer_cache import ResultCache

SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Meters:
    """Counters of one application."""

    def __init__(self) -> None:
        self.registry = registry = CollectorRegistry()
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
        direct = Counter(
            "hytegraph_direct_answers", "Answered without the application", ("kind",), registry=registry
        )
        self.repeated, self.evaluated_directly = direct.labels("repeated"), direct.labels("evaluated")
        self._children: dict[tuple[str, str, int], tuple[Counter, Histogram, Counter]] = {}
        ProcessCollector(registry=registry)
        PlatformCollector(registry=registry)

    def count(self, route: str, method: str, status: int, seconds: float, size: int) -> None:
        """Count an answer."""
        children = self._children.get((route, method, status))
        if children is None:
            # Looking them up by their labels costs more than counting.
            children = (
                self.requests.labels(route, method, str(status)),
                self.seconds.labels(route),
                self.bytes.labels(route),
            )
            self._children[route, method, status] = children
        requests, times, sizes = children
        requests.inc()
        times.observe(seconds)
        sizes.inc(size)

    def evaluated(self, outcome: str, rows: int | None) -> None:
        """Count how a worker ended a query, and the rows of its answer."""
        self.workers.labels(outcome).inc()
        if rows:
            self.rows.inc(rows)


class ServiceCollector(Collector):
    """What is read from the service when it is asked for: its data, its cache and its workers."""

    def __init__(self, context: Context, cache: ResultCache) -> None:
        self._context = context
        self._cache = cache

    def collect(self) -> Iterator[Metric]:
        """The metrics of the moment."""
        dataset, pool = self._context.dataset, self._context.pool
        yield GaugeMetricFamily(
            "hytegraph_triples", "Triples in the default graph", value=dataset.default_size
        )
        release = GaugeMetricFamily("hytegraph_release", "The data that are served", labels=("sha256",))
        release.add_metric((dataset.origin.checksum if dataset.origin else "",), 1)
        yield release
        if isinstance(dataset, RemoteDataset):
            yield from _store_metrics(dataset)
        yield from _cache_metrics(self._cache)
        if pool is not None:
            yield from _pool_metrics(pool.state())


def _store_metrics(dataset: RemoteDataset) -> Iterator[Metric]:
    up = GaugeMetricFamily("hytegraph_store_up", "Whether the store answered last", labels=("store",))
    failures = CounterMetricFamily(
        "hytegraph_store_failures", "Questions asked of another", labels=("store",)
    )
    for replica in dataset.replicas:
        up.add_metric((replica.url,), float(replica.is_up))
        failures.add_metric((replica.url,), replica.failures)
    yield up
    yield failures


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
