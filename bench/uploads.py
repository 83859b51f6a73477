"""How long a visitor waits while 20 people upload the heaviest files: `python -m bench.uploads`.

`jukwaa serve` runs as an operator starts it. A visitor reads pages, first alone, then while everybody uploads one file
after the other; somebody else comments all the while, and none of their comments may fail.
"""

import argparse
import statistics
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from bench.setup import use_temporary_installation

UPLOADER_COUNT = 20
QUIET_PERIOD_SECONDS = 15
VISITED_PAGE_PATHS = ("", "meetings/", "library/", "documents/", "directory/", "search/?q=report")
COMMENT_INTERVAL_SECONDS = 1.0  # seconds
UPLOAD_PAUSE_SECONDS = 3.0  # seconds in which somebody chooses the next file


def measure_page_load_milliseconds(server_url: str, until: float) -> list[float]:
    """Milliseconds of one page after the other. In a process of its own, so that it waits for the server alone."""
    took, number = [], 0
    while time.time() < until:
        begun = time.perf_counter()
        with (
            suppress(TimeoutError),
            urlopen(f"{server_url}/bench/{VISITED_PAGE_PATHS[number % len(VISITED_PAGE_PATHS)]}", timeout=60) as answer,
        ):
            answer.read()
        took.append((time.perf_counter() - begun) * 1000)
        number += 1
        time.sleep(0.1)
    return took


class UploadingCrowd:
    """Everybody who uploads, and one who comments."""

    def __init__(self, server_url: str, people: list[Any], record: Any, pause_seconds: float) -> None:
        self.here, self.people, self.record, self.pause = server_url, people, record, pause_seconds
        self.over = threading.Event()
        self.statuses: Counter[int] = Counter()
        self.comments: Counter[int] = Counter()
        self.threads = [threading.Thread(target=self._upload, args=[person], daemon=True) for person in people]
        self.threads.append(threading.Thread(target=self._comment, daemon=True))

    def _upload(self, person: Any) -> None:
        from bench.hostile import post_upload_file

        number = 0
        while not self.over.is_set():
            status = post_upload_file(self.here, person.cookie, person.uploads[number % len(person.uploads)])
            self.statuses[status] += 1
            number += 1
            self.over.wait(self.pause)

    def _comment(self) -> None:
        from bench.hostile import CSRF_TOKEN, URL_OPENER

        number = 0
        while not self.over.is_set():
            sent = {"body": f"I agree with point {number}.", "csrfmiddlewaretoken": CSRF_TOKEN}
            headers = {"Cookie": f"{self.people[0].cookie}; csrf={CSRF_TOKEN}", "Origin": self.here}
            url = f"{self.here}/bench/records/{self.record.pk}/comments/"
            try:
                with URL_OPENER.open(Request(url, urlencode(sent).encode(), headers), timeout=120) as answer:
                    self.comments[answer.status] += 1
            except HTTPError as error:
                self.comments[error.code] += 1
            except OSError:
                self.comments[599] += 1
            number += 1
            self.over.wait(COMMENT_INTERVAL_SECONDS)


def compute_p95(durations: list[float]) -> float:
    return statistics.quantiles(durations, n=20)[-1]


def run_benchmark(people: int, duration_seconds: int, pause_seconds: float) -> Iterator[str]:
    from bench.hostile import build_uploader, serve_application
    from bench.world import GrowingCoalition

    world = GrowingCoalition()
    world.grow_to_size(200)
    everybody = [build_uploader(world.coalition, world.item, number) for number in range(people)]
    with serve_application() as (here, _pid), ProcessPoolExecutor(1) as pool:
        measure_page_load_milliseconds(here, time.time() + 3)
        quiet = pool.submit(measure_page_load_milliseconds, here, time.time() + QUIET_PERIOD_SECONDS).result()
        crowd = UploadingCrowd(here, everybody, world.item, pause_seconds)
        for thread in crowd.threads:
            thread.start()
        loaded = pool.submit(measure_page_load_milliseconds, here, time.time() + duration_seconds).result()
        crowd.over.set()
        for thread in crowd.threads:
            thread.join(timeout=0.2)
    yield from render_table(quiet, loaded, crowd)
    yield ""
    yield from render_tasks_table()


def render_table(idle_times: list[float], loaded_times: list[float], crowd: UploadingCrowd) -> Iterator[str]:
    yield "| A visitor's page, ms | median | p95 | longest |"
    yield "|---|---|---|---|"
    for name, took in (("alone", idle_times), (f"while {len(crowd.people)} people upload", loaded_times)):
        yield f"| {name} | {statistics.median(took):.0f} | {compute_p95(took):.0f} | {max(took):.0f} |"
    yield ""
    yield f"The p95 is {compute_p95(loaded_times) / compute_p95(idle_times):.1f} times its quiet value (goal: under 3)."
    yield f"Answers to uploads by status: {dict(sorted(crowd.statuses.items()))}."
    yield f"Answers to comments by status: {dict(sorted(crowd.comments.items()))}."


def render_tasks_table() -> Iterator[str]:
    from django_tasks_db.models import DBTaskResult

    states = Counter(DBTaskResult.objects.values_list("status", flat=True))
    yield f"Background tasks by state: {dict(sorted(states.items()))}."


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=UPLOADER_COUNT)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument(
        "--pause", type=float, default=UPLOAD_PAUSE_SECONDS, help="seconds between the uploads of one person"
    )
    options = parser.parse_args()
    with use_temporary_installation():
        for line in run_benchmark(options.people, options.seconds, options.pause):
            print(line)


if __name__ == "__main__":
    main()
