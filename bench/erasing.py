"""Preview and erasure of a person with 10,000 traces: `python -m bench.erasing`, on SQLite or DATABASE_URL's database.

A tenth each: comments, capacities on their own, activities, emails to them, follows, sessions, rows of imported
spreadsheets, commitments, versions, and comments of others that name them. As many rows again belong to others.
"""

import argparse
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from bench.setup import update_database_statistics, use_temporary_installation

if TYPE_CHECKING:
    from jukwaa.accounts.models import Person

TRACE_COUNT = 10_000
NAME, ADDRESS = "Žofie Brandýsová-Ngũgĩ", "zofie@ngugi.example"


def measure_elapsed_time[R](measured_function: Callable[[], R]) -> tuple[R, float, float]:
    wall, cpu = time.perf_counter(), time.process_time()
    result = measured_function()
    return result, time.perf_counter() - wall, time.process_time() - cpu


def build_person_with_traces(traces: int) -> "Person":
    from jukwaa.coalitions.models import Import
    from tests.factories import CapacityFactory, CoalitionFactory, DocumentFactory, MembershipFactory, PersonFactory

    coalition = CoalitionFactory()
    person, other = PersonFactory(name=NAME, email=ADDRESS), PersonFactory(name="Another Person")
    MembershipFactory(coalition=coalition, organisation=None, person=person)
    record = DocumentFactory(coalition=coalition, author=other, title="A document", published=True)
    for whose, named in ((person, NAME), (other, "Another Person")):
        capacity = CapacityFactory(coalition=coalition, person=whose, name=named)
        table = Import.objects.create(coalition=coalition, by=other, file_name="list.csv", table=[["Name", "Email"]])
        add_rows_of_person(whose, named, coalition, record, capacity, table, traces // 10)
    return person


def add_rows_of_person(
    person: "Person", table_name: str, coalition: Any, record: Any, capacity: Any, table_class: Any, row_count: int
) -> None:
    from django.contrib.sessions.backends.db import SessionStore
    from django.contrib.sessions.models import Session
    from django.utils import timezone

    from jukwaa.coalitions.models import Activity, Capacity, ImportRow
    from jukwaa.mail.models import Message
    from jukwaa.records.models import Comment, Version
    from jukwaa.search.models import SavedSearch

    now, numbers = timezone.now(), range(row_count)
    said = {"record": record, "author": person, "capacity": capacity}
    Comment.objects.bulk_create(Comment(body=f"Comment {n}", **said) for n in numbers)
    said["author"] = record.authorships.first().person
    Comment.objects.bulk_create(Comment(body=f"Thanks to {table_name} for {n}", **said) for n in numbers)
    own = {"coalition": coalition, "person": person}
    Capacity.objects.bulk_create(Capacity(name=table_name, **own) for n in numbers)
    SavedSearch.objects.bulk_create(SavedSearch(name=f"{table_name} {n}", query=f"q={n}", **own) for n in numbers)
    Activity.objects.bulk_create(
        Activity(coalition=coalition, actor=person, verb="changed", kind="document", object_id=n) for n in numbers
    )
    words = {
        "to": person.email,
        "subject": f"To {table_name}",
        "body": f"Dear {table_name}",
        "sent_at": now,
        "claimed_at": now,
    }
    Message.objects.bulk_create(
        Message(key=f"{person.pk}-{n}", message_id=f"<{person.pk}-{n}>", **words) for n in numbers
    )
    data = SessionStore().encode({"_auth_user_id": str(person.pk)})
    Session.objects.bulk_create(
        Session(session_key=f"{person.pk}-{n}", session_data=data, expire_date=now.replace(year=now.year + 1))
        for n in numbers
    )
    cells = [table_name, person.email]
    ImportRow.objects.bulk_create(
        ImportRow(source=table_class, number=n + 2, cells={"person": table_name}, state="entered") for n in numbers
    )
    table_class.table = [*table_class.table, *([cells] * row_count)]
    table_class.save()
    first = record.versions.count() + 1
    Version.objects.bulk_create(
        Version(record=record, number=first + n, content={"title": str(n)}, author=person) for n in numbers
    )


def run_benchmark(traces: int) -> Iterator[str]:
    from django.db import connection

    from jukwaa.accounts.erasure import erase_person, preview_erasure

    person = build_person_with_traces(traces)
    update_database_statistics()
    found, wall, cpu = measure_elapsed_time(lambda: preview_erasure(person))
    rows = sum(part.count for part in (*found.deleted, *found.emptied, *found.kept))
    yield f"| A person with {traces:,} traces on {connection.vendor} | rows | seconds | seconds of CPU |"
    yield "|---|---|---|---|"
    yield f"| preview | {rows:,} listed, {len(found.traces):,} named by others | {wall:.2f} | {cpu:.2f} |"
    _erased, wall, cpu = measure_elapsed_time(lambda: erase_person(person))
    again = preview_erasure(person)
    left = sum(part.count for part in (*again.deleted, *again.emptied))
    yield f"| erasure | {left:,} left to delete or empty | {wall:.2f} | {cpu:.2f} |"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--traces", type=int, default=TRACE_COUNT)
    options = parser.parse_args()
    with use_temporary_installation():
        print("\n".join(run_benchmark(options.traces)))


if __name__ == "__main__":
    main()
