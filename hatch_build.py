"""Links the root folders under one package for an editable install, so that `hytegraph.graph` is `graph/`."""

import os
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class LinkFolders(BuildHookInterface):  # type: ignore[type-arg]
    """Makes `.editable/hytegraph/<folder>` a relative link to each folder the wheel would carry."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version != "editable":
            return
        root = Path(self.root)
        for folder, target in sorted(self.build_config.sources.items()):
            link = root / ".editable" / target.rstrip("/")
            link.parent.mkdir(parents=True, exist_ok=True)
            if link.is_symlink():
                link.unlink()
            link.symlink_to(os.path.relpath(root / folder.rstrip("/"), link.parent), target_is_directory=True)
