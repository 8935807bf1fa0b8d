"""What a handler takes in the query string, the media types that it gives, and whether towns have its page.

That is stated beside the handler; OpenAPI and the addresses of towns read it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

STRING: Mapping[str, Any] = {"type": "string"}
_PARAMETERS, _OFFERS, _IN_TOWNS = "asked_parameters", "offered_types", "is_in_towns"
Handler = TypeVar("Handler", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter in the query string."""

    name: str
    description: str
    required: bool = False
    repeated: bool = False
    values: tuple[str, ...] = ()
    example: str = ""

    def as_json(self) -> dict[str, Any]:
        """The parameter as OpenAPI has it."""
        schema = dict(STRING) | ({"enum": list(self.values)} if self.values else {})
        told: dict[str, Any] = {"name": self.name, "in": "query", "description": self.description}
        told["schema"] = {"type": "array", "items": schema} if self.repeated else schema
        if self.required:
            told["required"] = True
        if self.example:
            told["example"] = self.example
        return told


LANGUAGE = Parameter("lang", "Language of the page.", values=("fi", "sv", "en"))
RELEASE = Parameter(
    "release", "The version of a published release that is asked instead of the one that is served."
)
# Blueprints and endpoints of what is the same in every release: files of the program, what the running service is.
_OF_NO_RELEASE = ("static", "wellknown", "problem_pages", "openapi")


def is_of_release(endpoint: str | None) -> bool:
    """Whether an endpoint answers from a release, so that another one may be asked."""
    return endpoint is None or endpoint.partition(".")[0] not in _OF_NO_RELEASE


def asks(*parameters: Parameter) -> Callable[[Handler], Handler]:
    """Marks a handler with the parameters that it reads; every page reads the language too."""

    def mark(handler: Handler) -> Handler:
        setattr(handler, _PARAMETERS, parameters)
        return handler

    return mark


def asked_by(handler: Callable[..., Any]) -> tuple[Parameter, ...]:
    """The parameters that a handler was marked with."""
    return getattr(handler, _PARAMETERS, ())


def offers(*media_types: str) -> Callable[[Handler], Handler]:
    """Marks a handler with the media types that it answers in; none for one that only leads elsewhere."""

    def mark(handler: Handler) -> Handler:
        setattr(handler, _OFFERS, media_types)
        return handler

    return mark


def offered_by(handler: Callable[..., Any]) -> tuple[str, ...] | None:
    """The media types that a handler was marked with, None for an unmarked one."""
    found: tuple[str, ...] | None = getattr(handler, _OFFERS, None)
    return found


def in_towns(handler: Handler) -> Handler:
    """Marks a handler whose page every town has too: its addresses are there under `/TOWN` as well."""
    setattr(handler, _IN_TOWNS, True)
    return handler


def is_in_towns(handler: Callable[..., Any]) -> bool:
    """Whether a handler was marked as one whose page every town has."""
    return getattr(handler, _IN_TOWNS, False)
