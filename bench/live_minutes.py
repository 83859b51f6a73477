"""Minutes of a meeting in progress: `python -m bench.live_minutes`, with two note-takers and 200 members who follow.

`jukwaa serve` runs as an operator starts it. Each note-taker saves a line every 4 seconds, and sends every fifth one
twice, as after a lost answer. Each reader asks every 1.5 seconds what is new, as the script of the page does.
"""

import argparse
import http.client
import random
import re
import statistics
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import psutil

from bench.setup import a_place_of_its_own

NOTE_TAKERS = 2
READERS = 200
SECONDS = 60
EVERY = 4.0  # seconds between the lines of one note-taker
POLLED_EVERY = 1.5
SENT_TWICE = 5  # every fifth line
LAST_LOOK = 5  # seconds in which readers see the last line
LINE = re.compile(rb"Line (\d+-\d+) of the bench")
REVISION = re.compile(rb'id="updates" data-revision="(\d+)"')


@dataclass
class Seen:
    """What readers met: when each saw each line, how long the answers took in milliseconds, and their statuses."""

    lines: list[dict[str, float]] = field(default_factory=list)
    took: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)


def follow(host: str, path: str, cookies: list[str], until: float) -> Seen:
    """Every reader in a thread. In a process of its own, so that it waits for the server alone."""
    seen = Seen(lines=[{} for _cookie in cookies])
    lock = threading.Lock()

    def read(number: int) -> None:
        connection, revision = http.client.HTTPConnection(host, timeout=30), b"1"
        time.sleep(random.random() * POLLED_EVERY)
        while time.time() < until:
            begun = time.perf_counter()
            status, body = ask(connection, "GET", f"{path}updates/{revision.decode()}/", {"Cookie": cookies[number]})
            with lock:
                seen.statuses[status] += 1
                seen.took.append((time.perf_counter() - begun) * 1000)
            if found := REVISION.search(body):
                revision = found[1]
            for line in LINE.findall(body):
                seen.lines[number].setdefault(line.decode(), time.time())
            time.sleep(POLLED_EVERY)

    threads = [threading.Thread(target=read, args=[number]) for number in range(len(cookies))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return seen


def ask(
    connection: http.client.HTTPConnection, method: str, path: str, headers: dict[str, str], body: str = ""
) -> tuple[int, bytes]:
    """Return the status and the body; 599 where there was no answer."""
    try:
        connection.request(method, path, body or None, headers)
        answer = connection.getresponse()
        return answer.status, answer.read()
    except (OSError, http.client.HTTPException):
        connection.close()
        return 599, b""


@dataclass
class NoteTaker:
    """`saved` is when each line was saved, by its name."""

    host: str
    path: str
    cookie: str
    number: int
    saved: dict[str, float] = field(default_factory=dict)
    took: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)

    def write(self, until: float) -> None:
        from bench.hostile import CSRF

        connection = http.client.HTTPConnection(self.host, timeout=30)
        headers = {
            "Cookie": f"{self.cookie}; csrf={CSRF}",
            "Content-Type": "application/x-www-form-urlencoded",
            "Origin": f"http://{self.host}",
            "HX-Request": "true",
        }
        turn = 0
        while time.time() < until:
            begun, name = time.time(), f"{self.number}-{turn}"
            fields = {"kind": "report", "text": f"Line {name} of the bench.", "token": uuid4()}
            body = urlencode({**fields, "csrfmiddlewaretoken": CSRF})
            for _time in range(2 if turn % SENT_TWICE == 0 else 1):
                status, _body = ask(connection, "POST", f"{self.path}lines/new/", headers, body)
                self.statuses[status] += 1
                if status == HTTPStatus.NO_CONTENT:
                    self.saved.setdefault(name, time.time())
            self.took.append((time.time() - begun) * 1000)
            turn += 1
            time.sleep(max(EVERY - (time.time() - begun), 0))


def build_meeting(readers: int) -> tuple[Any, list[str], list[str]]:
    """Return a meeting in progress, and the cookies of its note-takers and of the members who follow it."""
    from django.utils import timezone

    from bench.pages import signed_in
    from jukwaa.meetings.actions import begin_meeting, start_minutes
    from tests.factories import CoalitionFactory, MembershipFactory, PersonFactory, RoleFactory

    coalition = CoalitionFactory(slug="bench")
    people = [PersonFactory() for _number in range(NOTE_TAKERS + readers)]
    for person in people:
        MembershipFactory(coalition=coalition, organisation=None, person=person)
    for person in people[:NOTE_TAKERS]:
        RoleFactory(coalition=coalition, person=person, kind="rapporteur")
    now = timezone.now()
    meeting = begin_meeting(
        actor=people[0],
        coalition=coalition,
        title="Call",
        published=True,
        starts_at=now,
        ends_at=now + timedelta(hours=2),
    )
    start_minutes(actor=people[0], meeting=meeting)
    cookies = [signed_in(person) for person in people]
    return meeting, cookies[:NOTE_TAKERS], cookies[NOTE_TAKERS:]


def run(seconds: int, readers: int) -> Iterator[str]:
    from bench.hostile import served

    meeting, writing, reading = build_meeting(readers)
    path = f"/bench/meetings/{meeting.pk}/minutes/"
    with served() as (here, pid), ProcessPoolExecutor(1) as pool:
        host = here.removeprefix("http://")
        server = psutil.Process(pid)
        before, until = cpu_seconds(server), time.time() + seconds
        takers = [NoteTaker(host, path, cookie, number) for number, cookie in enumerate(writing)]
        threads = [threading.Thread(target=taker.write, args=[until]) for taker in takers]
        following = pool.submit(follow, host, path, reading, until + LAST_LOOK)
        for thread in threads:
            thread.start()
        seen = following.result()
        for thread in threads:
            thread.join()
        used = cpu_seconds(server) - before
    yield from table(seen, takers, meeting, used, seconds + LAST_LOOK)


def cpu_seconds(process: psutil.Process) -> float:
    """Of the server and of all its workers."""
    times = [each.cpu_times() for each in (process, *process.children(recursive=True))]
    return sum(each.user + each.system for each in times)


def table(seen: Seen, takers: list[NoteTaker], meeting: Any, used: float, seconds: float) -> Iterator[str]:
    from jukwaa.meetings.models import Entry

    saved = {name: at for taker in takers for name, at in taker.saved.items()}
    delays = [at - saved[name] for lines in seen.lines for name, at in lines.items() if name in saved]
    unseen = sum(len(saved.keys() - lines.keys()) for lines in seen.lines)
    texts = Counter(Entry.objects.filter(meeting=meeting).values_list("text", flat=True))
    lost = sum(f"Line {name} of the bench." not in texts for name in saved)
    posts = sum((taker.statuses for taker in takers), Counter[int]())
    errors = sum(count for status, count in (seen.statuses + posts).items() if status >= HTTPStatus.BAD_REQUEST)
    asked = seen.statuses.total() + posts.total()
    yield f"| {len(takers)} note-takers and {len(seen.lines)} readers for {seconds:.0f} s | |"
    yield "|---|---|"
    yield f"| from saved to visible, seconds: median, p95, longest (target: p95 under 2) | {describe(delays)} |"
    yield f"| to save a line, ms: median, p95, longest | {describe([ms for t in takers for ms in t.took], 0)} |"
    yield f"| to ask what is new, ms: median, p95, longest | {describe(seen.took, 0)} |"
    yield f"| requests a second; of them without news | {asked / seconds:.0f}; {seen.statuses[204] / asked:.0%} |"
    yield f"| CPU of the server, cores; ms for each request | {used / seconds:.2f}; {used / asked * 1000:.1f} |"
    yield f"| errors | {errors} |"
    counts = f"{len(saved)}; {lost}; {texts.total() - len(texts)}; {unseen}"
    yield f"| lines saved; lost; saved twice; not seen by a reader | {counts} |"


def describe(values: list[float], digits: int = 2) -> str:
    if len(values) < 2:  # no quantiles of one value
        return "none"
    p95 = statistics.quantiles(values, n=20)[-1]
    return ", ".join(f"{value:.{digits}f}" for value in (statistics.median(values), p95, max(values)))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=SECONDS, help="how long lines are written (600 in full)")
    parser.add_argument("--readers", type=int, default=READERS)
    options = parser.parse_args()
    with a_place_of_its_own():
        for line in run(options.seconds, options.readers):
            print(line)


if __name__ == "__main__":
    main()
