"""How much memory a served place takes: `python -m bench.memory`.

`jukwaa serve` runs as an operator starts it. On the data of the demonstration it is asked for pages until every web
process has made each of them. Then people upload files to another place: see `memory_uploads`. What is counted is PSS:
memory that processes share is counted once. Readers of files are left out, since they come and go.
"""

import argparse
import os
import socket
import subprocess
import sys
import time
from urllib.request import urlopen

import psutil

from bench.setup import a_place_of_its_own

BUDGET = 300  # MB
WORKERS = 2
ROUNDS = 20
MEGABYTE = 1024 * 1024
PAGES = ("", "meetings/", "meetings/register/", "documents/", "directory/", "representation/", "search/?q=children")


def print_nothing(sentence: str) -> None:
    """What the demonstration says of itself belongs to no table."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def ask(url: str) -> int:
    with urlopen(url, timeout=30) as response:
        response.read()
        return int(response.status)


def wait_for(url: str) -> None:
    for _ in range(120):
        try:
            ask(url)
        except OSError:
            time.sleep(0.5)
        else:
            return
    raise SystemExit("The server did not answer within a minute.")


def name_of(process: psutil.Process) -> str:
    """Web processes are forked from the web server, which has a name of its own, as the worker has."""
    return {"jukwaa-web": "web processes", "jukwaa-worker": "worker"}.get(process.name(), "supervisor")


def megabytes(root: psutil.Process) -> dict[str, float]:
    """PSS of the tree, by what each process does; smaps_rollup is where psutil looks."""
    sums = {"supervisor": 0.0, "web processes": 0.0, "worker": 0.0}
    for process in [root, *root.children(recursive=True)]:
        try:
            if not is_reader(process):
                sums[name_of(process)] += process.memory_full_info().pss / MEGABYTE
        except psutil.NoSuchProcess:
            continue
    return sums


def is_reader(process: psutil.Process) -> bool:
    return "jukwaa.core.documents.child" in process.cmdline()


def table(sums: dict[str, float]) -> list[str]:
    total = sum(sums.values())
    heads = [*sums, "together", "budget"]
    cells = [*(f"{value:.0f} MB" for value in sums.values()), f"{total:.0f} MB", f"{BUDGET} MB"]
    return [f"| {' | '.join(heads)} |", "|---" * len(heads) + "|", f"| {' | '.join(cells)} |"]


def pages() -> None:
    with a_place_of_its_own():
        from jukwaa.home.demo import SLUG, build

        build(say=print_nothing)
        port = free_port()
        command = [sys.executable, "-m", "jukwaa", "serve", f"--port={port}", f"--workers={WORKERS}"]
        server = subprocess.Popen(command, env=os.environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            here = f"http://127.0.0.1:{port}"
            wait_for(here)
            for _ in range(ROUNDS):
                for page in PAGES:
                    ask(f"{here}/{SLUG}/{page}")
            print("\n".join(table(megabytes(psutil.Process(server.pid)))))
        finally:
            server.terminate()
            server.wait()


def main() -> None:
    """Print the tables. A process for each place: settings are read once."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--uploads", type=int, default=1000, help="how many (default: 1000; 200 for a quick look)")
    options = parser.parse_args()
    pages()
    print(flush=True)
    subprocess.run([sys.executable, "-m", "bench.memory_uploads", f"--uploads={options.uploads}"], check=True)


if __name__ == "__main__":
    main()
