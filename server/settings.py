"""The one list of the service's settings, from which the environment, the command line and the README table come."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Self

from hytegraph.graph.errors import HytegraphError
from hytegraph.graph.iris import DEFAULT_BASE

ENVIRONMENT_PREFIX = "HYTEGRAPH_"


class SettingError(HytegraphError):
    """A setting has a value that cannot be used."""

    def __init__(self, name: str, value: str, reason: str) -> None:
        super().__init__(f"the setting {name} cannot be '{value}': {reason}")
        self.name = name
        self.value = value
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting: its name, its default, and what it is for."""

    name: str
    default: str | int
    help: str

    @property
    def environment(self) -> str:
        """The name of its environment variable."""
        return ENVIRONMENT_PREFIX + self.name.upper()

    @property
    def option(self) -> str:
        """Its option on the command line."""
        return "--" + self.name.replace("_", "-")


SETTINGS = (
    Setting("host", "127.0.0.1", "address to listen on"),
    Setting("port", 8000, "port to listen on"),
    Setting("threads", 8, "requests answered at the same time"),
    Setting("base", DEFAULT_BASE, "base IRI of the things in the graph; ends in a slash"),
    Setting("release", "build/release", "release folder or RDF file to serve"),
    Setting("max_query_length", 20_000, "longest SPARQL query in characters"),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """The values of all settings."""

    host: str
    port: int
    threads: int
    base: str
    release: str
    max_query_length: int

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
        if not str(values["base"]).endswith("/"):
            raise SettingError("base", str(values["base"]), "it must end in a slash")
        return cls(**{field.name: values[field.name] for field in fields(cls)})  # type: ignore[arg-type] # by name


def _number(setting: Setting, raw: str | int) -> int:
    try:
        number = int(raw)
    except ValueError as error:
        raise SettingError(setting.name, str(raw), "it must be a whole number") from error
    if number < 1:
        raise SettingError(setting.name, str(raw), "it must be at least 1")
    return number
