"""The errors of hytegraph, one class per case.

HytegraphError
├── DocumentError        a document cannot be read (path, reason)
├── TableError           a reviewed table is wrong (table, row, column, line, reason)
├── ManifestError        a document folder's manifest is wrong (path, reason)
├── ProfileError         a document's profile is wrong (file, key, line, reason)
├── PublicationError     a publication file is wrong (file, key, reason)
├── TownError            the town of documents is not known (reason)
├── BuildError           a release cannot be built (reason)
├── ReleaseError         a path is not a usable release or RDF file (path, reason)
│   ├── ReleaseNotOpenError  the data of an earlier release are still being opened (path, version)
│   ├── RdfFileError     an RDF file holds something that cannot be served (line)
│   └── SearchIndexError  the search index of a release cannot be used (path, reason)
├── ShapesError          a shapes file cannot be used (path, reason)
├── UnknownNameError     a query, graph or parameter of that name does not exist (kind, name, known)
├── QuerySyntaxError     a query cannot be parsed (line, column, reason)
├── QueryRefusedError    a query asks for something that is never allowed (kind, reason, subject)
├── ReasonerError        a reasoner is missing or has failed (reason)
├── NotWritableError     an answer holds what its format cannot express (label, reason)
├── NotOfferedError      a query's answer is not available in any requested format (form)
└── QueryFailedError     a query was run and could not be finished (reason)
    ├── QueryLimitError  it exceeded a limit and was stopped (kind, limit)
    ├── QueryCrashedError  it crashed the process that evaluated it (reason)
    └── StoreError       a SPARQL store failed or refused a request (url, status)
        └── StoreTimeoutError  it exceeded the time limit (seconds)
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Self

LIMITS = ("time", "memory", "rows", "bytes", "queue")


class Reason(str):
    """A reason in English that the command line can say in another language: its template and the values in it.

    >>> Reason("the sheet {sheet} is empty", sheet="Toimet")
    'the sheet Toimet is empty'
    """

    template: str
    values: dict[str, object]

    def __new__(cls, template: str, **values: object) -> Self:
        self = super().__new__(cls, template.format(**values))
        self.template = template
        self.values = values
        return self

    def as_data(self) -> dict[str, object]:
        """Template and values as JSON can hold them, for another process; what is no text or number becomes text."""
        values = {
            name: value.as_data()
            if isinstance(value, Reason)
            else value
            if isinstance(value, int)
            else str(value)
            for name, value in self.values.items()
        }
        return {"template": self.template, "values": values}

    @classmethod
    def of_data(cls, data: Any) -> Any:
        """The reason that `as_data` wrote; text and numbers stay what they are."""
        if not isinstance(data, dict):
            return data
        return cls(data["template"], **{name: cls.of_data(value) for name, value in data["values"].items()})

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, object]]:
        return (self.template,), self.values


class HytegraphError(Exception):
    """Base of all errors of hytegraph; the message is one sentence for the user."""

    def __reduce__(self) -> tuple[object, ...]:
        """What another process needs to raise the same error, whatever its class is made from."""
        return _error_again, (type(self), self.args, self.__dict__)


def _error_again(
    kind: type[HytegraphError], arguments: tuple[object, ...], state: dict[str, object]
) -> HytegraphError:
    error = kind.__new__(kind)
    error.args = arguments
    error.__dict__.update(state)
    return error


class DocumentError(HytegraphError):
    """A document cannot be read."""

    def __init__(self, path: Path | str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class TableError(HytegraphError):
    """A row of a reviewed table is wrong."""

    def __init__(self, table: str, row: str, reason: str, *, line: int | None = None) -> None:
        where = f"{table}, row {row}" + (f" (line {line} of the file)" if line else "")
        super().__init__(f"{where}: {reason}")
        self.table = table
        self.row = row
        self.line = line
        self.reason = reason


class ProfileError(HytegraphError):
    """The profile of a document is wrong; `line` is 0 where the reason itself names it."""

    def __init__(self, file: str, key: str, line: int, reason: str) -> None:
        where = f"{file}, line {line}: '{key}'" if line else f"{file}:"
        super().__init__(f"{where} {reason}")
        self.file = file
        self.key = key
        self.line = line
        self.reason = reason


class PublicationError(HytegraphError):
    """A file in which a publisher states what a release is cannot be used; `key` is '' for the whole file."""

    def __init__(self, file: Path | str, key: str, reason: str) -> None:
        super().__init__(f"{file}: {f'{key}: ' if key else ''}{reason}")
        self.file = file
        self.key = key
        self.reason = reason


class ManifestError(HytegraphError):
    """A document folder's manifest is missing or wrong."""

    def __init__(self, path: Path | str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class TownError(HytegraphError):
    """The town whose documents are read is not known, or is no municipality any more."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class BuildError(HytegraphError):
    """A release cannot be built from what was given."""


class ReleaseError(HytegraphError):
    """A path is neither a usable release nor a readable RDF file."""

    def __init__(self, path: Path | str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class ShapesError(HytegraphError):
    """A shapes file cannot be read, holds no shape, or a shape of it is ill-formed."""

    def __init__(self, path: Path | str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class UnknownNameError(HytegraphError):
    """A query, graph or parameter of that name does not exist.

    It names those that do; with `most` the first so many of them, and how many more there are.
    """

    def __init__(self, kind: str, name: str, known: Iterable[str], *, most: int | None = None) -> None:
        self.known = tuple(sorted(known))
        named = self.known[:most]
        left = len(self.known) - len(named)
        more = f" and {left} more" if left else ""
        super().__init__(f"no {kind} is called '{name}'; there are: {', '.join(named)}{more}")
        self.kind = kind
        self.name = name


class QuerySyntaxError(HytegraphError):
    """A query cannot be parsed."""

    def __init__(self, reason: str, *, line: int | None = None, column: int | None = None) -> None:
        place = f"line {line}, column {column}: " if line else ""
        super().__init__(f"{place}{reason}")
        self.reason = reason
        self.line = line
        self.column = column


class QueryRefusedError(HytegraphError):
    """A query asks for something that is never allowed; `kind` is one of the guard's REFUSALS."""

    def __init__(self, reason: str, *, kind: str = "unsupported", subject: str | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.kind = kind
        self.subject = subject


class QueryFailedError(HytegraphError):
    """A query was run and could not be finished."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class QueryLimitError(QueryFailedError):
    """A query exceeded a limit and was stopped; `kind` is one of LIMITS, `limit` its value in s, MB, rows or bytes."""

    def __init__(self, kind: str, limit: float, reason: str) -> None:
        super().__init__(reason)
        self.kind = kind
        self.limit = limit


class QueryCrashedError(QueryFailedError):
    """A query crashed the process that evaluated it."""


class NotOfferedError(HytegraphError):
    """The answer of a query of that form is not available in any requested format."""

    def __init__(self, form: str) -> None:
        super().__init__(f"no format that was asked for fits the answer of a query of the form {form}")
        self.form = form


class NotWritableError(HytegraphError):
    """An answer holds something that its format cannot express."""

    def __init__(self, label: str, reason: str) -> None:
        super().__init__(f"The answer cannot be written as {label}: {reason}.")
        self.label = label
        self.reason = reason


class ReleaseNotOpenError(ReleaseError):
    """The data of an earlier release are still being opened; whoever asks again soon gets an answer."""

    def __init__(self, path: Path | str, version: str) -> None:
        super().__init__(path, f"release {version} is being opened; ask again in a moment")
        self.version = version


class RdfFileError(ReleaseError):
    """An RDF file holds something that cannot be served; `line` is where, if it is known."""

    def __init__(self, path: Path | str, reason: str, *, line: int | None = None) -> None:
        super().__init__(path, f"line {line}: {reason}" if line else reason)
        self.line = line


class SearchIndexError(ReleaseError):
    """The search index of a release is damaged, or was made by another version."""


class SummariesError(ReleaseError):
    """The summaries of a release are damaged, or were made of other data or by another version."""


class ReasonerError(HytegraphError):
    """A reasoner is missing or has failed."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class StoreError(QueryFailedError):
    """A SPARQL store cannot be reached, refuses, or answers wrongly; `status` is its HTTP status, 0 without one."""

    def __init__(self, url: str, reason: str, *, status: int = 0) -> None:
        super().__init__(f"the store {url}: {reason}")
        self.url = url
        self.status = status


class StoreTimeoutError(StoreError):
    """A SPARQL store exceeded the time limit, in seconds."""

    def __init__(self, url: str, seconds: float) -> None:
        super().__init__(url, f"no whole answer within {seconds:g} s")
        self.seconds = seconds
