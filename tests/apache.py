"""A real Apache httpd (Debian's) that serves a folder by the `.htaccess` files that lie in it."""

import shutil
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.engines import free_port, wait_for

MODULES = Path("/usr/lib/apache2/modules")
CONF = """ServerRoot {folder}
ServerName 127.0.0.1
Listen 127.0.0.1:{port}
PidFile {folder}/pid
ErrorLog {folder}/errors
User nobody
Group nogroup
{modules}
TypesConfig {types}
DocumentRoot {folder}/web
<Directory {folder}/web>
Options Indexes FollowSymLinks
AllowOverride {overrides}
Require all granted
</Directory>
"""


def find_apache() -> str | None:
    """The program, where it is installed."""
    return shutil.which("apache2") or shutil.which("apache2", path="/usr/sbin")


@contextmanager
def running_apache(
    program: str, folder: Path, modules: Iterable[str], overrides: str, types: str | Path = "/dev/null"
) -> Iterator[int]:
    """The port of a server of `folder/web`, with these modules and what `.htaccess` files may override there."""
    port = free_port()
    # The folders of the tests are their user's alone, and Apache httpd reads as another.
    folder.chmod(0o755)
    loaded = "".join(f"LoadModule {name}_module {MODULES}/mod_{name}.so\n" for name in modules)
    text = CONF.format(folder=folder, port=port, modules=loaded, types=types, overrides=overrides)
    (folder / "conf").write_text(text, "utf-8")
    with subprocess.Popen([program, "-f", str(folder / "conf"), "-D", "FOREGROUND"]) as server:
        wait_for(port, server)
        yield port
        server.terminate()
