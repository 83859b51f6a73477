"""What the annual report of 50,000 records costs: `python -m bench.annual_report`.

A year is filled with meetings, minutes, items, offers and needs, published texts, and consultations with inputs. The
report is drafted from the database, then written in each format: each in a process of its own, so that its peak of
memory is its own. The PDF is set in a child that has limits of its own, and is not counted here.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from bench.setup import update_database_statistics, use_temporary_installation

YEAR, SLUG = 2025, "year"
MEMBERS, ATTENDEES, INPUTS = 500, 40, 5
# Of a hundred records. What is left are entries of the minutes.
MEETINGS, ITEMS, OFFERS, NEEDS, TEXTS = 1, 15, 4, 4, 2
FIRST_DAY = datetime(YEAR, 1, 1, 12, tzinfo=UTC)
FILE_FORMATS = ("docx", "pdf", "epub")


class YearOfRecords:
    """A coalition with this number of records, all of one year."""

    def __init__(self, record_count: int) -> None:
        from tests.factories import CoalitionFactory, PersonFactory

        self.coalition: Any = CoalitionFactory(slug=SLUG, name="A Year", mail_released_at=FIRST_DAY)
        self.person: Any = PersonFactory()
        self.records = record_count

    def fill(self) -> None:
        from django.db import transaction

        with transaction.atomic():
            self._add_members()
            meetings = self._add_meetings()
            self._add_minutes(meetings)
            self._share_items()
            self._publish_texts()
        update_database_statistics()

    def _get_share_positions(self, share_percent: int) -> range:
        return range(max(self.records * share_percent // 100, 1))

    def _build_published_fields(self, position: int) -> dict[str, Any]:
        """Every fourth record is for members."""
        at = FIRST_DAY + timedelta(minutes=position * 7 % (360 * 24 * 60))
        label = "TLP:GREEN" if position % 4 == 3 else "TLP:CLEAR"
        said = {"coalition": self.coalition, "title": f"Record {position} of the year", "label": label}
        return said | {"state": "published", "published_at": at, "created_at": at}

    def _add_members(self) -> None:
        from jukwaa.coalitions.models import Membership, Organisation
        from jukwaa.places.regions import UN_REGIONAL_GROUPS, StakeholderGroup

        groups = list(StakeholderGroup)
        self.organisations = Organisation.objects.bulk_create(
            Organisation(
                coalition=self.coalition,
                name=f"Body {place} of many",
                regional_group=UN_REGIONAL_GROUPS[place % len(UN_REGIONAL_GROUPS)],
                stakeholder_group=groups[place % len(groups)],
            )
            for place in range(MEMBERS)
        )
        Membership.objects.bulk_create(
            Membership(
                coalition=self.coalition,
                organisation=organisation,
                standing="active",
                starts_on=(FIRST_DAY - timedelta(days=300 - place)).date(),
            )
            for place, organisation in enumerate(self.organisations)
        )

    def _add_meetings(self) -> list[Any]:
        from bench.meetings_world import bulk_create_with_parent_records
        from jukwaa.meetings.models import Attendance, Meeting

        meetings = bulk_create_with_parent_records(
            Meeting(
                **self._build_published_fields(place),
                kind="meeting",
                forum="Forum" if place % 20 == 0 else "",
                starts_on=(FIRST_DAY + timedelta(days=place % 360)).date(),
            )
            for place in self._get_share_positions(MEETINGS)
        )
        for meeting in meetings:
            Attendance.objects.bulk_create(
                Attendance(meeting=meeting, capacity=capacity, came_as="member")
                for capacity in self._create_capacities(ATTENDEES)
            )
        return meetings

    def _create_capacities(self, capacity_count: int) -> list[Any]:
        from jukwaa.coalitions.models import Capacity

        return Capacity.objects.bulk_create(
            Capacity(
                coalition=self.coalition,
                organisation=organisation,
                name=organisation.name,
                regional_group=organisation.regional_group,
                stakeholder_group=organisation.stakeholder_group,
            )
            for organisation in self.organisations[:capacity_count]
        )

    def _add_minutes(self, meetings: list[Any]) -> None:
        from bench.meetings_world import bulk_create_with_parent_records
        from jukwaa.meetings.models import Commitment, Dissent, Entry

        kinds = ("decision", "commitment", "topic", "report")
        rest = self.records - sum(len(self._get_share_positions(n)) for n in (MEETINGS, ITEMS, OFFERS, NEEDS, TEXTS))
        entries = bulk_create_with_parent_records(
            Entry(
                **self._build_published_fields(place),
                kind=kinds[place % len(kinds)],
                meeting=meetings[place % len(meetings)],
                position=place,
                text="It was agreed to share what was found.",
            )
            for place in range(rest)
        )
        day = FIRST_DAY.date() + timedelta(days=90)
        Commitment.objects.bulk_create(
            Commitment(entry=entry, progress="kept" if place % 2 else "open", closed_on=day if place % 2 else None)
            for place, entry in enumerate(each for each in entries if each.kind == "commitment")
        )
        decided = [entry for entry in entries if entry.kind == "decision"][:200]
        Dissent.objects.bulk_create(
            Dissent(entry=entry, capacity=capacity, kind="stood-aside", statement="We have no mandate.")
            for entry, capacity in zip(decided, self._create_capacities(len(decided)), strict=False)
        )

    def _share_items(self) -> None:
        from bench.meetings_world import bulk_create_with_parent_records
        from jukwaa.cooperation.models import Need, Offer
        from jukwaa.library.models import Item, Use

        items = bulk_create_with_parent_records(
            Item(**self._build_published_fields(place), kind="good-practice", what_worked="One table.")
            for place in self._get_share_positions(ITEMS)
        )
        capacities = self._create_capacities(MEMBERS)
        Use.objects.bulk_create(
            Use(item=item, author=self.person, capacity=capacities[place % MEMBERS], year=YEAR, how="We used it.")
            for place, item in enumerate(items)
            if place % 2
        )
        bulk_create_with_parent_records(
            Offer(**self._build_published_fields(place), kind="help-offered", sort="training")
            for place in self._get_share_positions(OFFERS)
        )
        bulk_create_with_parent_records(
            Need(**self._build_published_fields(place), kind="help-needed", sort="training")
            for place in self._get_share_positions(NEEDS)
        )

    def _publish_texts(self) -> None:
        from bench.meetings_world import bulk_create_with_parent_records
        from jukwaa.drafting.models import Consultation, Edition, Input, Revision, Text

        texts = bulk_create_with_parent_records(
            Text(**self._build_published_fields(place), kind="text") for place in self._get_share_positions(TEXTS)
        )
        revisions = Revision.objects.bulk_create(Revision(text=text, number=1, step=1, name="One") for text in texts)
        Edition.objects.bulk_create(
            Edition(text=each.text, revision=each, major=1, minor=0, without_call="A draft", at=each.text.published_at)
            for each in revisions
        )
        asked = Consultation.objects.bulk_create(
            Consultation(text=each.text, revision=each, opens_at=at, closes_at=at + timedelta(days=14))
            for each in revisions
            if (at := each.text.published_at)
        )
        capacities = self._create_capacities(MEMBERS)
        Input.objects.bulk_create(
            Input(
                consultation=each,
                text=each.text,
                revision=each.revision,
                capacity=capacities[place % MEMBERS],
                body="We agree.",
                disposition="noted" if place % 2 else "",
            )
            for each in asked
            for place in range(INPUTS)
        )


def measure_report_export(file_format: str) -> dict[str, float]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from django.utils import timezone

    from jukwaa.coalitions.models import Coalition
    from jukwaa.eligibility.annual_report.composition import compose_report_sections
    from jukwaa.eligibility.annual_report.period import ReportPeriod
    from jukwaa.eligibility.annual_report.report_document import build_report_document
    from jukwaa.eligibility.models import AnnualReport
    from jukwaa.eligibility.views.annual_report import ANNUAL_REPORT_FILE_FORMATS as MAKERS

    coalition = Coalition.objects.get(slug=SLUG)
    report = AnnualReport(coalition=coalition, year=YEAR, published_at=timezone.now())
    report.get_absolute_url()  # reads all addresses of the site, once in a process
    began = time.perf_counter()
    with CaptureQueriesContext(connection) as asked:
        document = build_report_document(
            compose_report_sections(ReportPeriod.of_year(coalition, YEAR), {}),
            report,
            site_url="https://x.example",
        )
    drafted = time.perf_counter() - began
    data = MAKERS[file_format][0](document)
    return {
        "drafted": drafted,
        "written": time.perf_counter() - began - drafted,
        "queries": len(asked),
        "bytes": len(data),
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def run_report_benchmark(record_count: int, folder: str) -> Iterator[str]:
    subprocess.run(
        [*BENCHMARK_COMMAND, "--fill", str(record_count)], check=True, env={**os.environ, "BENCH_FOLDER": folder}
    )
    yield f"| The annual report of {record_count:,} records | drafted, s | written, s | queries | peak of memory |"
    yield "|---|---|---|---|---|"
    for ending in FILE_FORMATS:
        done = subprocess.run(
            [*BENCHMARK_COMMAND, "--measure", ending],
            capture_output=True,
            check=True,
            text=True,
            env={**os.environ, "BENCH_FOLDER": folder},
        )
        told = json.loads(done.stdout)
        cost = f"{told['drafted']:.2f} | {told['written']:.2f} | {told['queries']} | {told['peak']:.0f} MB"
        yield f"| {ending} ({told['bytes'] / 1000:.0f} kB) | {cost} |"


BENCHMARK_COMMAND = [sys.executable, "-m", "bench.annual_report"]


def main() -> None:
    """Print the table; in a process of its own, fill the year or measure one format."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=50_000)
    parser.add_argument("--fill", type=int)
    parser.add_argument("--measure", choices=FILE_FORMATS)
    options = parser.parse_args()
    if options.fill or options.measure:
        with use_temporary_installation(os.environ["BENCH_FOLDER"]):
            if options.fill:
                YearOfRecords(options.fill).fill()
            else:
                print(json.dumps(measure_report_export(options.measure)))
        return
    with tempfile.TemporaryDirectory(prefix="jukwaa-bench-") as folder:
        for line in run_report_benchmark(options.records, folder):
            print(line, flush=True)


if __name__ == "__main__":
    main()
