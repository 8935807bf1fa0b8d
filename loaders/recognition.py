"""What kind of document a text is, and what that kind reads in it."""

from pathlib import Path

from hytegraph.graph.errors import DocumentError, Reason
from hytegraph.loaders.documents.text import Cleaner
from hytegraph.loaders.kinds import recognise
from hytegraph.loaders.kinds.any_plan import kind_by_profile, unread_reason
from hytegraph.loaders.kinds.kind import Extraction, Kind, KnownGoal
from hytegraph.loaders.privacy.reading import Reading
from hytegraph.loaders.profile.file import PROFILE
from hytegraph.loaders.profile.reuse import profile_for


def kind_of(reading: Reading, folder: Path) -> Kind:
    """The document's kind, from its content or from the profile that a person has written for it in its folder.

    Raises DocumentError, with the headings that are not known, where no kind fits.
    """
    own = folder / reading.published.name
    try:
        return recognise(reading.layout)
    except DocumentError as error:
        if (own / PROFILE).is_file() and (
            kind := kind_by_profile(reading.layout, profile_for(reading.layout, own))
        ):
            return kind
        raise DocumentError(reading.file, unread_reason(reading.layout) or error.reason) from error


def read_as(kind: Kind, reading: Reading, goals: tuple[KnownGoal, ...], folder: Path) -> Extraction:
    """What the kind reads in a document, by the profile in its folder; raises DocumentError where it knows not its
    layout.
    """
    try:
        cleaner = Cleaner(reading.layout)
        if kind.extract_by_profile:
            profile = profile_for(reading.layout, folder)
            extraction = kind.extract_by_profile(reading.layout, cleaner, profile)
        else:
            extraction = kind.extract(reading.layout, cleaner, goals)
    except (ArithmeticError, LookupError, TypeError, ValueError) as error:
        reason = Reason(
            "it looks like a document of the kind {kind}, but its layout cannot be read ({error})",
            kind=kind.name,
            error=error,
        )
        raise DocumentError(reading.file, reason) from error
    if kind.states_goals and not any(table.kind.name == "goals" for table in extraction.tables):
        reason = Reason(
            "it looks like a document of the kind {kind}, but no goal was found in it", kind=kind.name
        )
        raise DocumentError(reading.file, reason)
    return extraction
