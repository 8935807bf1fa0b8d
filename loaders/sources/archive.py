"""Word and Excel files are zip archives: what is looked at before anything in them is read."""

import re
import zipfile
import zlib
from pathlib import Path

from hytegraph.graph.errors import DocumentError, Reason
from hytegraph.loaders.sources.limits import (
    HIGHEST_RATIO,
    LARGEST_UNPACKED,
    MEGABYTE,
    MOST_ENTRIES,
    RATIO_COUNTS_FROM,
)

WORD, EXCEL = "word", "excel"
# Some programs number the main part.
_MAIN_PARTS = {WORD: re.compile(r"word/document\d*\.xml"), EXCEL: re.compile(r"xl/workbook\d*\.xml")}
_DOCTYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
_STRICT = b"http://purl.oclc.org/ooxml/"
PROTECTED = Reason("the file is protected by a password; save it without one")
_NEITHER = Reason("the file is a zip archive and neither a Word nor an Excel file")
_OTHERS = {
    "content.xml": Reason("the file is an OpenDocument file; save it as .docx, .xlsx or PDF"),
    "ppt/presentation.xml": Reason("the file is a PowerPoint file; save it as PDF"),
    "xl/workbook.bin": Reason("the file is a binary Excel file; save it as .xlsx"),
    "word/document.bin": Reason("the file is a binary Word file; save it as .docx"),
}


def form_of_archive(path: Path) -> str:
    """WORD or EXCEL, by the parts of the archive.

    Raises DocumentError for a broken or encrypted archive, for one that unpacks to more than the limits allow, for XML
    with entities, and for an archive that is neither.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            _check_sizes(path, archive.infolist())
            names = set(archive.namelist())
            _check_xml(path, archive)
            main = {
                form: name
                for form, part in _MAIN_PARTS.items()
                for name in names
                if part.fullmatch(name.lower())
            }
            strict = any(_STRICT in archive.read(name) for name in main.values())
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        EOFError,
        OSError,
        ValueError,
        zlib.error,
    ) as error:
        raise DocumentError(
            path, Reason("the file is a broken zip archive ({error})", error=error)
        ) from error
    except RuntimeError as error:
        raise DocumentError(path, PROTECTED) from error
    if strict:
        raise DocumentError(
            path, Reason("the file is saved as strict Open XML; save it as ordinary .docx or .xlsx")
        )
    if main:
        return next(iter(main))
    raise DocumentError(path, next((reason for name, reason in _OTHERS.items() if name in names), _NEITHER))


def _check_sizes(path: Path, entries: list[zipfile.ZipInfo]) -> None:
    """The sizes that the directory of the archive claims; an entry that holds more fails its checksum as it is read."""
    if len(entries) > MOST_ENTRIES:
        reason = Reason("the archive has {n} entries; it may have {most}", n=len(entries), most=MOST_ENTRIES)
        raise DocumentError(path, reason)
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > LARGEST_UNPACKED:
        reason = Reason(
            "the archive unpacks to {size} MB; it may be {most} MB",
            size=unpacked // MEGABYTE,
            most=LARGEST_UNPACKED // MEGABYTE,
        )
        raise DocumentError(path, reason)
    for entry in entries:
        packed = max(1, entry.compress_size)
        if entry.file_size > RATIO_COUNTS_FROM and entry.file_size // packed > HIGHEST_RATIO:
            reason = Reason(
                "'{part}' unpacks to {times} times its size, as a zip bomb does",
                part=entry.filename,
                times=entry.file_size // packed,
            )
            raise DocumentError(path, reason)


def _check_xml(path: Path, archive: zipfile.ZipFile) -> None:
    for entry in archive.infolist():
        if not entry.filename.lower().endswith((".xml", ".rels")):
            continue
        with archive.open(entry) as part:
            # A document type stands before the first element, so it is in the beginning of the part.
            if any(mark in part.read(MEGABYTE).upper() for mark in _DOCTYPES):
                reason = Reason(
                    "'{part}' declares a document type, which may define entities", part=entry.filename
                )
                raise DocumentError(path, reason)
