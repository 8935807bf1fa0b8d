"""Addresses that others know by convention: health, metrics, robots.txt, security.txt."""

from datetime import UTC, datetime, time, timedelta
from ipaddress import ip_address

from flask import Blueprint, Response, current_app, request
from prometheus_client.exposition import choose_encoder

from hytegraph.graph.errors import HytegraphError
from hytegraph.graph.evaluation.question import Question
from hytegraph.graph.store.remote import RemoteDataset
from hytegraph.server.catalogue.dcat import contact_uri
from hytegraph.server.context import dataset, pool, search, settings
from hytegraph.server.http.delivery import Delivery
from hytegraph.server.http.flask_exchange import root
from hytegraph.server.http.negotiation import TEXT
from hytegraph.server.http.parameters import offers
from hytegraph.server.http.problems import Problem, ProblemError

blueprint = Blueprint("wellknown", __name__)

# Pages that cost an evaluation for every value somebody may think of, and data that are one dump.
DISALLOWED = (
    "/sparql?",
    "/search",
    "/*/search",
    "/data/",
    "/rdf-graph-store",
    "/query/*?",
    "/*?all=",
    "/*?release=",
    "/*&release=",
    "/metrics",
)
# Behind a proxy on the same machine every request comes from the loopback address; these tell that one is there.
_FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via", "X-Forwarded-Host")
# Who asks this waits for the answer before it sends readers here.
READY_SECONDS = 2.0


@blueprint.get("/healthz")
@offers(TEXT)
def health() -> Response:
    """Says that the service answers, how many triples it holds and which stores answer; evaluates nothing."""
    served = dataset()
    stores = served.replicas if isinstance(served, RemoteDataset) else ()
    lines = (f"store {replica.url} {'up' if replica.is_up else 'down'}\n" for replica in stores)
    return _now("".join((f"ok {served.default_size}\n", *lines)))


@blueprint.get("/readyz")
@offers(TEXT)
def ready() -> Response:
    """Says whether queries are answered: one is asked, of a worker where there are workers."""
    workers = pool()
    try:
        if workers is None:
            dataset().ask("ASK {}")
        else:
            workers.answer(Question("ASK {}", "json", None), READY_SECONDS)
    except HytegraphError as error:
        raise ProblemError(Problem(503, "not-ready", str(error), retry_after=2)) from error
    if search().is_damaged:
        return _now(
            "ready\nthe search index of the release is missing, damaged or of another version; build it again\n"
        )
    return _now("ready\n")


@blueprint.get("/metrics")
@offers(TEXT)
def metrics() -> Response:
    """The counts in the format that Prometheus asks for."""
    if not _may_read_metrics():
        raise ProblemError(Problem(403, "forbidden", "The metrics are read on the machine of the service."))
    encoder, content_type = choose_encoder(request.headers.get("Accept", ""))
    meters = Delivery.of(current_app).meters
    return _now(encoder(meters.registry), content_type)


@blueprint.get("/robots.txt")
@offers(TEXT)
def robots() -> Response:
    """What crawlers leave alone."""
    lines = ("User-agent: *", *(f"Disallow: {path}" for path in DISALLOWED), f"Sitemap: {root()}sitemap.xml")
    return Response("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@blueprint.get("/.well-known/security.txt")
@offers(TEXT)
def security() -> Response:
    """Whom to tell of a weakness (RFC 9116); without a contact in the settings, the page about the service."""
    midnight = datetime.combine(datetime.now(UTC).date(), time(), UTC)
    lines = (
        f"Contact: {contact_uri(settings().contact or root() + 'about')}",
        f"Expires: {(midnight + timedelta(days=180)).isoformat().replace('+00:00', 'Z')}",
        "Preferred-Languages: fi, sv, en",
        f"Canonical: {root()}.well-known/security.txt",
    )
    return _now("\n".join(lines) + "\n")


def _may_read_metrics() -> bool:
    allowed = settings().metrics
    if allowed != "loopback":
        return allowed == "open"
    try:
        is_near = ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False
    return is_near and not any(name in request.headers for name in _FORWARDED)


def _now(text: str | bytes, content_type: str = "text/plain; charset=utf-8") -> Response:
    """A text that is only true now."""
    response = Response(text, content_type=content_type)
    response.headers["Cache-Control"] = "no-store"
    return response
