"""Minutes of a meeting in progress: `python -m bench.live_minutes`, with two note-takers and 200 members who follow.

`jukwaa serve` runs as an operator starts it. Each note-taker saves a line every 4 seconds, and sends every fifth one
twice, as after a lost answer. Each reader asks every 1.5 seconds what is new, as the script of the page does.

`--kills` kills all processes of the server (SIGKILL) and starts it again. `--cuts` cuts the connection of a note-taker
while a line is sent: in turn before the server has read it, and before its answer has come. Lines that were not
acknowledged are sent again in order, with their tokens, as the script does.
"""

import argparse
import http.client
import os
import random
import re
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import psutil

from bench.setup import use_temporary_installation

NOTE_TAKERS = 2
READER_COUNT = 200
DURATION_SECONDS = 60
WRITE_INTERVAL_SECONDS = 4.0  # seconds between the lines of one note-taker
POLL_INTERVAL_SECONDS = 1.5
RESEND_INTERVAL = 5  # every fifth line
FINAL_WAIT_SECONDS = 5  # seconds in which readers see the last line
NO_ANSWER_STATUS = 599
CUT_DURATION_SECONDS = 5.0  # seconds
TIMEOUT_SECONDS = 60  # seconds in which what was not acknowledged is sent again
LINE_PATTERN = re.compile(rb"Line (\d+-\d+) of the bench")
REVISION_PATTERN = re.compile(rb'id="updates" data-revision="(\d+)"')


@dataclass
class ReaderResults:
    """What readers met: when each saw each line, how long the answers took in milliseconds, and their statuses."""

    lines: list[dict[str, float]] = field(default_factory=list)
    took: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)


def poll_updates_as_readers(host: str, path: str, session_cookies: list[str], until: float) -> ReaderResults:
    """Every reader in a thread. In a process of its own, so that it waits for the server alone."""
    seen = ReaderResults(lines=[{} for _cookie in session_cookies])
    lock = threading.Lock()

    def read_updates_as_reader(number: int) -> None:
        connection, revision = http.client.HTTPConnection(host, timeout=30), b"1"
        time.sleep(random.random() * POLL_INTERVAL_SECONDS)
        while time.time() < until:
            begun = time.perf_counter()
            status, body = send_request(
                connection, "GET", f"{path}updates/{revision.decode()}/", {"Cookie": session_cookies[number]}
            )
            with lock:
                seen.statuses[status] += 1
                seen.took.append((time.perf_counter() - begun) * 1000)
            if found := REVISION_PATTERN.search(body):
                revision = found[1]
            for line in LINE_PATTERN.findall(body):
                seen.lines[number].setdefault(line.decode(), time.time())
            time.sleep(POLL_INTERVAL_SECONDS)

    threads = [threading.Thread(target=read_updates_as_reader, args=[number]) for number in range(len(session_cookies))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return seen


def send_request(
    connection: http.client.HTTPConnection, http_method: str, path: str, headers: dict[str, str], request_body: str = ""
) -> tuple[int, bytes]:
    """Return the status and the body; NO_ANSWER_STATUS where there was none."""
    try:
        connection.request(http_method, path, request_body or None, headers)
        answer = connection.getresponse()
        return answer.status, answer.read()
    except (OSError, http.client.HTTPException):
        connection.close()
        return NO_ANSWER_STATUS, b""


@dataclass
class NoteTaker:
    """`written` names all lines; `saved` is when the server acknowledged each. `cuts` are moments."""

    host: str
    path: str
    cookie: str
    number: int
    cuts: list[float] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    saved: dict[str, float] = field(default_factory=dict)
    took: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    number_of_cuts: int = 0

    def write(self, writing_ends_at: float) -> None:
        self.connection = http.client.HTTPConnection(self.host, timeout=30)
        waiting: list[tuple[str, str]] = []
        due = time.time()
        while time.time() < writing_ends_at or (waiting and time.time() < writing_ends_at + TIMEOUT_SECONDS):
            if due <= time.time() < writing_ends_at:
                waiting.append(self._build_line_request())
                due += WRITE_INTERVAL_SECONDS
            while waiting and self._send_line(*waiting[0]):
                waiting.pop(0)
            time.sleep(POLL_INTERVAL_SECONDS if waiting else max(due - time.time(), 0))

    def _build_line_request(self) -> tuple[str, str]:
        from bench.hostile import CSRF_TOKEN

        name = f"{self.number}-{len(self.written)}"
        self.written.append(name)
        fields = {"kind": "report", "text": f"Line {name} of the bench.", "token": uuid4()}
        return name, urlencode({**fields, "csrfmiddlewaretoken": CSRF_TOKEN})

    def _send_line(self, line_name: str, request_body: str) -> bool:
        """Send a line; every fifth one twice."""
        begun, path = time.time(), f"{self.path}lines/new/"
        if self.cuts and self.cuts[0] <= begun:
            self.cuts.pop(0)
            self._interrupt_request(path, request_body)
            return False
        for _time in range(2 if self.written.index(line_name) % RESEND_INTERVAL == 0 else 1):
            status, _body = send_request(self.connection, "POST", path, self._build_headers(), request_body)
            self.statuses[status] += 1
            if status == HTTPStatus.NO_CONTENT:
                self.saved.setdefault(line_name, time.time())
        self.took.append((time.time() - begun) * 1000)
        return line_name in self.saved

    def _interrupt_request(self, path: str, request_body: str) -> None:
        """Break the connection: with half of the request sent, or with all of it and without the answer."""
        self.number_of_cuts += 1
        sent = request_body if self.number_of_cuts % 2 == 0 else request_body[: len(request_body) // 2]
        with suppress(OSError, http.client.HTTPException):
            self.connection.request(
                "POST", path, sent, self._build_headers() | {"Content-Length": str(len(request_body))}
            )
        self.connection.close()
        time.sleep(CUT_DURATION_SECONDS)

    def _build_headers(self) -> dict[str, str]:
        from bench.hostile import CSRF_TOKEN

        return {
            "Cookie": f"{self.cookie}; csrf={CSRF_TOKEN}",
            "Content-Type": "application/x-www-form-urlencoded",
            "Origin": f"http://{self.host}",
            "HX-Request": "true",
        }


class BenchmarkServer:
    """`jukwaa serve`, killed with all of its processes and started again at the same port."""

    def __init__(self) -> None:
        from bench.memory import find_free_port

        self.port, self.cpu = find_free_port(), 0.0
        self.host = f"127.0.0.1:{self.port}"
        self.start()

    def start(self) -> None:
        from bench.memory import wait_for_server
        from jukwaa.config.supervisor import build_parent_death_hook

        self.process = subprocess.Popen(
            [sys.executable, "-m", "jukwaa", "serve", f"--port={self.port}", "--workers=2"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=os.environ,
            preexec_fn=build_parent_death_hook(),  # noqa: PLW1509 - it ends with us, even if we are killed
        )
        wait_for_server(f"http://{self.host}")

    def kill_at_times(self, kill_times: list[float]) -> None:
        for moment in kill_times:
            time.sleep(max(moment - time.time(), 0))
            tree = psutil.Process(self.process.pid)
            self.record_cpu_time()
            for each in (tree, *tree.children(recursive=True)):
                with suppress(psutil.NoSuchProcess):
                    each.kill()
            self.process.wait()
            self.start()

    def record_cpu_time(self) -> None:
        """Add what the server and all its workers have used since they began."""
        tree = psutil.Process(self.process.pid)
        times = [each.cpu_times() for each in (tree, *tree.children(recursive=True))]
        self.cpu += sum(each.user + each.system for each in times)

    def stop(self) -> None:
        self.record_cpu_time()
        self.process.terminate()
        self.process.wait()


def build_live_meeting(readers: int) -> tuple[Any, list[str], list[str]]:
    """Return a meeting in progress, and the cookies of its note-takers and of the members who follow it."""
    from django.utils import timezone

    from bench.pages import create_session_cookie
    from jukwaa.meetings.actions import create_meeting_record, start_live_minutes
    from tests.factories import CoalitionFactory, MembershipFactory, PersonFactory, RoleFactory

    coalition = CoalitionFactory(slug="bench")
    people = [PersonFactory() for _number in range(NOTE_TAKERS + readers)]
    for person in people:
        MembershipFactory(coalition=coalition, organisation=None, person=person)
    for person in people[:NOTE_TAKERS]:
        RoleFactory(coalition=coalition, person=person, kind="rapporteur")
    now = timezone.now()
    meeting = create_meeting_record(
        actor=people[0],
        coalition=coalition,
        title="Call",
        published=True,
        starts_at=now,
        ends_at=now + timedelta(hours=2),
    )
    start_live_minutes(actor=people[0], meeting=meeting)
    cookies = [create_session_cookie(person) for person in people]
    return meeting, cookies[:NOTE_TAKERS], cookies[NOTE_TAKERS:]


def run_benchmark(duration_seconds: int, readers: int, kill_count: int, cut_count: int) -> Iterator[str]:
    meeting, writing, reading = build_live_meeting(readers)
    path = f"/bench/meetings/{meeting.pk}/minutes/"
    server = BenchmarkServer()
    try:
        with ProcessPoolExecutor(1) as pool:
            begun, until = time.time(), time.time() + duration_seconds
            takers = [NoteTaker(server.host, path, cookie, number) for number, cookie in enumerate(writing)]
            for number, moment in enumerate(list_evenly_spaced_times(begun, duration_seconds, cut_count)):
                takers[number % len(takers)].cuts.append(moment)
            threads = [threading.Thread(target=taker.write, args=[until]) for taker in takers]
            following = pool.submit(poll_updates_as_readers, server.host, path, reading, until + FINAL_WAIT_SECONDS)
            for thread in threads:
                thread.start()
            server.kill_at_times(
                list_evenly_spaced_times(begun, duration_seconds, kill_count)
            )  # in this thread: a child ends with the thread that began it
            seen = following.result()
            for thread in threads:
                thread.join()
    finally:
        server.stop()
    yield from render_results_table(seen, takers, meeting, server.cpu, duration_seconds + FINAL_WAIT_SECONDS)
    yield f"| server killed; connections cut | {kill_count}; {sum(taker.number_of_cuts for taker in takers)} |"


def list_evenly_spaced_times(start_time: float, duration_seconds: float, moment_count: int) -> list[float]:
    """Return so many moments, at equal distances."""
    return [start_time + duration_seconds * place / (moment_count + 1) for place in range(1, moment_count + 1)]


def render_results_table(
    reader_results: ReaderResults,
    note_takers: list[NoteTaker],
    meeting: Any,
    cpu_seconds: float,
    duration_seconds: float,
) -> Iterator[str]:
    from jukwaa.meetings.models import Entry

    written = {name for taker in note_takers for name in taker.written}
    saved = {name: at for taker in note_takers for name, at in taker.saved.items()}
    delays = [max(at - saved[name], 0) for lines in reader_results.lines for name, at in lines.items() if name in saved]
    unseen = sum(len(saved.keys() - lines.keys()) for lines in reader_results.lines)
    texts = Counter(Entry.objects.filter(meeting=meeting).values_list("text", flat=True))
    lost = sum(f"Line {name} of the bench." not in texts for name in written)
    posts = sum((taker.statuses for taker in note_takers), Counter[int]())
    statuses = reader_results.statuses + posts
    unanswered = statuses.pop(NO_ANSWER_STATUS, 0)
    errors = sum(count for status, count in statuses.items() if status >= HTTPStatus.BAD_REQUEST)
    asked = reader_results.statuses.total() + posts.total()
    yield f"| {len(note_takers)} note-takers and {len(reader_results.lines)} readers for {duration_seconds:.0f} s | |"
    yield "|---|---|"
    yield (
        f"| from saved to visible, seconds: median, p95, longest (target: p95 under 2) |"
        f" {format_median_p95_and_maximum(delays)} |"
    )
    yield (
        f"| to save a line, ms: median, p95, longest |"
        f" {format_median_p95_and_maximum([ms for t in note_takers for ms in t.took], 0)} |"
    )
    yield f"| to ask what is new, ms: median, p95, longest | {format_median_p95_and_maximum(reader_results.took, 0)} |"
    without_news = reader_results.statuses[204] / asked
    yield f"| requests a second; of them without news | {asked / duration_seconds:.0f}; {without_news:.0%} |"
    yield (
        f"| CPU of the server, cores; ms for each request | {cpu_seconds / duration_seconds:.2f};"
        f" {cpu_seconds / asked * 1000:.1f} |"
    )
    yield f"| errors; requests without an answer | {errors}; {unanswered} |"
    counts = f"{len(written)}; {lost}; {texts.total() - len(texts)}; {unseen}"
    yield f"| lines written; lost; saved twice; not seen by a reader | {counts} |"


def format_median_p95_and_maximum(measured_values: list[float], digit_count: int = 2) -> str:
    if len(measured_values) < 2:  # no quantiles of one value
        return "none"
    p95 = statistics.quantiles(measured_values, n=20)[-1]
    return ", ".join(
        f"{value:.{digit_count}f}" for value in (statistics.median(measured_values), p95, max(measured_values))
    )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--seconds", type=int, default=DURATION_SECONDS, help="how long lines are written (600 in full)"
    )
    parser.add_argument("--readers", type=int, default=READER_COUNT)
    parser.add_argument("--kills", type=int, default=0, help="how often the server is killed (5 in full)")
    parser.add_argument("--cuts", type=int, default=0, help="how often a connection is cut (10 in full)")
    options = parser.parse_args()
    with use_temporary_installation():
        for line in run_benchmark(options.seconds, options.readers, options.kills, options.cuts):
            print(line)


if __name__ == "__main__":
    main()
