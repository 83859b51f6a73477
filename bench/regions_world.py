"""Coalitions of one size, side by side: one is made with all that coverage counts, the others are copies of its rows.

Import it after the settings.
"""

import random
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone

from bench.setup import update_database_statistics
from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Affiliation, AreaOfWork, Capacity, Coalition, Membership, Organisation
from jukwaa.cooperation.models import Need, Offer
from jukwaa.drafting.models import Clause, Consultation, Input, Placement, Revision, Text, Wording
from jukwaa.events.models import Event, Host, Occurrence, Pledge
from jukwaa.library.models import Item, Use
from jukwaa.meetings.models import Attendance, Entry, EntryKind, Meeting
from jukwaa.places.countries import COUNTRIES_BY_CODE
from jukwaa.places.regions import StakeholderGroup
from jukwaa.records.models import Audience, Authorship, Label, Record
from tests.factories import (
    AffiliationFactory,
    CoalitionFactory,
    ConsultationFactory,
    EntryFactory,
    EventFactory,
    ItemFactory,
    MeetingFactory,
    MembershipFactory,
    NeedFactory,
    ObservationFactory,
    OccurrenceFactory,
    OfferFactory,
    PersonFactory,
    RoleFactory,
    TextFactory,
)

COALITION_COUNT = 100
MEMBER_COUNT = 2_000
# In a coalition of full size. Each deed has a capacity of its own, so that there are 10,000 of them.
MEETINGS, ATTENDANCES, ENTRIES, ITEMS, USES = 60, 4_500, 1_500, 1_500, 300
TEXTS, INPUTS, EVENTS, PLEDGES, OFFERS, NEEDS = 10, 1_100, 10, 1_100, 300, 300
AREA_COUNT = 12
ITEMS_PER_OBSERVATION = 10  # of so many items one is an observation
SPEAKER_COUNT = 5  # of so many organisations one has a person who speaks for it
FIRST_DAY = date(2008, 1, 1)
DAY_RANGE_COUNT = 6_800
WEIGHTED_RECORD_LABELS = [Label.CLEAR, Label.CLEAR, Label.CLEAR, Label.GREEN, Label.AMBER]
COPIED_PK_OFFSET = 1_000_000  # from the number of a row to that of its copy
COPIED_MODELS: tuple[type[models.Model], ...] = (
    *(Coalition, AreaOfWork, Organisation, Organisation.areas.through, Membership, Affiliation, Capacity),
    *(Record, Record.areas.through, Audience, Authorship, Meeting, Attendance, Entry, Entry.speakers.through),
    *(Item, Use, Text, Clause, Wording, Placement, Revision, Consultation, Input),
    *(Offer, Need, Event, Occurrence, Host, Pledge),
)


class CoalitionBuilder:
    """`share` of a coalition of full size; `copy` sets others beside it."""

    def __init__(self, target_share: float, slug: str = "many") -> None:
        self.share, self.choose = target_share, random.Random(7)
        with transaction.atomic():
            self.member: Person = PersonFactory()
            self.coalition: Coalition = CoalitionFactory(slug=slug, name=slug.title())
            self.areas = [
                AreaOfWork.objects.create(coalition=self.coalition, name=f"Area {n}") for n in range(AREA_COUNT)
            ]
            self._add_organisations(self._scale_count(MEMBER_COUNT))
            self._add_meetings()
            self._add_items()
            self._add_texts()
            self._add_events()
            self._add_help()

    def _scale_count(self, full_count: int) -> int:
        return max(round(full_count * self.share), 1)

    def _add_organisations(self, organisation_count: int) -> None:
        """Half of the members are of twenty countries, as in the world: every country has some."""
        codes, often, groups = (
            list(COUNTRIES_BY_CODE),
            self.choose.sample(list(COUNTRIES_BY_CODE), 20),
            list(StakeholderGroup),
        )
        self.organisations = Organisation.objects.bulk_create(
            Organisation(
                coalition=self.coalition,
                name=f"Body {place} of many",
                country=(code := self.choose.choice(often) if place % 2 else codes[place * 7 % len(codes)]),
                regional_group=COUNTRIES_BY_CODE[code].group,
                stakeholder_group=self.choose.choice(groups),
                languages=["en"],
            )
            for place in range(organisation_count)
        )
        Membership.objects.bulk_create(
            Membership(coalition=self.coalition, organisation=row, standing="active", starts_on=self._pick_day())
            for row in self.organisations
        )
        today = timezone.localdate()
        Affiliation.objects.bulk_create(
            Affiliation(
                organisation=row, person=PersonFactory(), may_speak=True, confirmed_on=today, confirmed_by=self.member
            )
            for row in self.organisations[::SPEAKER_COUNT]
        )
        through = Organisation.areas.through
        through.objects.bulk_create(
            through(organisation=row, areaofwork=self.choose.choice(self.areas)) for row in self.organisations
        )

    def _pick_day(self) -> date:
        return FIRST_DAY + timedelta(days=self.choose.randrange(DAY_RANGE_COUNT))

    def _pick_moment(self) -> datetime:
        day = self._pick_day()
        return datetime(day.year, day.month, day.day, tzinfo=UTC)

    def _create_capacities(self, capacity_count: int) -> list[Capacity]:
        frozen = ("name", "country", "regional_group", "stakeholder_group")
        chosen = self.choose.choices(self.organisations, k=capacity_count)
        return Capacity.objects.bulk_create(
            Capacity(coalition=self.coalition, organisation=row, **{name: getattr(row, name) for name in frozen})
            for row in chosen
        )

    def _create_record(self, record_factory: Any, **fields: Any) -> Any:
        moment = self._pick_moment()
        record = record_factory(
            coalition=self.coalition,
            state="published",
            published_at=moment,
            **{"label": self.choose.choice(WEIGHTED_RECORD_LABELS), **fields},
        )
        record.areas.add(self.choose.choice(self.areas))
        return record

    def _add_meetings(self) -> None:
        meetings = [
            self._create_record(MeetingFactory, starts_on=self._pick_day()) for _ in range(self._scale_count(MEETINGS))
        ]
        Attendance.objects.bulk_create(
            Attendance(meeting=self.choose.choice(meetings), capacity=capacity, came_as=Attendance.As.MEMBER)
            for capacity in self._create_capacities(self._scale_count(ATTENDANCES))
        )
        kinds = list(EntryKind)
        for position, capacity in enumerate(self._create_capacities(self._scale_count(ENTRIES))):
            kind, meeting = kinds[position % len(kinds)], self.choose.choice(meetings)
            label = meeting.label
            entry = self._create_record(EntryFactory, meeting=meeting, kind=kind, position=position, label=label)
            entry.speakers.add(capacity)

    def _add_items(self) -> None:
        items = []
        for place, capacity in enumerate(self._create_capacities(self._scale_count(ITEMS))):
            factory = ItemFactory if place % ITEMS_PER_OBSERVATION else ObservationFactory
            item = self._create_record(factory, countries=[capacity.country], what_changed="It was used again.")
            Authorship.objects.create(record=item, person=PersonFactory(), capacity=capacity)
            items.append(item)
        Use.objects.bulk_create(
            Use(
                item=self.choose.choice(items),
                author=self.member,
                capacity=capacity,
                country=capacity.country,
                year=2020,
                how="It was used in schools.",
            )
            for capacity in self._create_capacities(self._scale_count(USES))
        )

    def _add_texts(self) -> None:
        asked = [
            ConsultationFactory(text=self._create_record(TextFactory, saying=["A clause."]))
            for _ in range(self._scale_count(TEXTS))
        ]
        Input.objects.bulk_create(
            Input(
                text=(one := self.choose.choice(asked)).text,
                consultation=one,
                revision=one.revision,
                capacity=capacity,
                body="We would like to know more.",
                at=self._pick_moment(),
            )
            for capacity in self._create_capacities(self._scale_count(INPUTS))
        )

    def _add_events(self) -> None:
        occurrences = [
            OccurrenceFactory(
                event=self._create_record(EventFactory), country=self.choose.choice(list(COUNTRIES_BY_CODE))
            )
            for _ in range(self._scale_count(EVENTS))
        ]
        taken: dict[int, set[int | None]] = {}
        given = []
        for capacity in self._create_capacities(self._scale_count(PLEDGES)):
            occurrence = self.choose.choice(occurrences)
            if capacity.organisation_id not in taken.setdefault(occurrence.pk, set()):
                taken[occurrence.pk].add(capacity.organisation_id)
                given.append(self._create_pledge(occurrence, capacity))
        Pledge.objects.bulk_create(given)

    def _create_pledge(self, occurrence: Occurrence, capacity: Capacity) -> Pledge:
        return Pledge(
            occurrence=occurrence,
            organisation_id=capacity.organisation_id,
            capacity=capacity,
            person=self.member,
            activity="We hold a workshop.",
            country=capacity.country,
            at=self._pick_moment(),
        )

    def _add_help(self) -> None:
        for factory, number in ((OfferFactory, OFFERS), (NeedFactory, NEEDS)):
            for _ in range(self._scale_count(number)):
                self._create_record(factory, organisation=self.choose.choice(self.organisations), countries=["KE"])

    def seat_the_member(self) -> None:
        """Behind everybody else: whoever looks for their seat row by row finds it at the end."""
        own = MembershipFactory(coalition=self.coalition, organisation__country="KE").organisation
        Organisation.objects.filter(pk=own.pk).update(regional_group="african")
        AffiliationFactory(organisation=own, person=self.member, may_speak=True)
        RoleFactory(coalition=self.coalition, person=self.member, kind="rapporteur")


def copy_coalition_rows(repetition_count: int) -> None:
    """Set so many copies of every row beside it, each with numbers of its own."""
    with transaction.atomic(), connection.cursor() as cursor:
        for model in COPIED_MODELS:
            cursor.execute(_build_copy_sql(model), [repetition_count])


def _build_copy_sql(model: type[models.Model]) -> str:
    options = model._meta  # noqa: SLF001 - public by Django's word
    fields = [field for field in options.local_concrete_fields if not field.generated]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    values = ", ".join(map(_build_value_sql, fields))
    return (
        f"WITH RECURSIVE copies(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM copies WHERE n < %s)"
        f' INSERT INTO "{options.db_table}" ({columns}) SELECT {values} FROM "{options.db_table}", copies'
    )


def _build_value_sql(field: models.Field[Any, Any]) -> str:
    if field.primary_key or field.related_model in COPIED_MODELS:
        return f'"{field.column}" + {COPIED_PK_OFFSET} * n'
    if field.unique and isinstance(field, models.UUIDField):
        return "lower(hex(randomblob(16)))" if connection.vendor == "sqlite" else "gen_random_uuid()"
    return f"\"{field.column}\" || '-' || n" if field.unique else f'"{field.column}"'


def update_planner_statistics() -> None:
    """As a served place is after a while: all stands in the file itself, and the planner knows how much it is."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    update_database_statistics()


def count_rows(
    model_classes: Iterable[type[models.Model]] = (Coalition, Membership, Capacity, Record),
) -> dict[str, int]:
    return {model.__name__: model._default_manager.count() for model in model_classes}  # noqa: SLF001 - public by Django's word
