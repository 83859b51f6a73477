"""The processes of a served place live and die together, and share what was loaded once."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from urllib.request import urlopen

import psutil
import pytest
from django.db import connection

from jukwaa.config.supervisor import build_start_message_printer

pytestmark = [
    pytest.mark.skipif(connection.vendor != "sqlite", reason="the processes run on SQLite in any case"),
]
PROJECT_FOLDER = Path(__file__).resolve().parents[2]
TIMEOUT_SECONDS = 60  # seconds


def wait_until_true(get_result):
    """What `get_result` says once it says something; the machine may be busy."""
    end = time.monotonic() + TIMEOUT_SECONDS
    while time.monotonic() < end:
        if said := get_result():
            return said
        time.sleep(0.1)
    pytest.fail("It did not happen.")


def does_server_respond(server_port):
    try:
        with urlopen(f"http://127.0.0.1:{server_port}/about/") as response:
            return response.status == 200
    except OSError:
        return False


IMPORT_SCRIPT = """
import django
django.setup()
from jukwaa.coalitions.models import Organisation
from tests.factories import CoalitionFactory
coalition = CoalitionFactory()
Organisation.objects.bulk_create(Organisation(coalition=coalition, name=str(number)) for number in range(500))
"""


def is_table_analysed(data_path, table_name):
    """Whether the planner of the database knows that a table has 500 rows."""
    with closing(sqlite3.connect(data_path / "jukwaa.sqlite3")) as database:
        found = database.execute("SELECT stat FROM sqlite_stat1 WHERE tbl = ?", [table_name]).fetchall()
    return any(stat.startswith("500 ") for (stat,) in found)


@pytest.fixture
def data_of_server(data_folder):
    """`jukwaa serve` as it is started by an operator: its process, and those below it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "JUKWAA_DATA": str(data_folder)}
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, "-m", "jukwaa", "serve", f"--port={port}", "--workers=1"]
    process = subprocess.Popen(command, cwd=PROJECT_FOLDER, env=environment, stderr=subprocess.DEVNULL)
    root = psutil.Process(process.pid)
    wait_until_true(lambda: does_server_respond(port) and len(root.children()) == 2)
    root.port = port
    below = root.children(recursive=True)
    yield root, below
    for one in [root, *below]:
        if one.is_running():
            one.kill()
    process.wait()


def have_processes_ended(process_ids):
    return not any(one.is_running() and one.status() != psutil.STATUS_ZOMBIE for one in process_ids)


@pytest.mark.parametrize("stop_signal", [signal.SIGTERM, signal.SIGKILL], ids=["stopped", "killed"])
@pytest.mark.slow
def test_no_process_is_left_after_supervisor(data_of_server, stop_signal):
    root, below = data_of_server
    root.send_signal(stop_signal)

    wait_until_true(lambda: have_processes_ended(below))


@pytest.mark.slow
def test_dead_process_is_restarted(data_of_server):
    root, below = data_of_server
    for child in root.children():
        child.kill()

    wait_until_true(lambda: len([child for child in root.children() if child not in below]) == 2)
    wait_until_true(
        lambda: have_processes_ended(below)
    )  # a web process without its parent would go on to answer at the same port


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells what is shared")
@pytest.mark.slow
def test_worker_shares_memory_of_supervisor(data_of_server):
    root, _below = data_of_server
    (worker,) = [child for child in root.children() if child.name() == "jukwaa-worker"]
    memory = worker.memory_full_info()

    assert memory.uss < memory.rss / 2


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has names of processes")
@pytest.mark.slow
def test_request_waits_while_web_process_is_replaced(data_of_server):
    root, _below = data_of_server
    (web,) = [child for child in root.children() if child.name() == "jukwaa-web"]
    (process,) = web.children()
    time.sleep(6)  # a process that dies in its first seconds ends the web server
    process.kill()

    assert does_server_respond(root.port)


PRELOAD_SCRIPT = """
from pathlib import Path
from django.db import connections
from jukwaa.config.preload import preload_application
preload_application()
threads = list(Path("/proc/self/task").iterdir())
print(len(threads), [each.connection for each in connections.all()])
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lists the threads of a process")
@pytest.mark.slow
def test_preloaded_process_can_fork_safely(data_folder):
    environment = {**os.environ, "JUKWAA_DATA": str(data_folder), "DJANGO_SETTINGS_MODULE": "jukwaa.config.settings"}
    environment.pop("DATABASE_URL", None)
    done = subprocess.run(
        [sys.executable, "-c", PRELOAD_SCRIPT], cwd=PROJECT_FOLDER, env=environment, capture_output=True, check=True
    )

    assert done.stdout == b"1 [None]\n"


@pytest.mark.slow
def test_server_updates_statistics_after_import(data_of_server, data_folder):
    assert not is_table_analysed(data_folder, "coalitions_organisation")
    environment = {**os.environ, "JUKWAA_DATA": str(data_folder), "DJANGO_SETTINGS_MODULE": "jukwaa.config.settings"}
    environment.pop("DATABASE_URL", None)
    subprocess.run([sys.executable, "-c", IMPORT_SCRIPT], cwd=PROJECT_FOLDER, env=environment, check=True)

    wait_until_true(lambda: is_table_analysed(data_folder, "coalitions_organisation"))


def test_url_is_printed_once_server_listens(capsys):
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        port = server.getsockname()[1]
        tell = build_start_message_printer("127.0.0.1", port)
        assert (tell(), capsys.readouterr().out) == (False, "")

        server.listen()
        assert tell()
        assert f"http://127.0.0.1:{port}/" in capsys.readouterr().out

        assert build_start_message_printer("127.0.0.1", port)()
        assert capsys.readouterr().out == ""
