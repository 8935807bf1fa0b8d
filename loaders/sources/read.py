"""The text of a file of any form."""

import hashlib
import json
import stat
from collections.abc import Callable, Iterable, Sequence
from dataclasses import astuple, fields
from importlib import import_module
from pathlib import Path

from hytegraph.graph.errors import DocumentError, Reason
from hytegraph.loaders.documents.blocks import Block, placed_lines
from hytegraph.loaders.documents.document import LONGEST_LINE, SourceText, os_reason, read_document
from hytegraph.loaders.sources.archive import PROTECTED, form_of_archive
from hytegraph.loaders.sources.isolation import isolated
from hytegraph.loaders.sources.limits import LARGEST_FILE, MEGABYTE, MOST_BLOCKS, MOST_CHARACTERS
from hytegraph.loaders.sources.progress import Progress

Reader = Callable[[Path], Sequence[Block]]

# What `read_source` reads, by suffix; the content decides, the suffix only where text may be one or the other.
SUFFIXES = (".txt", ".pdf", ".docx", ".docm", ".xlsx", ".xlsm", ".html", ".htm", ".csv", ".tsv")
_TEXT, _ARCHIVE = "text", "archive"
_PDF, _SEPARATED, _WEB = "pdf", "separated", "web"
_HTML, _CSV = (".html", ".htm", ".xhtml"), (".csv", ".tsv")
_FIELDS = tuple(field.name for field in fields(Block))
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")


def read_source(path: Path, progress: Progress | None = None) -> SourceText:
    """The text of a file: of a text file as it stands, of another form made of its blocks, which are kept beside it.

    `progress` hears how many pages or sheets of how many have been read. Raises DocumentError for what cannot be read.
    """
    data = _bytes(path)
    form = _form(path, data)
    if form == _TEXT:
        return read_document(path)
    blocks = _blocks(isolated(path, lambda: _json(path, _read(form, path)), progress))
    lines, placed = placed_lines(blocks)
    if not any(line.strip() for line in lines):
        raise DocumentError(path, Reason("the file holds no text"))
    longest = max(range(len(lines)), key=lambda at: len(lines[at]))
    if len(lines[longest]) > LONGEST_LINE:
        reason = Reason(
            "{place}: a paragraph or cell has {size} characters; it may have {most}",
            place=_place(next(one.block for one in placed if longest + 1 in one.span.numbers())),
            size=len(lines[longest]),
            most=LONGEST_LINE,
        )
        raise DocumentError(path, reason)
    return SourceText(path.stem, lines, hashlib.sha256(data).hexdigest(), placed=placed)


def _place(block: Block) -> Reason:
    """Where in its file a block stands."""
    if block.page:
        return Reason("page {page}", page=block.page)
    if block.sheet:
        return Reason("sheet '{sheet}', row {row}", sheet=block.sheet, row=block.row)
    if block.table:
        return Reason("table {table}, row {row}", table=block.table, row=block.row)
    return Reason("outside the tables")


def _bytes(path: Path) -> bytes:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise DocumentError(path, Reason("this is no file but a folder, a pipe or a device"))
        size = status.st_size
        if size > LARGEST_FILE:
            reason = Reason(
                "the file has {size} MB; it may have {most} MB",
                size=size // MEGABYTE,
                most=LARGEST_FILE // MEGABYTE,
            )
            raise DocumentError(path, reason)
        data = path.read_bytes()
    except OSError as error:
        raise DocumentError(path, os_reason(error)) from error
    if not data.strip():
        raise DocumentError(path, Reason("the file is empty"))
    return data


def _form(path: Path, data: bytes) -> str:
    """The module that reads the file into blocks, _ARCHIVE for Word and Excel, _TEXT for text.

    Raises DocumentError for a form that is known and not read.
    """
    if data.startswith(_ZIP):
        return _ARCHIVE
    if b"%PDF-" in data[:1024]:
        return _PDF
    if data.startswith(_OLE):
        raise DocumentError(path, _ole(data))
    if data.startswith(b"{\\rtf"):
        raise DocumentError(path, Reason("the file is Rich Text; save it as .docx or PDF"))
    beginning = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if path.suffix.lower() in _HTML or beginning.startswith((b"<!doctype html", b"<html")):
        return _WEB
    return _SEPARATED if path.suffix.lower() in _CSV else _TEXT


def _ole(data: bytes) -> Reason:
    if _ENCRYPTED in data:
        return PROTECTED
    return Reason("the file has the form of Word or Excel before 2007; save it as .docx, .xlsx or PDF")


def _read(form: str, path: Path) -> Sequence[Block]:
    """Read a file by the module of its form, which is imported, with its libraries, in the process that parses."""
    if form == _ARCHIVE:
        form = form_of_archive(path)
    reader: Reader = import_module(f"hytegraph.loaders.sources.{form}").read
    return reader(path)


def _json(path: Path, blocks: Sequence[Block]) -> bytes:
    """The blocks as they go from one process to the other: data that cannot run, whoever wrote them."""
    if len(blocks) > MOST_BLOCKS:
        reason = Reason(
            "the file has {n} paragraphs and cells; it may have {most}", n=len(blocks), most=MOST_BLOCKS
        )
        raise DocumentError(path, reason)
    characters = sum(len(block.text) for block in blocks)
    if characters > MOST_CHARACTERS:
        reason = Reason("the file has {n} characters; it may have {most}", n=characters, most=MOST_CHARACTERS)
        raise DocumentError(path, reason)
    return json.dumps([astuple(block) for block in blocks]).encode()


def _blocks(message: bytes) -> Iterable[Block]:
    for values in json.loads(message):
        block = dict(zip(_FIELDS, values, strict=True))
        yield Block(**(block | {"box": block["box"] and tuple(block["box"])}))
