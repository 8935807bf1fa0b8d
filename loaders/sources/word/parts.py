"""The parts of a Word file, found by their relations as Word finds them.

Many programs leave relations to parts that are not there; python-docx opens no such file, Word does.
"""

import posixpath
import zipfile
from typing import Any

from lxml import etree

_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


class Parts:
    """The document of a Word file as `document`, and what belongs to it."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = {name.lower(): name for name in archive.namelist()}
        self._main = self._target("", "officeDocument") or "word/document.xml"
        self.document = self._parsed(self._main)

    def related(self, kind: str) -> Any | None:
        """The part that the document has for something such as `styles`; None where it has none."""
        name = self._target(self._main, kind)
        return self._parsed(name) if name else None

    def _target(self, source: str, kind: str) -> str:
        """The name of the part that one part, or the file as a whole, relates to; '' where it is not there."""
        folder, file = posixpath.split(source)
        relations = self._parsed(posixpath.join(folder, "_rels", f"{file}.rels"))
        for relation in () if relations is None else relations.iter(_RELATION):
            inside = relation.get("TargetMode") != "External"
            if inside and (relation.get("Type") or "").endswith(f"/{kind}"):
                target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target") or ""))
                if name := self._names.get(target.lstrip("/").lower()):
                    return name
        return ""

    def _parsed(self, name: str) -> Any | None:
        if not (stored := self._names.get(name.lower())):
            return None
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        return etree.fromstring(self._archive.read(stored), parser)
