"""The parameters that pages take in the query string, told beside each handler and described by OpenAPI."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

STRING: Mapping[str, Any] = {"type": "string"}
_TOLD = "asked_parameters"
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


def asks(*parameters: Parameter) -> Callable[[Handler], Handler]:
    """Marks a handler with the parameters that it reads; every page reads the language too."""

    def mark(handler: Handler) -> Handler:
        setattr(handler, _TOLD, parameters)
        return handler

    return mark


def asked_by(handler: Callable[..., Any]) -> tuple[Parameter, ...]:
    """The parameters that a handler was marked with."""
    return getattr(handler, _TOLD, ())
