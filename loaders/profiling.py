"""The step between extract and build for plans of any layout: their profiles are shown, applied and approved."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from hytegraph.graph.errors import UnknownNameError
from hytegraph.loaders.documents.document import read_kept
from hytegraph.loaders.documents.folder import Entry, read_manifest
from hytegraph.loaders.documents.staging import candidate
from hytegraph.loaders.extract import Extracted, extract_files
from hytegraph.loaders.kinds import KINDS
from hytegraph.loaders.privacy.reading import read_without_personal_data
from hytegraph.loaders.profile.file import write_profile
from hytegraph.loaders.profile.model import Profile
from hytegraph.loaders.profile.reuse import profile_for


@dataclass(frozen=True, slots=True)
class Profiled:
    """A document that was read again by its profile."""

    extracted: Extracted
    profile: Profile


def apply_profiles(folder: Path, document: str = "", *, approve: bool = False) -> tuple[Profiled, ...]:
    """Read the folder's plans, or one, again from their kept text by the profiles beside them.

    `approve`: a person has seen the profiles and takes them as they stand. Raises UnknownNameError for a document that
    has no profile, ProfileError for one that cannot be read; the folder stays as it was then.
    """
    entries = [entry for entry in read_manifest(folder) if KINDS[entry.kind].extract_by_profile]
    chosen = [entry for entry in entries if document in ("", entry.name)]
    if not chosen:
        raise UnknownNameError(
            "plan with a profile", document or str(folder), [entry.name for entry in entries]
        )
    with candidate(folder) as work:
        _write(work, chosen, approve=approve)
        results = extract_files([work / f"{entry.name}.txt" for entry in chosen], work)
        names = {entry.name for entry in chosen}
        return tuple(
            Profiled(result, profile_for(read_kept(work, result.entry.name), work / result.entry.name))
            for result in results
            if result.entry.name in names
        )


def write_proposal(file: Path, folder: Path) -> tuple[str, Profile]:
    """Write the profile that a file's headings suggest beside its place in the folder, for a person to edit.

    `extract` reads the file by it, also one that it has refused. Gives the document's name and the profile; raises
    DocumentError for a file that cannot be read.
    """
    with candidate(folder) as work:
        reading = read_without_personal_data([file], work)[0]
        own = work / reading.published.name
        own.mkdir(exist_ok=True)
        profile = profile_for(reading.layout, own)
        write_profile(own, profile, reading.redacted.placed)
    return reading.published.name, profile


def _write(work: Path, entries: Sequence[Entry], *, approve: bool) -> None:
    """Have a profile beside each document; one that is approved says so."""
    for entry in entries:
        text = read_kept(work, entry.name)
        profile = profile_for(text, work / entry.name)
        if approve:
            write_profile(work / entry.name, replace(profile, is_approved=True), text.placed)
