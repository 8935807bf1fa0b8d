"""The settings of a service or a push with what its release says: things keep the base that they were built with."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from hytegraph.graph.store.release import MANIFEST
from hytegraph.server.settings import SETTINGS, SettingError, Settings


def settings_for_release(
    environment: Mapping[str, str], given: Mapping[str, str | int | None] | None = None
) -> Settings:
    """The settings, with the base of the release where none is set; that of another store or file is as it is set.

    Raises SettingError for a base under which the release holds nothing.
    """
    settings = Settings.of(environment, given)
    release = next(each for each in SETTINGS if each.name == "release")
    if settings.store and (given or {}).get("release") is None and release.environment not in environment:
        # Before another store a release is read only where one is named.
        settings = replace(settings, release="")
    built_with = _base_of(Path(settings.release)) if settings.release else ""
    if built_with in ("", settings.base):
        return settings
    setting = next(each for each in SETTINGS if each.name == "base")
    if (given or {}).get("base") is not None or setting.environment in environment:
        reason = f"the release was built with {built_with}; leave the setting out, or build with this base"
        raise SettingError("base", settings.base, reason)
    return replace(settings, base=built_with)


def _base_of(release: Path) -> str:
    """The base in the manifest of a release folder; empty where there is none to read, which opening it will tell."""
    try:
        return str(json.loads((release / MANIFEST).read_text("utf-8"))["base"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""
