"""A coalition that grows: so many records, and as many organisations. Import it after the settings."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction

from bench.search import TextGenerator
from bench.setup import update_database_statistics
from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Affiliation, AreaOfWork, Coalition, Membership, Organisation, Role
from jukwaa.core.documents.incoming import ExtractedText
from jukwaa.intake.actions import ReadingDetails, start_reading
from jukwaa.library.schema import kinds
from jukwaa.meetings.models import EntryKind
from jukwaa.places.countries import COUNTRIES_BY_CODE
from jukwaa.places.regions import StakeholderGroup
from jukwaa.records import index
from jukwaa.records.models import Authorship, Label, Record
from tests.factories import (
    AffiliationFactory,
    AttendanceFactory,
    CapacityFactory,
    CoalitionFactory,
    CommitmentFactory,
    DocumentFactory,
    EntryFactory,
    ItemFactory,
    MeetingFactory,
    MembershipFactory,
    PersonFactory,
    RoleFactory,
)

ENTRIES_PER_MEETING = 30
ITEMS_PER_MEETING = 6
ENTRY_KINDS = list(EntryKind)
ITEM_KINDS = [kind.name for kind in kinds() if not kind.needs_review]
FIRST_DAY = date(2008, 1, 1)


class GrowingCoalition:
    """`grow(n)` brings it to n records; the reading and the meeting that are looked at stay of one size.

    The member belongs to the organisation that came last: whoever looks for their seat row by row finds it at the end.
    """

    def __init__(self) -> None:
        self.texts = TextGenerator()
        self.coalition: Coalition = CoalitionFactory(slug="bench", name="Bench")
        self.areas = [AreaOfWork.objects.create(coalition=self.coalition, name=f"Area {n}") for n in range(5)]
        self.member: Person = PersonFactory()
        self.records = 0
        self.organisations: list[Organisation] = []
        self.meeting: Any = None
        self.item: Any = None
        self.reading: Any = None

    def grow_to_size(self, target_count: int) -> None:
        with transaction.atomic():
            self._add_organisations(target_count - 1)
            self._add_membership_of_member()
            while self.records < target_count:
                self._add_meeting(target_count)
            self._start_reading(min(target_count, ENTRIES_PER_MEETING))
            Coalition.objects.increment_revision([self.coalition.pk])
        update_database_statistics()

    def _add_organisations(self, target_count: int) -> None:
        codes, groups = list(COUNTRIES_BY_CODE.values()), list(StakeholderGroup)
        added = [
            Organisation(
                coalition=self.coalition,
                name=f"{self.texts.title('en')[:150]} {number}",
                country=(country := codes[number % len(codes)]).code,
                regional_group=country.group,
                stakeholder_group=groups[number % len(groups)],
                languages=["en"],
            )
            for number in range(len(self.organisations), target_count)
        ]
        self.organisations += Organisation.objects.bulk_create(added)
        standing = Membership.Standing.ACTIVE
        Membership.objects.bulk_create(
            Membership(coalition=self.coalition, organisation=row, standing=standing, starts_on=FIRST_DAY)
            for row in added
        )

    def _add_membership_of_member(self) -> None:
        """Anew, behind everybody else."""
        Affiliation.objects.filter(person=self.member).delete()
        Role.objects.filter(person=self.member).delete()
        own = MembershipFactory(coalition=self.coalition, organisation__country="KE").organisation
        AffiliationFactory(organisation=own, person=self.member, may_speak=True)
        RoleFactory(coalition=self.coalition, person=self.member, kind="rapporteur")
        self.organisations.append(own)

    def _add_meeting(self, target_count: int) -> None:
        """A document, the meeting that it reports, and its minutes, as far as there is room."""
        day = FIRST_DAY + timedelta(days=self.records % 6000)
        meeting = MeetingFactory(coalition=self.coalition, published=True, title=self.texts.title("en"), starts_on=day)
        self.meeting = meeting
        self._count_record(meeting)
        if self.records < target_count:
            text = "\n\n".join(self.texts.passage("en") for _ in range(5))
            document = DocumentFactory(
                coalition=self.coalition, published=True, title=self.texts.title("en"), text=text
            )
            self._count_record(document)
        for position in range(ENTRIES_PER_MEETING):
            if self.records < target_count:
                self._add_entry(meeting, position)
        for _ in range(ITEMS_PER_MEETING):
            if self.records < target_count:
                self._add_item()

    def _add_item(self) -> None:
        """Shared for an organisation, of a country, with both boxes filled."""
        organisation = self.texts.random.choice(self.organisations)
        item = ItemFactory(
            coalition=self.coalition,
            published=True,
            kind=self.texts.random.choice(ITEM_KINDS),
            title=self.texts.title("en"),
            countries=[organisation.country],
            what_worked=self.texts.passage("en"),
            what_changed=self.texts.passage("en"),
            label=self.texts.random.choice([Label.CLEAR, Label.CLEAR, Label.GREEN]) if self.item else Label.CLEAR,
        )
        capacity = CapacityFactory(coalition=self.coalition, organisation=organisation, name=organisation.name)
        Authorship.objects.create(record=item, person=self.member, capacity=capacity)
        self.item = self.item or item
        self._count_record(item)

    def _add_entry(self, meeting: Any, position: int) -> None:
        organisation = self.texts.random.choice(self.organisations)
        capacity = CapacityFactory(coalition=self.coalition, organisation=organisation, name=organisation.name)
        AttendanceFactory(meeting=meeting, capacity=capacity)
        entry = EntryFactory(
            coalition=self.coalition,
            meeting=meeting,
            published=True,
            kind=ENTRY_KINDS[position % len(ENTRY_KINDS)],
            position=position,
            text=(text := self.texts.passage("en")),
            title=text[:120],
            label=self.texts.random.choice([Label.CLEAR, Label.CLEAR, Label.GREEN]),
        )
        entry.speakers.add(capacity)
        if entry.kind == EntryKind.COMMITMENT:
            CommitmentFactory(entry=entry, owner=capacity, due_on=meeting.starts_on)
        self._count_record(entry)

    def _count_record(self, record: Record) -> None:
        record.areas.add(self.areas[self.records % len(self.areas)])
        index.reindex_record(record)
        self.records += 1

    def _start_reading(self, sentences: int) -> None:
        """At the desk, with a suggestion for each sentence."""
        said = "\n\n".join(f"It was agreed to {self.texts.title('en').lower()}." for _ in range(sentences))
        about = ReadingDetails(meeting_title="Read at the desk")
        extracted = ExtractedText(said, "text/plain")
        started = start_reading(
            actor=self.member, coalition=self.coalition, reading_details=about, extracted_text=extracted
        )
        self.reading = started.reading
