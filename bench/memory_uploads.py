"""How much memory is kept after 1,000 uploads: `python -m bench.memory_uploads`, a part of `bench.memory`.

Half of the files are the heaviest that are allowed, and half are small. No two are the same.
"""

import argparse
import threading
import time
from collections import Counter
from collections.abc import Iterator
from itertools import count, pairwise
from typing import Any

import psutil

from bench.memory import measure_process_memory
from bench.setup import use_temporary_installation

MEMORY_BUDGET_MB = 400  # MB
UPLOADER_COUNT = 8
REST_SECONDS = (60, 180)  # the worker still reads what was accepted at the first of them


def upload_files_as_people(server_url: str, people: list[Any], uploads: int) -> Counter[int]:
    """Upload what everybody has in turn, so many times in all. Return the statuses of the answers."""
    from bench.hostile import make_upload_unique, post_upload_file

    statuses: Counter[int] = Counter()
    numbers = iter(range(uploads))
    lock = threading.Lock()

    def upload_until_done(person: Any) -> None:
        for turn in count():
            with lock:
                number = next(numbers, None)
            if number is None:
                return
            status = post_upload_file(
                server_url, person.cookie, make_upload_unique(person.uploads[turn % len(person.uploads)], number)
            )
            with lock:
                statuses[status] += 1

    threads = [threading.Thread(target=upload_until_done, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return statuses


def run_benchmark(uploads: int) -> Iterator[str]:
    from bench.hostile import build_uploader, serve_application
    from bench.world import GrowingCoalition

    world = GrowingCoalition()
    world.grow_to_size(200)
    people = [
        build_uploader(world.coalition, world.item, number, includes_small_files=True)
        for number in range(UPLOADER_COUNT)
    ]
    with serve_application() as (here, pid):
        root = psutil.Process(pid)
        measured = {"at the start": measure_process_memory(root)}
        statuses = upload_files_as_people(here, people, uploads)
        measured[f"after {uploads} uploads"] = measure_process_memory(root)
        for waited, seconds in pairwise((0, *REST_SECONDS)):
            time.sleep(seconds - waited)
            measured[f"{seconds} seconds later"] = measure_process_memory(root)
    yield f"| | {' | '.join(measured['at the start'])} | together |"
    yield "|---|---|---|---|---|"
    for name, sums in measured.items():
        cells = [f"{value:.0f} MB" for value in (*sums.values(), sum(sums.values()))]
        yield f"| {name} | {' | '.join(cells)} |"
    yield ""
    yield f"At most {MEMORY_BUDGET_MB} MB are allowed. Answers by status: {dict(sorted(statuses.items()))}."


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--uploads", type=int, default=1000, help="how many (default: 1000; 200 for a quick look)")
    options = parser.parse_args()
    with use_temporary_installation():
        for line in run_benchmark(options.uploads):
            print(line)


if __name__ == "__main__":
    main()
