"""The one list of the service's settings, from which the environment, the command line and the reference come."""

import re
from argparse import ArgumentParser
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Self

from hytegraph.graph.errors import HytegraphError
from hytegraph.graph.iris import DEFAULT_BASE

ENVIRONMENT_PREFIX = "HYTEGRAPH_"
_ADDRESS = re.compile(r"https?://[A-Za-z0-9.\-]+(?::\d+)?|https?://\[[0-9A-Fa-f:.]+\](?::\d+)?")

_IRI = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
_ENDPOINT = re.compile(r"https?://[^\s<>\"{}|^`\\@]+/[^\s<>\"{}|^`\\]*")


class SettingError(HytegraphError):
    """A setting has a value that cannot be used."""

    def __init__(self, name: str, value: str, reason: str) -> None:
        super().__init__(f"the setting {name} cannot be '{value}': {reason}")
        self.name = name
        self.value = value
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting: its name, its default, what it is for, and which values it may have."""

    name: str
    default: str | int
    help: str
    minimum: int = 1
    choices: tuple[str, ...] = ()

    @property
    def environment(self) -> str:
        """The name of its environment variable."""
        return ENVIRONMENT_PREFIX + self.name.upper()

    @property
    def option(self) -> str:
        """Its option on the command line."""
        return "--" + self.name.replace("_", "-")

    def add_to(self, parser: ArgumentParser, *, with_default: bool = False) -> None:
        """Add the option to a command; its help names the default where the command has no own."""
        kind = int if isinstance(self.default, int) else str
        parser.add_argument(self.option, type=kind, help=self.help + with_default * f" ({self.default})")


SETTINGS = (
    Setting("host", "127.0.0.1", "address to listen on"),
    Setting("port", 8000, "port to listen on"),
    Setting("threads", 32, "requests answered at the same time"),
    Setting("base", DEFAULT_BASE, "base IRI of the things in the graph; ends in a slash"),
    Setting("release", "build/release", "release folder or RDF file to serve"),
    Setting(
        "store",
        "",
        "query address of a SPARQL store to serve, with what a release named beside it keeps; several, separated by "
        "commas, are replicas",
    ),
    Setting("update_store", "", "where that store takes SPARQL updates"),
    Setting("graph_store", "", "where that store takes and gives whole graphs (Graph Store Protocol)"),
    Setting("store_timeout", 30, "seconds that the store may take for one answer"),
    Setting("max_query_length", 20_000, "longest SPARQL query in characters"),
    Setting("timeout", 10, "seconds that a query may take; a request may ask for fewer with timeout="),
    Setting(
        "service_allow",
        "",
        "endpoints that a query may call by SERVICE, separated by spaces; none where empty",
    ),
    Setting("memory_limit", 1024, "megabytes of memory that a query may take", minimum=16),
    Setting("max_rows", 250_000, "most rows or triples of an answer"),
    Setting("max_bytes", 64 * 2**20, "most bytes of an answer"),
    Setting(
        "workers", 0, "queries evaluated at the same time; 0 is two more than cores, at least 4", minimum=0
    ),
    Setting("queue", 16, "queries that may wait for a worker", minimum=0),
    Setting(
        "parts", "", "where `build` keeps what it made of each town; `.parts` beside the release where empty"
    ),
    Setting(
        "storage",
        "auto",
        "where the data are held; auto is memory if it suffices, and a store on disk for a quick restart",
        choices=("auto", "memory", "disk"),
    ),
    Setting("storage_folder", "", "where data on disk are kept; the user's cache folder where empty"),
    Setting(
        "read_ahead",
        "on",
        "whether pages that sum up the graph are read once after the start, while no client is busy",
        choices=("on", "off"),
    ),
    Setting("cache_bytes", 64 * 2**20, "memory for kept answers, in bytes; 0 keeps none", minimum=0),
    Setting("max_age", 300, "seconds that others may keep an answer before they ask again", minimum=0),
    Setting("access_log", "text", "a line per request on standard error", choices=("text", "json", "off")),
    Setting("metrics", "loopback", "who may read /metrics", choices=("loopback", "open", "off")),
    Setting("rate_limit", 0, "requests a minute from one client; 0 sets no limit", minimum=0),
    Setting("rate_burst", 60, "requests a client may make at once before the rate limit holds"),
    Setting(
        "connections",
        100,
        "connections from one address; without limit for this machine and where proxy_header is set; 0 sets none",
        minimum=0,
    ),
    Setting("proxy_header", "", "header of a trusted proxy that names the client, such as X-Forwarded-For"),
    Setting("public_url", "", "address of the service as its users see it; from the request where empty"),
    Setting("publisher", "", "who publishes the data and the service; that of the release where empty"),
    Setting(
        "licence",
        "",
        "IRI of the licence of the statements: `build` writes it (CC BY 4.0 where empty, none for none), `serve` "
        "gives it to data that state none",
    ),
    Setting(
        "modelling_licence",
        "",
        "IRI of the licence of vocabulary, code lists and shapes: `build` writes it (what these state themselves "
        "where empty, none for none)",
    ),
    Setting("contact", "", "e-mail or web address for the users of the service"),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """The values of all settings."""

    host: str
    port: int
    threads: int
    base: str
    release: str
    store: str
    update_store: str
    graph_store: str
    store_timeout: int
    max_query_length: int
    timeout: int
    service_allow: str
    memory_limit: int
    max_rows: int
    max_bytes: int
    workers: int
    queue: int
    parts: str
    storage: str
    storage_folder: str
    read_ahead: str
    cache_bytes: int
    max_age: int
    access_log: str
    metrics: str
    rate_limit: int
    rate_burst: int
    connections: int
    proxy_header: str
    public_url: str
    publisher: str
    licence: str
    modelling_licence: str
    contact: str

    @property
    def services(self) -> frozenset[str]:
        """The endpoints that a query may call."""
        return frozenset(self.service_allow.split())

    @classmethod
    def of(cls, environment: Mapping[str, str], given: Mapping[str, str | int | None] | None = None) -> Self:
        """The settings: given values first, then the environment, then the defaults.

        Raises SettingError for a value that cannot be used.
        """
        values: dict[str, str | int] = {}
        for setting in SETTINGS:
            chosen = (given or {}).get(setting.name)
            raw = chosen if chosen is not None else environment.get(setting.environment, setting.default)
            values[setting.name] = _number(setting, raw) if isinstance(setting.default, int) else str(raw)
            if setting.choices and values[setting.name] not in setting.choices:
                reason = f"it must be one of {', '.join(setting.choices)}"
                raise SettingError(setting.name, str(raw), reason)
        if not str(values["base"]).endswith("/"):
            raise SettingError("base", str(values["base"]), "it must end in a slash")
        if values["public_url"] and not _ADDRESS.fullmatch(str(values["public_url"])):
            raise SettingError(
                "public_url",
                str(values["public_url"]),
                "it must be http(s)://host[:port] without a path; "
                "see 'IRIs under a path' in docs/how-to/run-the-service.md",
            )
        for name in ("licence", "modelling_licence"):
            if values[name] not in ("", "none") and not _IRI.fullmatch(str(values[name])):
                raise SettingError(name, str(values[name]), "it must be an http(s) IRI, or none")
        for endpoint in str(values["service_allow"]).split():
            if not _ENDPOINT.fullmatch(endpoint):
                raise SettingError(
                    "service_allow", endpoint, "it must be the whole http(s) address of an endpoint"
                )
        return cls(**{field.name: values[field.name] for field in fields(cls)})  # type: ignore[arg-type] # by name


def _number(setting: Setting, raw: str | int) -> int:
    try:
        number = int(raw)
    except ValueError as error:
        raise SettingError(setting.name, str(raw), "it must be a whole number") from error
    if number < setting.minimum:
        raise SettingError(setting.name, str(raw), f"it must be at least {setting.minimum}")
    return number
