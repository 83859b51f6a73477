"""The processes of a served place live and die together, and the one that waits for them is small."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

import psutil
import pytest
from django.db import connection

from jukwaa.config.supervisor import herald

pytestmark = [
    pytest.mark.skipif(connection.vendor != "sqlite", reason="the processes run on SQLite in any case"),
]
ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60  # seconds


def until(happens):
    """What `happens` says once it says something; the machine may be busy."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if said := happens():
            return said
        time.sleep(0.1)
    pytest.fail("It did not happen.")


def answers(port):
    try:
        with urlopen(f"http://127.0.0.1:{port}/about/") as response:
            return response.status == 200
    except OSError:
        return False


@pytest.fixture
def served(data):
    """`jukwaa serve` as it is started by an operator: its process, and those below it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "JUKWAA_DATA": str(data)}
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, "-m", "jukwaa", "serve", f"--port={port}", "--workers=1"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
    root = psutil.Process(process.pid)
    until(lambda: answers(port) and len(root.children()) == 2)
    below = root.children(recursive=True)
    yield root, below
    for one in [root, *below]:
        if one.is_running():
            one.kill()
    process.wait()


def gone(processes):
    return not any(one.is_running() and one.status() != psutil.STATUS_ZOMBIE for one in processes)


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL], ids=["stopped", "killed"])
def test_nothing_is_left_when_the_supervisor_is_gone(served, end):
    root, below = served
    assert root.memory_info().rss < 40 * 1024 * 1024
    root.send_signal(end)

    until(lambda: gone(below))


def test_what_dies_is_started_again(served):
    root, below = served
    for child in root.children():
        child.kill()

    until(lambda: len([child for child in root.children() if child not in below]) == 2)
    until(lambda: gone(below))  # a web process without its parent would go on to answer at the same port


def test_the_address_is_told_once_the_server_listens_and_not_for_the_port_of_another(capsys):
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        port = server.getsockname()[1]
        tell = herald("127.0.0.1", port)
        assert (tell(), capsys.readouterr().out) == (False, "")

        server.listen()
        assert tell()
        assert f"http://127.0.0.1:{port}/" in capsys.readouterr().out

        assert herald("127.0.0.1", port)()
        assert capsys.readouterr().out == ""
