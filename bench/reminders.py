"""Reminders, with the worker killed: `python -m bench.reminders`, on SQLite or the database of DATABASE_URL.

Ten meetings start tomorrow, and every member is reminded of each; some commitments are due in two days, and their
owners are reminded of those that are theirs in one email. `jukwaa worker` runs as an operator starts it, sends into
files, and is killed (SIGKILL) at equal steps of the work. An email is one key, and one file with its Message-ID.
"""

import argparse
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from email import message_from_binary_file
from pathlib import Path
from typing import Any

import psutil

from bench.setup import use_temporary_installation

MEETING_COUNT = 10
REMINDERS, COMMITMENTS, KILLS = 20_000, 3_000, 10
POLL_INTERVAL = 0.5  # seconds
TIMEOUT_SECONDS = 300  # seconds without any progress: what is missing then is lost


def build_due_reminders(reminder_count: int, commitments: int) -> set[str]:
    """Enter what is to be reminded of, and return the key of each reminder to each person."""
    from django.utils import timezone

    from jukwaa.accounts.models import Person
    from jukwaa.coalitions.models import Capacity, Membership
    from tests.factories import CoalitionFactory, PersonFactory

    number = max((reminder_count - commitments) // MEETING_COUNT, 1)
    coalition = CoalitionFactory(slug="bench", mail_released_at=timezone.now())
    people = Person.objects.bulk_create(PersonFactory.build() for _number in range(number))
    Membership.objects.bulk_create(
        Membership(coalition=coalition, person=person, standing="active", starts_on=timezone.localdate())
        for person in people
    )
    owners = Capacity.objects.bulk_create(
        Capacity(coalition=coalition, person=people[place % number], name="An owner") for place in range(commitments)
    )
    keys = _add_due_commitments(coalition, owners) if owners else set()
    for place in range(MEETING_COUNT):
        key = _add_meeting_with_reminder(coalition, place)
        keys |= {f"{key}:{person.pk}" for person in people}
    return keys


def _add_meeting_with_reminder(coalition: Any, position: int) -> str:
    from tests.meetings.planned_meetings import create_planned_meeting

    meeting = create_planned_meeting(coalition, days=0.9, title=f"Call {position}")
    return f"meeting-reminder:{meeting.pk}:{meeting.starts_at:%Y%m%dT%H%M}:day"


def _add_due_commitments(coalition: Any, owner_rows: list[Any]) -> set[str]:
    from django.utils import timezone

    from jukwaa.meetings.models import EntryKind
    from tests.factories import CommitmentFactory, EntryFactory, MeetingFactory

    due = timezone.localdate() + timedelta(days=2)
    meeting, keys = MeetingFactory(coalition=coalition, published=True), set()
    for place, owner in enumerate(owner_rows):
        promised = {"kind": EntryKind.COMMITMENT, "title": "A commitment", "text": "We will share our findings."}
        entry = EntryFactory(coalition=coalition, meeting=meeting, position=place, published=True, **promised)
        commitment = CommitmentFactory(entry=entry, owner=owner, due_on=due)
        keys.add(f"due:{commitment.pk}:{due}:soon:{owner.person_id}")
    return keys


class BenchmarkWorker:
    """`jukwaa worker`, started again each time that it was killed."""

    def __init__(self) -> None:
        self.cpu = self.cpu_of_earlier = 0.0
        self.start()

    def start(self) -> None:
        from jukwaa.config.supervisor import build_parent_death_hook

        self.process = subprocess.Popen(
            [sys.executable, "-m", "jukwaa", "worker"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=os.environ,
            preexec_fn=build_parent_death_hook(),  # noqa: PLW1509 - it ends with us, even if we are killed
        )
        self.running = psutil.Process(self.process.pid)

    def look(self) -> None:
        """Note the CPU that it has used. It makes room for a fresh one when it has grown large."""
        if self.process.poll() is None:
            times = self.running.cpu_times()
            self.cpu = self.cpu_of_earlier + times.user + times.system
        else:
            self._restart()

    def kill(self) -> None:
        self.look()
        self.process.kill()
        self.process.wait()
        self._restart()

    def _restart(self) -> None:
        self.cpu_of_earlier = self.cpu
        self.start()

    def stop(self) -> None:
        self.look()
        self.process.terminate()
        self.process.wait()


@dataclass
class WorkerRunResults:
    """Seconds until all were queued and until all had left, the CPU of the workers, and how often one was killed."""

    queued: float
    left: float
    cpu: float
    kills: int


def run_worker_until_sent(email_keys: set[str], kill_count: int) -> WorkerRunResults:
    from jukwaa.mail.models import Message

    worker, begun, queued, killed = BenchmarkWorker(), time.monotonic(), 0.0, 0
    moved, before, emails = begun, -1, len(email_keys)
    try:
        while time.monotonic() - moved < TIMEOUT_SECONDS:
            time.sleep(POLL_INTERVAL)
            worker.look()
            done = Message.objects.count() + Message.objects.exclude(claimed_at=None).count()
            if done != before:
                moved, before = time.monotonic(), done
            if not queued and not find_missing_emails(email_keys):
                queued, emails = time.monotonic() - begun, Message.objects.count()
            if queued and not Message.objects.waiting().exists():
                break
            if killed < kill_count and done >= 2 * emails * (killed + 1) / (kill_count + 1):
                worker.kill()
                killed += 1
    finally:
        worker.stop()
    return WorkerRunResults(queued, moved - begun, worker.cpu, killed)


def find_missing_emails(email_keys: set[str]) -> set[str]:
    """Return the keys of the reminders that no email holds."""
    from jukwaa.mail.models import Message
    from jukwaa.updates.models import CombinedReminder

    alone = Message.objects.values_list("key", flat=True)
    together = CombinedReminder.objects.filter(email__in=_find_combined_email_numbers()).values_list("key", flat=True)
    return email_keys - {*alone} - {*together}


def _find_combined_email_numbers() -> list[int]:
    """Return the numbers of the combined emails that were queued."""
    from jukwaa.mail.models import Message

    keys = Message.objects.filter(key__startswith="reminders:").values_list("key", flat=True)
    return [int(key.partition(":")[2]) for key in keys]


def count_email_files(folder: Path) -> Counter[str]:
    """Return how often each Message-ID left."""
    found: Counter[str] = Counter()
    for path in folder.rglob("*.eml"):
        with path.open("rb") as file:
            found[message_from_binary_file(file)["Message-ID"].strip()] += 1
    return found


def render_table(email_keys: set[str], durations: WorkerRunResults, folder: Path) -> Iterator[str]:
    from django.db import connection

    from jukwaa.mail.models import Message

    left = count_email_files(folder)
    lost = len(find_missing_emails(email_keys)) + Message.objects.filter(sent_at=None, claimed_at=None).count()
    unsure = Message.objects.filter(sent_at=None).exclude(claimed_at=None).values_list("message_id", flat=True)
    marked = {*Message.objects.exclude(sent_at=None).values_list("message_id", flat=True)}
    emails = Message.objects.count()
    yield f"| {len(email_keys):,} reminders on {connection.vendor}, the worker killed {durations.kills} times | |"
    yield "|---|---|"
    yield f"| emails: queued; left | {emails:,}; {len(left):,} |"
    yield f"| seconds until all were queued; until all had left | {durations.queued:.0f}; {durations.left:.0f} |"
    yield (
        f"| CPU of the workers, seconds; ms for each email | {durations.cpu:.0f}; {durations.cpu / emails * 1000:.1f} |"
    )
    twice = sum(number > 1 for number in left.values())
    yield f"| reminders lost; sent twice | {lost + len(marked - left.keys())}; {twice} |"
    had_left = sum(each in left for each in unsure)
    had_not = len(unsure) - had_left
    yield f"| being sent when it was killed (an operator decides): had left; had not | {had_left}; {had_not} |"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reminders", type=int, default=REMINDERS)
    parser.add_argument("--commitments", type=int, default=COMMITMENTS, help="so many of them are of commitments")
    parser.add_argument("--kills", type=int, default=KILLS)
    options = parser.parse_args()
    os.environ["JUKWAA_MAIL_URL"] = "file:"
    with use_temporary_installation() as folder:
        keys = build_due_reminders(options.reminders, options.commitments)
        took = run_worker_until_sent(keys, options.kills)
        print("\n".join(render_table(keys, took, folder / "mail")))


if __name__ == "__main__":
    main()
