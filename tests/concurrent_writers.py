"""A coalition whose members write at the same time: comments, edits, publishing, pledges, inputs, decisions and more.

`bench/writers.py` measures it; `tests/test_writers.py` runs it for a moment on either database.
"""

import random
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Lock, Thread
from typing import Any

from django.db import connection

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition
from jukwaa.core.documents.incoming import ExtractedText
from jukwaa.core.refusals import ActionRefused, EditConflict
from jukwaa.drafting import actions as drafting
from jukwaa.drafting.actions import InputAnswer, InputContent
from jukwaa.drafting.models import Clause, Input, Placement, Text
from jukwaa.events import actions as events
from jukwaa.events.actions import PledgeDetails
from jukwaa.events.models import Occurrence
from jukwaa.intake.actions import ReadingDetails, start_reading
from jukwaa.meetings import actions as meetings
from jukwaa.meetings.models import EntryKind, Meeting
from jukwaa.records.actions import (
    add_comment,
    attach_file_to_record,
    begin_record,
    change_record,
    edit_comment,
    publish_record,
)
from jukwaa.records.models import Document, Record
from tests.drafting.consensus import create_open_text
from tests.factories import (
    AffiliationFactory,
    CoalitionFactory,
    ConsultationFactory,
    DocumentFactory,
    EventFactory,
    MeetingFactory,
    MembershipFactory,
    OccurrenceFactory,
    RoleFactory,
)

# Sentences that a person may be told when others were faster. Everything else is a fault.
EXPECTED_REFUSALS = (EditConflict, drafting.NothingChangedError)


@dataclass
class SharedWriterRecords:
    """What all writers write about: few records, so that they meet at the same rows."""

    coalition: Coalition
    lead: Person
    records: list[Record]
    text: Text
    consultation: Any
    occurrence: Occurrence
    meeting: Meeting


@dataclass
class WritingResults:
    """How many times each thing was done or refused, and what went wrong."""

    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)
    deadlocks: int = 0  # as the database counts them; those that a retry put right included
    lock: Lock = field(default_factory=Lock)


def build_shared_work() -> SharedWriterRecords:
    coalition = CoalitionFactory(slug="writers", name="Writers")
    lead = create_writer(coalition)
    RoleFactory(coalition=coalition, person=lead, kind="coordinator")
    records = [DocumentFactory(coalition=coalition, published=True) for _ in range(3)]
    text = create_open_text(coalition, lead)
    return SharedWriterRecords(
        coalition=coalition,
        lead=lead,
        records=records,
        text=text,
        consultation=ConsultationFactory(text=text),
        occurrence=OccurrenceFactory(event=EventFactory(coalition=coalition, published=True)),
        meeting=MeetingFactory(coalition=coalition, published=True),
    )


def create_writer(coalition: Coalition) -> Person:
    """A person who speaks for a member organisation of their own, and keeps the minutes and the record."""
    membership = MembershipFactory(coalition=coalition, organisation__coalition=coalition)
    person = AffiliationFactory(organisation=membership.organisation, may_speak=True).person
    RoleFactory(coalition=coalition, person=person, kind="rapporteur")
    RoleFactory(coalition=coalition, person=person, kind="editor")
    return person


class RandomWriter:
    """Does one thing after another, chosen by a seed, until the time is over."""

    def __init__(self, work: SharedWriterRecords, person: Person, seed: int) -> None:
        self.work, self.person = work, person
        self.organisation = person.affiliations.get().organisation
        self.random = random.Random(seed)
        self.number = 0

    def write_random_words(self) -> str:
        self.number += 1
        chosen = self.random.choices(["children", "helplines", "report", "safety", "training", "schools"], k=5)
        return f"{' '.join(chosen).capitalize()} {self.person.pk}-{self.number}."

    def get_actions(self) -> list[Callable[[], object]]:
        return [
            self.comment_on_record,
            self.comment_for_organisation,
            self.edit_random_comment,
            self.edit_random_record,
            self.publish_document,
            self.make_pledge,
            self.give_random_input,
            self.answer_inputs,
            self.write_clause,
            self.name_text_revision,
            self.record_decision,
            self.define_random_term,
            self.add_random_document,
            self.attach_text_file,
        ]

    def choose_record(self) -> Record:
        return Record.objects.get(pk=self.random.choice(self.work.records).pk)

    def comment_on_record(self) -> object:
        return add_comment(actor=self.person, record=self.choose_record(), body=self.write_random_words())

    def comment_for_organisation(self) -> object:
        record = self.work.meeting if self.random.random() < 0.5 else self.work.text
        return add_comment(
            actor=self.person, record=record, body=self.write_random_words(), organisation=self.organisation
        )

    def edit_random_comment(self) -> object:
        comment = add_comment(actor=self.person, record=self.choose_record(), body=self.write_random_words())
        return edit_comment(actor=self.person, comment=comment, body=self.write_random_words(), from_version=1)

    def edit_random_record(self) -> object:
        """The newest version each time; whoever is overtaken says so, as a person would be told."""
        record = self.choose_record().whole()
        changes = {"title": self.write_random_words()}
        return change_record(
            actor=self.person, record=record, changes=changes, from_version=record.version, is_trusted=True
        )

    def publish_document(self) -> object:
        document = Document(
            coalition=self.work.coalition,
            kind="document",
            title=self.write_random_words(),
            text=self.write_random_words(),
        )
        begun = begin_record(actor=self.person, record=document)
        return publish_record(actor=self.person, record=begun, is_trusted=True)

    def make_pledge(self) -> object:
        occurrence = Occurrence.objects.get(pk=self.work.occurrence.pk)
        given = events.pledge(
            actor=self.person,
            occurrence=occurrence,
            organisation=self.organisation,
            promise=PledgeDetails(self.write_random_words()),
        )
        if self.random.random() < 0.5:
            return events.change_pledge(
                actor=self.person, pledge=given, promise=PledgeDetails(self.write_random_words()), from_version=1
            )
        return events.withdraw_pledge(actor=self.person, pledge=given)

    def give_random_input(self) -> object:
        third = Clause.objects.get(text=self.work.text, number=3)
        said = InputContent(body=self.write_random_words(), clause=self.random.choice([third, None]))
        return drafting.give_consultation_input(
            actor=self.person, consultation=self.work.consultation, said=said, organisation=self.organisation
        )

    def answer_inputs(self) -> object:
        waiting = list(Input.objects.filter(text=self.work.text).waiting().order_by("?")[:3])
        answering = InputAnswer(answer="noted", reason=self.write_random_words())
        for given in waiting:
            given.text = self.work.text
        if len(waiting) > 1:
            return drafting.answer_inputs_together(actor=self.work.lead, inputs=waiting, input_answer=answering)
        for given in waiting:
            return drafting.answer_input(actor=self.work.lead, given_input=given, input_answer=answering)
        return None

    def write_clause(self) -> object:
        placement = self.random.choice(list(Placement.objects.now(self.work.text).filter(clause__number__in=[2, 3])))
        return drafting.write_clause_body(
            actor=self.work.lead,
            clause=placement.clause,
            clause_body=self.write_random_words(),
            from_digest=placement.wording.digest,
        )

    def name_text_revision(self) -> object:
        return drafting.create_named_revision(actor=self.work.lead, text=self.work.text)

    def record_decision(self) -> object:
        kind = self.random.choice([EntryKind.DECISION, EntryKind.COMMITMENT])
        meeting = Meeting.objects.get(pk=self.work.meeting.pk)
        return meetings.record_entry(actor=self.person, meeting=meeting, kind=kind, text=self.write_random_words())

    def define_random_term(self) -> None:
        """Few words for many writers: two often want the same one at once, and are told that it exists."""
        with suppress(ActionRefused):
            drafting.define_glossary_term(
                actor=self.person,
                coalition=self.work.coalition,
                name=f"term {self.random.randrange(40)}",
                language="en",
                meaning=self.write_random_words(),
            )

    def add_random_document(self) -> object:
        text = f"It was agreed to open {self.random.randrange(200)} helplines.\n\nSchools take part."
        about = ReadingDetails(meeting_title="Annual meeting")
        extracted = ExtractedText(text, "text/plain")
        return start_reading(
            actor=self.person, coalition=self.work.coalition, reading_details=about, extracted_text=extracted
        )

    def attach_text_file(self) -> object:
        record = self.choose_record().whole()
        data = self.write_random_words().encode()
        return attach_file_to_record(actor=self.work.lead, record=record, file_name="notes.txt", data=data)


def run_writers_for(writing_seconds: float, writers: list[RandomWriter]) -> WritingResults:
    """All of them at once, each with a connection of its own."""
    results, until, before = WritingResults(), time.monotonic() + writing_seconds, _count_database_deadlocks()
    threads = [Thread(target=_run_writer_until, args=(writer, until, results)) for writer in writers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    results.deadlocks = _count_database_deadlocks() - before
    return results


def _count_database_deadlocks() -> int:
    """What PostgreSQL counted in this database since it was made."""
    if connection.vendor != "postgresql":
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        return int(cursor.fetchone()[0])


def _run_writer_until(writer: RandomWriter, until: float, writing_results: WritingResults) -> None:
    try:
        while time.monotonic() < until:
            _run_writer_action(writer.random.choice(writer.get_actions()), writing_results)
    finally:
        connection.close()


def _run_writer_action(action: Callable[[], object], writing_results: WritingResults) -> None:
    name = action.__name__
    try:
        action()
    except EXPECTED_REFUSALS as refusal:
        with writing_results.lock:
            writing_results.refused[type(refusal).__name__] += 1
    except Exception as error:  # noqa: BLE001 - whatever it is, it is counted
        with writing_results.lock:
            writing_results.errors.append(f"{name}: {type(error).__name__}: {error}"[:400])
    else:
        with writing_results.lock:
            writing_results.done[name] += 1
