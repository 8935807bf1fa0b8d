"""The web servers of the tests, as Debian brings them: nginx, and an Apache httpd with the `.htaccess` files of a folder."""

import shutil
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

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


def nginx_program() -> str:
    """Where nginx is; a test that asks is skipped where it is not installed."""
    return _program("nginx", "nginx-light")


def apache_program() -> str:
    """Where Apache httpd is; a test that asks is skipped where it is not installed."""
    return _program("apache2", "apache2-bin")


def _program(name: str, package: str) -> str:
    # Debian leaves /usr/sbin out of the PATH of those who are not root.
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin")
    if found is None:
        pytest.skip(f"{name} is not installed (Debian's {package})")
    return found


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
