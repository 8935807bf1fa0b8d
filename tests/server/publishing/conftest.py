"""A real nginx and a real Apache httpd that serve the folder of a published release by the rules that lie in it."""

import http.client
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.engines import free_port, wait_for
from tests.publishing import Row
from tests.web_servers import apache_program, nginx_program, running_apache

CONF = """daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log;
events {{ }}
http {{
  access_log off;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  include {rules}/nginx-http.conf;
  server {{
    listen 127.0.0.1:{port};
    location /hyte/ {{ alias {out}/; }}
    include {rules}/nginx-server.conf;
  }}
}}
"""


@dataclass(frozen=True, slots=True)
class WebServer:
    """A running web server."""

    port: int

    def get(self, path: str, **headers: str) -> tuple[int, str, dict[str, str], bytes]:
        """Status, target, headers and body of an answer."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)) as connection:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request("GET", path, headers=named)
            answer = connection.getresponse()
            told = dict(answer.getheaders())
            return answer.status, told.get("Location", ""), told, answer.read()


@pytest.fixture(scope="session")
def nginx(row: Row, tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebServer]:
    """An nginx that serves the folder of the release as a city would, below /hyte/."""
    folder, port = tmp_path_factory.mktemp("nginx"), free_port()
    # The folder of tests may be read by its owner only, and nginx drops its rights.
    out = Path(shutil.copytree(row.out, folder / "out"))
    text = CONF.format(folder=folder, port=port, rules=out / "redirects", out=out)
    if os.getuid() == 0:
        text = f"user root; {text}"
    (folder / "nginx.conf").write_text(text, "utf-8")
    command = [
        nginx_program(),
        "-p",
        str(folder),
        "-e",
        str(folder / "error.log"),
        "-c",
        str(folder / "nginx.conf"),
    ]
    checked = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    with subprocess.Popen(command) as server:
        wait_for(port, server)
        yield WebServer(port)
        server.terminate()


@pytest.fixture(scope="session")
def apache(row: Row) -> Iterator[WebServer]:
    """An Apache httpd with the folder of the release in that of the base, and its rules as `.htaccess` there."""
    program = apache_program()
    with TemporaryDirectory() as name:
        folder = Path(name)
        out = Path(shutil.copytree(row.out, folder / "web" / "hyte"))
        shutil.copy(out / "redirects" / "htaccess", out / ".htaccess")
        modules = ("mpm_event", "authz_core", "headers", "mime", "rewrite")
        with running_apache(program, folder, modules, "FileInfo") as port:
            yield WebServer(port)
