"""Measure the memory of a served installation: `python -m bench.memory`.

`jukwaa serve` runs as an operator starts it, with the demonstration's data and with 17,400 records; it is asked for
pages until every web process has made each of them. Then people upload files to another place: see `memory_uploads`.
Memory is counted as PSS: what processes share is counted once. Readers of files are left out, since they come and go.
"""

import argparse
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from urllib.request import Request, urlopen

import psutil

from bench.setup import use_temporary_installation

MEMORY_BUDGET_MB = 300  # MB
WORKER_COUNT = 2
MEMORY_REQUEST_ROUNDS = 20
RECORDS = 17_400
READER_COUNT = 12  # at once
REQUESTS_PER_WORKER = 40  # seconds: large web processes are replaced by then
BYTES_PER_MB = 1024 * 1024
MEASURED_PAGE_PATHS = (
    "",
    "meetings/",
    "meetings/register/",
    "documents/",
    "directory/",
    "representation/",
    "search/?q=children",
)


def discard_output(sentence: str) -> None:
    """What the demonstration says of itself belongs to no table."""


def find_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def request_page_bytes(url: str, session_cookie: str = "") -> int:
    with urlopen(Request(url, headers={"Cookie": session_cookie} if session_cookie else {}), timeout=120) as response:
        response.read()
        return int(response.status)


def wait_for_server(url: str) -> None:
    for _ in range(120):
        try:
            request_page_bytes(url)
        except OSError:
            time.sleep(0.5)
        else:
            return
    raise SystemExit("The server did not answer within a minute.")


def get_process_name(process: psutil.Process) -> str:
    """Web processes are forked from the web server, which has a name of its own, as the worker has."""
    return {"jukwaa-web": "web processes", "jukwaa-worker": "worker"}.get(process.name(), "supervisor")


def measure_process_memory(root_process: psutil.Process) -> dict[str, float]:
    """PSS of the tree, by what each process does; smaps_rollup is where psutil looks."""
    sums = {"supervisor": 0.0, "web processes": 0.0, "worker": 0.0}
    for process in [root_process, *root_process.children(recursive=True)]:
        try:
            if not is_reader_process(process):
                sums[get_process_name(process)] += process.memory_full_info().pss / BYTES_PER_MB
        except psutil.NoSuchProcess:
            continue
    return sums


def is_reader_process(process: psutil.Process) -> bool:
    return "jukwaa.core.documents.child" in process.cmdline()


def render_table(memory_by_process: dict[str, float]) -> list[str]:
    total = sum(memory_by_process.values())
    heads = [*memory_by_process, "together", "budget"]
    cells = [*(f"{value:.0f} MB" for value in memory_by_process.values()), f"{total:.0f} MB", f"{MEMORY_BUDGET_MB} MB"]
    return [f"| {' | '.join(heads)} |", "|---" * len(heads) + "|", f"| {' | '.join(cells)} |"]


@contextmanager
def serve_installation() -> Iterator[tuple[str, psutil.Process]]:
    """Serve the place as an operator does; give its address and the supervisor's process."""
    port = find_free_port()
    command = [sys.executable, "-m", "jukwaa", "serve", f"--port={port}", f"--workers={WORKER_COUNT}"]
    server = subprocess.Popen(command, env=os.environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        here = f"http://127.0.0.1:{port}"
        wait_for_server(here)
        yield here, psutil.Process(server.pid)
    finally:
        server.terminate()
        server.wait()


def measure_demo_memory() -> None:
    with use_temporary_installation():
        from jukwaa.home.demo import DEMO_COALITION_SLUG, build_demo_coalition

        build_demo_coalition(write_line=discard_output)
        with serve_installation() as (here, process):
            for _ in range(MEMORY_REQUEST_ROUNDS):
                for page in MEASURED_PAGE_PATHS:
                    request_page_bytes(f"{here}/{DEMO_COALITION_SLUG}/{page}")
            print("\n".join(render_table(measure_process_memory(process))))


def measure_large_coalition(record_count: int) -> None:
    """Ask for each page of a member, by one reader after another and by twelve at once."""
    with use_temporary_installation():
        from bench.pages import create_session_cookie, get_page_urls
        from bench.world import GrowingCoalition

        world = GrowingCoalition()
        world.grow_to_size(record_count)
        cookie, urls = create_session_cookie(world.member), [*get_page_urls(world).values()]
        print(
            "| "
            + " | ".join([f"{record_count} records", "supervisor", "web processes", "worker", "together", "budget"])
            + " |"
        )
        print("|---" * 6 + "|")
        with serve_installation() as (here, process):
            print(render_process_row("at the start", process))
            read_pages_as_member(here, urls, cookie, readers=2)
            print(render_process_row("after 2 people read at once", process))
            read_pages_as_member(here, urls, cookie, readers=READER_COUNT)
            print(render_process_row(f"after {READER_COUNT} people read at once", process))
            time.sleep(REQUESTS_PER_WORKER)
            print(render_process_row(f"{REQUESTS_PER_WORKER} seconds later", process), flush=True)


def read_pages_as_member(server_url: str, urls: Sequence[str], session_cookie: str, *, readers: int) -> None:
    """Let each reader ask for every page, ten times over."""

    def read_all_pages_repeatedly(number: int) -> None:
        for _ in range(10):
            for place in range(len(urls)):
                request_page_bytes(server_url + urls[(place + number) % len(urls)], session_cookie)

    with ThreadPoolExecutor(readers) as pool:
        list(pool.map(read_all_pages_repeatedly, range(readers)))


def render_process_row(label: str, process: psutil.Process) -> str:
    sums = measure_process_memory(process)
    figures = [*sums.values(), sum(sums.values()), MEMORY_BUDGET_MB]
    return "| " + " | ".join([label, *(f"{figure:.0f} MB" for figure in figures)]) + " |"


def main() -> None:
    """Print the tables. A process for each place: settings are read once."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--uploads", type=int, default=1000, help="how many (default: 1000; 200 for a quick look)")
    parser.add_argument("--grown", type=int, metavar="RECORDS", help="only the table of this number of records")
    options = parser.parse_args()
    if options.grown:
        measure_large_coalition(options.grown)
        return
    measure_demo_memory()
    print(flush=True)
    subprocess.run([sys.executable, "-m", "bench.memory", f"--grown={RECORDS}"], check=True)
    print(flush=True)
    subprocess.run([sys.executable, "-m", "bench.memory_uploads", f"--uploads={options.uploads}"], check=True)


if __name__ == "__main__":
    main()
