"""A source document as numbered lines with checksums."""

import errno
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from hytegraph.graph.errors import DocumentError, Reason
from hytegraph.graph.text_files import decode, normalise
from hytegraph.loaders.documents.blocks import PLACES, Placed, read_places
from hytegraph.loaders.documents.spans import Span

# A paragraph that a converter left on one line has some thousand characters; a line of this length is no text.
LONGEST_LINE = 100_000


_OS = {
    errno.ENOENT: Reason("No such file or directory"),
    errno.EACCES: Reason("Permission denied"),
    errno.EISDIR: Reason("Is a directory"),
}


@dataclass(frozen=True, slots=True)
class SourceText:
    """The text of a document: its name and its lines, trailing blanks kept (they carry information).

    `published_sha256` is the checksum of the file as it was found, `sha256` that of the text as it is kept: the two
    differ where the file has other line ends, another encoding or personal data. `placed` are the blocks of a file of
    another form than text.
    """

    name: str
    lines: tuple[str, ...]
    published_sha256: str
    ends_with_newline: bool = True
    placed: tuple[Placed, ...] = ()

    @property
    def text(self) -> str:
        """The whole text as the folder keeps it."""
        return "\n".join(self.lines) + ("\n" if self.ends_with_newline else "")

    @property
    def sha256(self) -> str:
        """The checksum of the text."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    def line(self, number: int) -> str:
        """The line of that number, from 1."""
        return self.lines[number - 1]

    def slice(self, spans: Sequence[Span]) -> list[str]:
        """The lines of the spans in order."""
        return [self.lines[number - 1] for span in spans for number in span.numbers()]

    def non_blank(self) -> frozenset[int]:
        """The numbers of the lines that hold more than white space."""
        return frozenset(number for number, line in enumerate(self.lines, 1) if line.strip())

    def with_lines(self, lines: Sequence[str]) -> "SourceText":
        """The same document with other words on the same lines."""
        return replace(self, lines=tuple(lines), placed=tuple(each.on(lines) for each in self.placed))


def read_document(path: Path) -> SourceText:
    """Read a text document.

    Raises DocumentError when it is missing, empty, binary, in an unknown encoding, or has a control character or a line
    that is no line of text.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DocumentError(path, os_reason(error)) from error
    try:
        text = normalise(decode(data)[0])
    except ValueError as error:
        raise DocumentError(path, error.args[0]) from error
    if not text.strip():
        raise DocumentError(path, Reason("the file is empty"))
    lines = text.split("\n")
    longest = max(range(len(lines)), key=lambda at: len(lines[at]))
    if len(lines[longest]) > LONGEST_LINE:
        reason = Reason(
            "line {line} has {size} characters; a line may have {most}",
            line=longest + 1,
            size=len(lines[longest]),
            most=LONGEST_LINE,
        )
        raise DocumentError(path, reason)
    closed = lines[-1] == ""
    return SourceText(
        path.stem, tuple(lines[:-1] if closed else lines), hashlib.sha256(data).hexdigest(), closed
    )


def os_reason(error: OSError) -> Reason:
    """Why the system does not give a file."""
    return _OS.get(error.errno or 0, Reason("{error}", error=error.strerror))


def read_kept(folder: Path, name: str) -> SourceText:
    """The text of that name as a document folder keeps it, with the places of its lines.

    Raises DocumentError as `read_document` does, and TableError where the places are not those of the text.
    """
    text = read_document(folder / f"{name}.txt")
    return replace(text, placed=read_places(folder / name / PLACES, text.lines))
