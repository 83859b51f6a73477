"""How much memory is kept after 1,000 uploads: `python -m bench.memory_uploads`, a part of `bench.memory`.

Half of the files are the heaviest that are allowed, and half are small. No two are the same.
"""

import argparse
import threading
import time
from collections import Counter
from collections.abc import Iterator
from itertools import count
from typing import Any

import psutil

from bench.memory import WORKERS, megabytes
from bench.setup import a_place_of_its_own

BUDGET = 400  # MB
PEOPLE = 8
REST = 60  # seconds


def upload(here: str, people: list[Any], uploads: int) -> Counter[int]:
    """Upload what everybody has in turn, so many times in all. Return the statuses of the answers."""
    from bench.hostile import post, unlike

    statuses: Counter[int] = Counter()
    numbers = iter(range(uploads))
    lock = threading.Lock()

    def go_on(person: Any) -> None:
        for turn in count():
            with lock:
                number = next(numbers, None)
            if number is None:
                return
            status = post(here, person.cookie, unlike(person.uploads[turn % len(person.uploads)], number))
            with lock:
                statuses[status] += 1

    threads = [threading.Thread(target=go_on, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return statuses


def run(uploads: int, rest: int) -> Iterator[str]:
    from bench.hostile import served, somebody
    from bench.world import World

    world = World()
    world.grow(200)
    people = [somebody(world.coalition, world.item, number, with_small=True) for number in range(PEOPLE)]
    with served(WORKERS) as (here, pid):
        root = psutil.Process(pid)
        measured = {"at the start": megabytes(root)}
        statuses = upload(here, people, uploads)
        measured[f"after {uploads} uploads"] = megabytes(root)
        time.sleep(rest)
        measured[f"{rest} seconds later"] = megabytes(root)
    yield f"| | {' | '.join(measured['at the start'])} | together |"
    yield "|---|---|---|---|---|"
    for name, sums in measured.items():
        cells = [f"{value:.0f} MB" for value in (*sums.values(), sum(sums.values()))]
        yield f"| {name} | {' | '.join(cells)} |"
    yield ""
    yield f"At most {BUDGET} MB are allowed. Answers by status: {dict(sorted(statuses.items()))}."


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--uploads", type=int, default=1000, help="how many (default: 1000; 200 for a quick look)")
    parser.add_argument("--rest", type=int, default=REST, help="seconds between the last two rows")
    options = parser.parse_args()
    with a_place_of_its_own():
        for line in run(options.uploads, options.rest):
            print(line)


if __name__ == "__main__":
    main()
