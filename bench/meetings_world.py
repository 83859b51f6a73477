"""A coalition with many meetings: minutes, decisions, commitments, ideas, agenda items and replies to invitations.

Import it after the settings. Rows are written in bulk, those of records with their parents: entries are not in the
search index and have no versions, since no page of meetings reads either.
"""

import random
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time, timedelta
from itertools import batched
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.utils import timezone

from bench.setup import update_database_statistics
from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Affiliation, Capacity, Coalition, Membership, Organisation
from jukwaa.meetings import models as rows
from jukwaa.meetings.models import Commitment, Entry, EntryKind, Idea, Meeting, Part, Series
from jukwaa.places.countries import COUNTRIES_BY_CODE
from jukwaa.places.regions import StakeholderGroup
from jukwaa.records.models import Label, Record
from tests.factories import AffiliationFactory, CoalitionFactory, MembershipFactory, PersonFactory, RoleFactory

MEMBERS, MEETINGS, ENTRIES, IDEAS = 2_000, 300, 60, 500
BINDING_ENTRY_KINDS = (EntryKind.COMMITMENT, EntryKind.COMMITMENT, EntryKind.DECISION) * 5  # of a meeting
PARTS, ATTENDEES, REPLIES, REPLIES_AHEAD, SUPPORTERS, UPDATES = 6, 40, 60, 400, 12, 30
SERIES, AHEAD = 10, 10  # the last ten meetings are still to come, one in each series
MEETING_INTERVAL = timedelta(days=14)
OTHER_ENTRY_KINDS = (EntryKind.REPORT, EntryKind.TOPIC, EntryKind.OFFER, EntryKind.REQUEST, EntryKind.OBSERVATION)
PROGRESS_VALUES = ("open", "in-hand", "kept", "kept", "dropped")
DECISION_METHODS = ("consensus", "consensus", "rough-consensus", "silence", "vote", "")
DECISION_STATUSES = ("in-force", "in-force", "in-force", "completed", "lapsed")
INVITATION_ANSWERS = ("yes", "yes", "maybe", "no", "colleague")
TITLE_VOCABULARY = (
    *("children", "report", "hotline", "review", "share", "findings", "training"),
    *("legal", "data", "portal", "schools", "network", "protect", "guide"),
)
BATCH_SIZE = 500


def bulk_create_with_parent_records[R: Record](added_records: Iterable[R]) -> list[R]:
    """Write rows of a kind with those of their parent, which Django's `bulk_create` does not."""
    made = list(added_records)
    for each in batched(made, BATCH_SIZE, strict=False):
        parents = [_build_parent_record(row) for row in each]
        for row, parent in zip(each, Record.objects.bulk_create(parents), strict=True):
            row.pk = row.id = parent.pk
        model = type(each[0])
        fields = [field for field in model._meta.local_concrete_fields if not field.generated]  # noqa: SLF001 - public by Django's word
        model._base_manager._insert(list(each), fields=fields, using="default")  # noqa: SLF001 - it writes the child's table alone
    return made


def _build_parent_record(parent_row: Record) -> Record:
    names = [field.attname for field in Record._meta.concrete_fields if not field.primary_key]  # noqa: SLF001 - as above
    return Record(**{name: getattr(parent_row, name) for name in names})


class MeetingsWorld:
    """`grow(share)` brings it to that share of all of these. What is looked at is of full size."""

    def __init__(self) -> None:
        self.choose = random.Random(7)
        self.now = timezone.now()
        self.coalition: Coalition = CoalitionFactory(slug="meetings", name="Meetings", mail_released_at=self.now)
        self.coordinator: Person = PersonFactory()
        self.member: Person = PersonFactory()
        self.people: list[Person] = []
        self.organisations: list[Organisation] = []
        self.series = [Series.objects.create(coalition=self.coalition, title=f"Call {n}") for n in range(SERIES)]
        self.meetings: list[Meeting] = []
        self.ideas: list[Idea] = []
        own = MembershipFactory(coalition=self.coalition, organisation__country="KE").organisation
        AffiliationFactory(organisation=own, person=self.member, may_speak=True)
        self.own = Capacity.objects.create(coalition=self.coalition, organisation=own, name=own.name, country="KE")
        MembershipFactory(coalition=self.coalition, organisation=None, person=self.coordinator)
        RoleFactory(coalition=self.coalition, person=self.coordinator, kind="coordinator")

    def grow_to_size(self, target_share: float) -> None:
        with transaction.atomic():
            self._add_members(round(MEMBERS * target_share))
            self._add_meetings(max(round(MEETINGS * target_share), 3))
            self._add_ideas(max(round(IDEAS * target_share), 1))
            Coalition.objects.increment_revision([self.coalition.pk])
        update_database_statistics()

    def _add_members(self, target_count: int) -> None:
        """Every second one is an organisation with somebody who speaks for it."""
        number = target_count - len(self.people)
        codes, groups, today = list(COUNTRIES_BY_CODE.values()), list(StakeholderGroup), timezone.localdate()
        people = Person.objects.bulk_create(PersonFactory.build() for _number in range(number))
        organisations = Organisation.objects.bulk_create(
            Organisation(
                coalition=self.coalition,
                name=f"Body {len(self.organisations) + place} of many",
                country=(country := codes[place * 7 % len(codes)]).code,
                regional_group=country.group,
                stakeholder_group=groups[place % len(groups)],
                languages=["en"],
            )
            for place in range(number // 2)
        )
        Affiliation.objects.bulk_create(
            Affiliation(
                organisation=row, person=person, may_speak=True, confirmed_on=today, confirmed_by=self.coordinator
            )
            for row, person in zip(organisations, people, strict=False)
        )
        seats: list[dict[str, Any]] = [{"organisation": row} for row in organisations]
        seats += [{"person": person, "country": "KE"} for person in people[len(organisations) :]]
        Membership.objects.bulk_create(
            Membership(coalition=self.coalition, standing="active", starts_on=today, **seat) for seat in seats
        )
        self.people += people
        self.organisations += organisations

    def _create_capacities(self, capacity_count: int) -> list[Capacity]:
        frozen = ("name", "country", "regional_group", "stakeholder_group")
        chosen = self.choose.choices(self.organisations, k=capacity_count)
        return Capacity.objects.bulk_create(
            Capacity(coalition=self.coalition, organisation=row, **{name: getattr(row, name) for name in frozen})
            for row in chosen
        )

    def _build_text(self, word_count: int = 12) -> str:
        return " ".join(self.choose.choices(TITLE_VOCABULARY, k=word_count)).capitalize()

    def _build_published_fields(self, published_at: datetime) -> dict[str, Any]:
        return {
            "coalition": self.coalition,
            "state": "published",
            "published_at": published_at,
            "created_at": published_at,
        }

    def _add_meetings(self, target_count: int) -> None:
        """From long ago until soon; those that were added before stay where they are."""
        number = target_count - len(self.meetings)
        ahead = min(AHEAD, target_count // 3)
        starts = [
            self.now + timedelta(days=1, hours=2) + MEETING_INTERVAL * (place - number + ahead)
            for place in range(number)
        ]
        added = bulk_create_with_parent_records(self._build_meeting(at, place) for place, at in enumerate(starts))
        self.meetings += added
        held, planned = [each for each in added if each.is_held], [each for each in added if not each.is_held]
        for meeting in added:
            self._add_agenda_items(meeting)
        for meeting in held:
            self._write_minutes(meeting)
        self._add_replies(held, REPLIES)
        self._add_replies(planned, REPLIES_AHEAD)
        self.held, self.planned = held[-1], planned[0]
        self.live = self._create_meeting_in_progress()
        self._add_updates(self.planned)

    def _build_meeting(self, starts_at: datetime, position: int) -> Meeting:
        local = starts_at.astimezone(UTC)
        return Meeting(
            **self._build_published_fields(min(starts_at, self.now) - timedelta(days=30)),
            kind="meeting",
            title=f"{self._build_text(4)} ({position})",
            label=Label.CLEAR if position % 3 else Label.GREEN,
            starts_on=local.date(),
            start_time=time(local.hour, local.minute),
            time_zone="UTC",
            duration=90,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=90),
            joining_link="https://meet.example.org/call",
            series=self.series[position % SERIES],
        )

    def _add_agenda_items(self, meeting: Meeting) -> None:
        purposes = list(Part.Purpose)
        Part.objects.bulk_create(
            Part(meeting=meeting, title=self._build_text(5), position=place, minutes=15, purpose=purposes[place % 3])
            for place in range(PARTS)
        )

    def _write_minutes(self, meeting: Meeting) -> None:
        parts = list(meeting.parts.all())
        attendances = [
            rows.Attendance(meeting=meeting, capacity=capacity, came_as="member")
            for capacity in self._create_capacities(ATTENDEES)
        ]
        rows.Attendance.objects.bulk_create(attendances)
        entries = bulk_create_with_parent_records(self._entry(meeting, parts, place) for place in range(ENTRIES))
        through = Entry.speakers.through
        capacities = [self.choose.choice(attendances).capacity for _entry in entries]
        through.objects.bulk_create(
            through(entry=entry, capacity=capacity) for entry, capacity in zip(entries, capacities, strict=True)
        )
        self._add_binding_records(meeting, entries, capacities)

    def _entry(self, meeting: Meeting, parts: list[Part], place_number: int) -> Entry:
        kind = (
            BINDING_ENTRY_KINDS[place_number // 4]
            if place_number % 4 == 0
            else OTHER_ENTRY_KINDS[place_number % len(OTHER_ENTRY_KINDS)]
        )
        text = self._build_text(20)
        return Entry(
            **self._build_published_fields(meeting.starts_at or self.now),
            kind=kind,
            meeting=meeting,
            part=parts[place_number * len(parts) // ENTRIES],
            position=place_number,
            title=text[:120],
            text=text,
            label=meeting.label,
        )

    def _add_binding_records(self, meeting: Meeting, entries: list[Entry], capacities: list[Capacity]) -> None:
        """What the register and the list of commitments say. The member's organisation owns one of each meeting."""
        day = timezone.localdate(meeting.starts_at)
        promised = [
            (entry, capacity)
            for entry, capacity in zip(entries, capacities, strict=True)
            if entry.kind == EntryKind.COMMITMENT
        ]
        commitments = Commitment.objects.bulk_create(
            Commitment(
                entry=entry,
                owner=self.own if place == 0 else capacity,
                due_on=day + timedelta(days=self.choose.randrange(20, 400)),
                progress=(progress := self.choose.choice(PROGRESS_VALUES)),
                closed_on=day + timedelta(days=20) if progress in {"kept", "dropped"} else None,
                closing_note="It was done." if progress == "kept" else "",
            )
            for place, (entry, capacity) in enumerate(promised)
        )
        rows.CommitmentChange.objects.bulk_create(
            rows.CommitmentChange(commitment=each, event="status", before="open", after=each.progress)
            for each in commitments
            if each.progress != "open"
        )
        decided = [entry for entry in entries if entry.kind == EntryKind.DECISION]
        rows.Decision.objects.bulk_create(
            rows.Decision(
                entry=entry,
                method=self.choose.choice(DECISION_METHODS),
                status=(status := self.choose.choice(DECISION_STATUSES)),
                ended_on=None if status == "in-force" else day + timedelta(days=300),
            )
            for entry in decided
        )
        rows.Dissent.objects.create(
            entry=decided[0], capacity=self.own, kind="stood-aside", statement="We have no mandate."
        )

    def _add_replies(self, time_zones: list[Meeting], reply_count: int) -> None:
        people = self.people[:-1] if len(self.people) > 1 else self.people
        for meeting in time_zones:
            replying = self.choose.sample(people, min(reply_count, len(people)))
            capacities = self._create_capacities(len(replying))
            rows.Rsvp.objects.bulk_create(
                rows.Rsvp(
                    meeting=meeting, person=person, capacity=capacity, answer=self.choose.choice(INVITATION_ANSWERS)
                )
                for person, capacity in zip(replying, capacities, strict=True)
            )

    def _add_updates(self, meeting: Meeting) -> None:
        rows.Agenda.objects.get_or_create(
            meeting=meeting, defaults={"sent_at": self.now, "sent_version": 1, "emailed_version": 1}
        )
        meeting.parts.filter(pk=meeting.parts.all()[0].pk).update(holds_updates=True)
        people = self.choose.sample(self.people, min(UPDATES, len(self.people)))
        rows.MemberUpdate.objects.bulk_create(
            rows.MemberUpdate(meeting=meeting, author=person, capacity=capacity, text=self._build_text(25))
            for person, capacity in zip(people, self._create_capacities(len(people)), strict=True)
        )

    def _create_meeting_in_progress(self) -> Meeting:
        """A meeting in progress, whose minutes have as many lines."""
        [meeting] = bulk_create_with_parent_records(
            [self._build_meeting(self.now - timedelta(minutes=30), len(self.meetings))]
        )
        self._add_agenda_items(meeting)
        self._write_minutes(meeting)
        minutes = rows.Minutes.objects.create(meeting=meeting, revision=ENTRIES + 1)
        rows.Line.objects.bulk_create(
            rows.Line(minutes=minutes, token=UUID(int=entry.pk), revision=place + 2, entry=entry)
            for place, entry in enumerate(meeting.entries.order_by("position"))
        )
        return meeting

    def _add_ideas(self, target_count: int) -> None:
        number = target_count - len(self.ideas)
        added = bulk_create_with_parent_records(self._build_idea(place) for place in range(number))
        self.ideas += added
        rows.Support.objects.bulk_create(self._build_supports(added))

    def _build_idea(self, position: int) -> Idea:
        count = min(SUPPORTERS, len(self.people))
        return Idea(
            **self._build_published_fields(self.now - timedelta(days=position)),
            kind="idea",
            title=f"{self._build_text(6)} ({position})",
            summary=self._build_text(30),
            support_count=count,
            region_count=position % 5 + 1,
            group_count=position % 4 + 1,
            declined_because="It is out of scope." if position % 3 == 2 else "",
        )

    def _build_supports(self, ideas: list[Idea]) -> Iterator[models.Model]:
        for idea in ideas:
            people = self.choose.sample(self.people, min(SUPPORTERS, len(self.people)))
            for person, capacity in zip(people, self._create_capacities(len(people)), strict=True):
                yield rows.Support(idea=idea, person=person, capacity=capacity)
