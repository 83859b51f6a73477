"""A coalition that works together and grows: offers, needs, joint works, yearly events with pledges, meetings.

Import it after the settings. What is looked at is of the largest kind: the event with the most pledges, a work in
force.
"""

import random
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from bench.setup import update_database_statistics
from bench.together_help import load_labelled_help
from jukwaa.coalitions.models import AreaOfWork, Capacity, Coalition, Membership, Organisation
from jukwaa.cooperation import models as work_models
from jukwaa.cooperation.models import JointWork, Need, Offer
from jukwaa.cooperation.schema import load_help_types
from jukwaa.drafting.models import Call
from jukwaa.events.models import Event, Feedback, Occurrence, Pledge
from jukwaa.events.recurrence import Repetition, build_recurrence_rule
from jukwaa.places.countries import COUNTRIES_BY_CODE
from jukwaa.places.regions import StakeholderGroup
from jukwaa.records import index
from tests.factories import (
    AffiliationFactory,
    CoalitionFactory,
    CommitmentFactory,
    ConsultationFactory,
    EntryFactory,
    EventFactory,
    JointWorkFactory,
    MeetingFactory,
    MembershipFactory,
    NeedFactory,
    OfferFactory,
    PersonFactory,
    RoleFactory,
    TextFactory,
)

OFFER_COUNT = NEED_COUNT = ORGANISATION_COUNT = 5_000
WORKS, MEETINGS, PLEDGES = 300, 100, 2_000
EVENTS, YEARS_BACK, YEARS_AHEAD = 20, 10, 2
OTHER_RECORD_COUNT = 20  # commitments, consultations and calls for consensus
END_DATE_INTERVAL = 4  # of so many offers and needs one has a last day
OVERDUE_DELAY = timedelta(days=30)


class CooperationWorld:
    """`grow(share)` brings it to that share of all of these; its events are twenty from the beginning."""

    def __init__(self) -> None:
        self.choose = random.Random(7)
        self.today = timezone.localdate()
        self.before = timezone.now() - OVERDUE_DELAY  # so that feeds need not wait
        self.coalition: Coalition = CoalitionFactory(slug="together", name="Together")
        self.areas = [AreaOfWork.objects.create(coalition=self.coalition, name=f"Area {n}") for n in range(12)]
        self.member: Any = PersonFactory()
        self.capacities: list[Capacity] = []
        offers, needs = load_labelled_help()
        self.words = [row[6:8] for row in [*offers.values(), *needs]]
        self.made = {"offer": 0, "need": 0, "work": 0, "meeting": 0, "pledge": 0}
        self.own = MembershipFactory(coalition=self.coalition, organisation__country="KE").organisation
        AffiliationFactory(organisation=self.own, person=self.member, may_speak=True)
        RoleFactory(coalition=self.coalition, person=self.member, kind="rapporteur")
        self.events = [self._create_event(number) for number in range(EVENTS)]
        for number in range(OTHER_RECORD_COUNT):
            self._add_other_dates(self.today + timedelta(days=number * 18))
        self.offer: Any = None
        self.need: Any = None
        self.work: Any = None

    def grow_to_size(self, target_share: float) -> None:
        with transaction.atomic():
            self._add_organisations(round(ORGANISATION_COUNT * target_share))
            self._add_records_up_to("offer", round(OFFER_COUNT * target_share), self._add_offer)
            self._add_records_up_to("need", round(NEED_COUNT * target_share), self._add_need)
            self._add_records_up_to("work", round(WORKS * target_share), self._add_work)
            self._add_records_up_to("meeting", round(MEETINGS * target_share), self._add_meeting)
            for event in self.events:
                self._add_pledges(event, self.made["pledge"], round(PLEDGES * target_share))
            self.made["pledge"] = round(PLEDGES * target_share)
            Coalition.objects.increment_revision([self.coalition.pk])
        update_database_statistics()

    def _add_records_up_to(self, counter_name: str, target_count: int, add_record: Any) -> None:
        for number in range(self.made[counter_name], target_count):
            add_record(number)
        self.made[counter_name] = target_count

    def _add_organisations(self, target_count: int) -> None:
        codes, groups = list(COUNTRIES_BY_CODE.values()), list(StakeholderGroup)
        added = [
            Organisation(
                coalition=self.coalition,
                name=f"Body {number} of many",
                country=(country := codes[number * 7 % len(codes)]).code,
                regional_group=country.group,
                stakeholder_group=groups[number % len(groups)],
                languages=["en"],
            )
            for number in range(len(self.capacities), target_count)
        ]
        Organisation.objects.bulk_create(added)
        Membership.objects.bulk_create(
            Membership(coalition=self.coalition, organisation=row, standing="active", starts_on=date(2008, 1, 1))
            for row in added
        )
        frozen = ("name", "country", "regional_group", "stakeholder_group")
        self.capacities += Capacity.objects.bulk_create(
            Capacity(
                coalition=self.coalition,
                organisation=row,
                person=self.member,
                **{name: getattr(row, name) for name in frozen},
            )
            for row in added
        )

    def _add_offer(self, row_number: int) -> None:
        self.offer = self._create_help(OfferFactory, row_number)

    def _add_need(self, row_number: int) -> None:
        self.need = self._create_help(NeedFactory, row_number)

    def _create_help(self, record_factory: Any, row_number: int) -> Offer | Need:
        """They differ in all that is compared."""
        last = self.today + timedelta(days=self.choose.randint(0, 730)) if row_number % END_DATE_INTERVAL == 1 else None
        given = record_factory(
            coalition=self.coalition,
            state="published",
            published_at=self.before + timedelta(seconds=row_number),
            organisation=self.choose.choice(self.capacities).organisation,
            sort=self.choose.choice([sort.name for sort in load_help_types()]),
            countries=self.choose.sample(list(COUNTRIES_BY_CODE), self.choose.randint(0, 4)),
            title=f"{self.choose.choice(self.words)[0]} ({row_number})",
            summary=self.choose.choice(self.words)[1],
            until=last,
        )
        given.areas.add(self.choose.choice(self.areas))
        index.reindex_record(given)
        return given  # type: ignore[no-any-return]  # a factory is untyped

    def _add_meeting(self, row_number: int) -> None:
        day = self.today + timedelta(days=row_number * 11 - 360)
        MeetingFactory(
            coalition=self.coalition,
            state="published",
            published_at=self.before,
            title=f"Meeting {row_number}",
            starts_on=day,
        )

    def _add_other_dates(self, day: date) -> None:
        """A commitment, a consultation and a call for consensus that end on a day."""
        entry = EntryFactory(coalition=self.coalition, kind="commitment", published=True, title="A commitment")
        CommitmentFactory(entry=entry, due_on=day)
        text = TextFactory(coalition=self.coalition, published=True, title="A text", saying=["A clause."])
        closes_at = datetime.combine(day, datetime.max.time(), tzinfo=UTC)
        begun = self.before - timedelta(days=1)
        asked = ConsultationFactory(text=text, opens_at=begun, closes_at=closes_at)
        Call.objects.create(text=text, revision=asked.revision, opens_at=begun, closes_at=closes_at)

    def _add_work(self, row_number: int) -> None:
        """Under way, signed by four; three things are promised, two changes measured each half year."""
        work: Any = JointWorkFactory(
            coalition=self.coalition,
            state="published",
            published_at=self.before + timedelta(seconds=row_number),
            title=f"{self.choose.choice(self.words)[0]}, together ({row_number})",
            summary=self.choose.choice(self.words)[1],
            stage="under-way",
            starts_on=self.today - OVERDUE_DELAY,
        )
        parties = [self._create_party(work, capacity) for capacity in self.choose.sample(self.capacities, 4)]
        answers = {name: self.choose.choice(self.words)[1] for name in ("why", "basis")}
        charter = work_models.Charter.objects.create(
            work=work,
            form="short",
            answers=answers,
            text="\n".join(answers.values()) * 5,
            digest="0" * 64,
            proposed_at=self.before,
            in_force_since=self.before,
        )
        work_models.Signature.objects.bulk_create(
            work_models.Signature(
                charter=charter, party=party, person=self.member, capacity=party.capacity, digest="0" * 64
            )
            for party in parties
        )
        for place in range(3):
            self._create_deliverable(work, parties[place], place)
        for _ in range(2):
            self._create_outcome(work)
        index.reindex_record(work)
        self.work = work

    def _create_party(self, work: JointWork, capacity: Capacity) -> Any:
        return work_models.Party.objects.create(work=work, organisation=capacity.organisation, capacity=capacity)

    def _create_deliverable(self, work: JointWork, party: Any, position: int) -> None:
        day = self.today + timedelta(days=self.choose.randint(1, 360) * (position + 1) - 120)
        promised = work_models.Deliverable.objects.create(
            work=work,
            party=party,
            what=self.choose.choice(self.words)[0],
            promised_for=day,
            first_promised_for=day,
            state="under-way",
        )
        work_models.DeliverableReport.objects.bulk_create(
            work_models.DeliverableReport(
                deliverable=promised,
                state="under-way",
                words=self.choose.choice(self.words)[1],
                person=self.member,
                capacity=party.capacity,
            )
            for _ in range(3)
        )

    def _create_outcome(self, work: JointWork) -> None:
        outcome = work_models.Outcome.objects.create(
            work=work, what=self.choose.choice(self.words)[0], unit="calls", baseline=0, target=100
        )
        work_models.Figure.objects.bulk_create(
            work_models.Figure(
                outcome=outcome,
                on=self.today - timedelta(days=180 * place),
                value=Decimal(100 - 10 * place),
                source="A count",
                person=self.member,
            )
            for place in range(8)
        )

    def _create_event(self, row_number: int) -> Event:
        first = self.today.replace(day=1) - timedelta(days=25 + row_number * 17)
        first = first.replace(day=min(first.day, 28))
        event: Any = EventFactory(
            coalition=self.coalition,
            state="published",
            published_at=self.before,
            title=f"A day that comes each year {row_number}",
            rule=build_recurrence_rule(Repetition.YEARLY, first),
        )
        event.areas.add(self.choose.choice(self.areas))
        years = range(first.year - YEARS_BACK, first.year + YEARS_AHEAD + 1)
        Occurrence.objects.bulk_create(self._create_occurrence(event, first.replace(year=year)) for year in years)
        return event  # type: ignore[no-any-return]  # a factory is untyped

    def _create_occurrence(self, event: Event, day: date) -> Occurrence:
        called = {"asks": "Say what you will do.", "called_at": self.before, "of_whom": "schools and helplines"}
        return Occurrence(event=event, starts_on=day, ends_on=day, ruled_on=day, place="Everywhere", **called)

    @property
    def event(self) -> Event:
        return self.events[0]

    @property
    def year(self) -> Occurrence:
        """The last one that was, with pledges and what came of them."""
        return self._get_last_occurrence(self.event)

    def _get_last_occurrence(self, event: Event) -> Occurrence:
        found = event.occurrences.filter(starts_on__lt=self.today).first()
        if found is None:
            raise LookupError(event)
        return found

    @property
    def next(self) -> Occurrence:
        """The first one to come, with as many pledges."""
        return self.event.occurrences.filter(starts_on__gt=self.today).order_by("starts_on")[0]

    def _add_pledges(self, event: Event, done_count: int, target_count: int) -> None:
        """Each by another organisation; half of them tell what came of it."""
        last = self._get_last_occurrence(event)
        given = self._build_pledges(last, range(done_count, target_count))
        if event == self.event:
            self._build_pledges(self.next, range(done_count, target_count))
        Feedback.objects.bulk_create(
            Feedback(
                pledge=pledge,
                person=self.member,
                done=self.choose.choice(self.words)[1],
                words=self.choose.choice(self.words)[0],
                reached=self.choose.randint(10, 5000),
                may_be_quoted=True,
                was_worth_it=self.choose.randint(1, 4),
                had_what_was_needed=self.choose.randint(1, 4),
                would_again=self.choose.randint(1, 4),
            )
            for pledge in given[::2]
        )
        index.reindex_record(event)

    def _build_pledges(self, occurrence: Occurrence, organisation_numbers: range) -> list[Pledge]:
        capacities = [self.capacities[number % len(self.capacities)] for number in organisation_numbers]
        at: datetime = self.before
        return Pledge.objects.bulk_create(
            Pledge(
                occurrence=occurrence,
                organisation_id=capacity.organisation_id,
                capacity=capacity,
                person=self.member,
                activity=f"{self.choose.choice(self.words)[1]} ({number})",
                audience="teachers",
                country=capacity.country,
                language="en",
                at=at + timedelta(seconds=number),
            )
            for number, capacity in zip(organisation_numbers, capacities, strict=True)
        )
