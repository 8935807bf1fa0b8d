"""References of a PDF that lead in a circle, which pdfminer would follow for ever."""

from typing import Any

from pdfminer.pdftypes import PDFObjRef

_resolve_one = PDFObjRef.resolve


def _resolve(reference: PDFObjRef, default: object = None) -> Any:
    """What a reference leads to in the end; `default` where it leads back to itself or to nothing."""
    seen: set[int] = set()
    target: Any = reference
    while isinstance(target, PDFObjRef):
        if target.objid in seen:
            return default
        seen.add(target.objid)
        target = _resolve_one(target, default)
    return target


def end_circles() -> None:
    """Have pdfminer give up references that lead in a circle, in this process."""
    PDFObjRef.resolve = _resolve  # type: ignore[method-assign, assignment]  # pdfminer has no way to ask for it
