"""One process at a time has a folder to itself."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from hytegraph.graph.locking import alone_in

_HOLD = """
import sys, time
from pathlib import Path
from hytegraph.graph.locking import alone_in
with alone_in(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_folder_is_waited_for_until_the_process_that_has_it_dies(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", _HOLD, str(tmp_path)], stdout=subprocess.PIPE) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == b"held\n"
        waiting = subprocess.Popen([sys.executable, "-c", _HOLD, str(tmp_path)], stdout=subprocess.PIPE)
        assert waiting.stdout
        os.set_blocking(waiting.stdout.fileno(), False)
        time.sleep(1)
        assert waiting.stdout.read() is None

        os.kill(holder.pid, signal.SIGKILL)

    os.set_blocking(waiting.stdout.fileno(), True)
    assert waiting.stdout.readline() == b"held\n"
    waiting.kill()
    waiting.communicate()


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), alone_in(tmp_path / "nothing"):
        pass
