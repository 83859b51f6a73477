"""A random year with rows of every type that an annual report counts, and rows that it must not count."""

import random
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.utils import timezone

from jukwaa.coalitions.models import Coalition
from jukwaa.cooperation.models import Step
from jukwaa.drafting.models import Call, Edition, Position, Text
from jukwaa.library.models import Item, Use
from jukwaa.meetings.models import Meeting, Report
from jukwaa.places.regions import UN_REGIONAL_GROUPS, StakeholderGroup
from jukwaa.proposals.models import Submission
from jukwaa.records.models import Label
from jukwaa.regions.models import Delivery, Milestone
from tests.factories import (
    AttendanceFactory,
    CapacityFactory,
    CoalitionFactory,
    CommitmentFactory,
    ConsultationFactory,
    DissentFactory,
    EntryFactory,
    InputFactory,
    ItemFactory,
    MatchFactory,
    MeetingFactory,
    MembershipFactory,
    NeedFactory,
    OfferFactory,
    OrganisationFactory,
    OutreachFactory,
    PartFactory,
    PersonFactory,
    RoleFactory,
    TextFactory,
)
from tests.proposals.kinds import ProposalFactory

REPORT_YEAR = 2025
COALITION_TIME_ZONE = "Africa/Nairobi"  # three hours before UTC: the year begins and ends at 21:00 there
DAYS_AROUND_YEAR = (
    date(2024, 12, 31),
    date(2025, 1, 1),
    date(2025, 7, 1),
    date(2025, 7, 9),
    date(2025, 12, 31),
    date(2026, 1, 1),
)
MOMENTS_AROUND_YEAR = tuple(
    datetime(*parts, tzinfo=UTC)
    for parts in ((2024, 12, 31, 20), (2024, 12, 31, 22), (2025, 6, 1), (2025, 12, 31, 20), (2025, 12, 31, 22))
)
RANDOM_LABELS = (Label.CLEAR, Label.CLEAR, Label.CLEAR, Label.GREEN, Label.AMBER, Label.RED)
GROUPS, REGIONS = list(StakeholderGroup), [*UN_REGIONAL_GROUPS, "unknown"]


class AnnualWorld:
    def __init__(self, coalition: Coalition, seed: int) -> None:
        Coalition.objects.filter(pk=coalition.pk).update(time_zone=COALITION_TIME_ZONE)
        coalition.time_zone = COALITION_TIME_ZONE
        self.ours, self.other = coalition, CoalitionFactory()
        self.choose = random.Random(seed)
        self.person = PersonFactory()

    def create_year_records(self) -> None:
        self._add_people()
        meetings = [self._add_meeting() for _number in range(24)]
        for _number in range(60):
            self._add_entry(self.choose.choice(meetings))
        items = [ItemFactory(**self._get_random_record_fields()) for _number in range(24)]
        for _number in range(40):
            self._add_use(self.choose.choice(items))
        for _number in range(16):
            self._add_text()
        self._add_matched_offers_and_needs()
        for _number in range(16):
            self._add_outreach()
        for _number in range(16):
            self._add_proposal()

    def _get_random_record_fields(self) -> dict[str, Any]:
        at = self.choose.choice(MOMENTS_AROUND_YEAR)
        states = [
            *[{"state": "published", "published_at": at}] * 5,
            {"state": "draft"},
            {"state": "withdrawn", "published_at": at, "withdrawn_at": at, "withdrawn_because": "Wrong"},
        ]
        coalition = self.choose.choice([*[self.ours] * 5, self.other])
        return {"coalition": coalition, "label": self.choose.choice(RANDOM_LABELS), **self.choose.choice(states)}

    def _create_random_capacity(self, coalition: Coalition) -> Any:
        group, region = self.choose.choice(GROUPS[:3]), self.choose.choice(REGIONS[:3])
        return CapacityFactory(coalition=coalition, stakeholder_group=group, regional_group=region)

    def _add_people(self) -> None:
        for number in range(40):
            coalition = self.ours if number % 5 else self.other
            first, last = sorted(self.choose.sample(DAYS_AROUND_YEAR, 2))
            starts_on, ends_on = self.choose.choice([(first, last), (first, None), (None, last), (None, None)])
            standing = "left" if ends_on and ends_on < timezone.localdate() else "active"
            dates = {"standing": standing, "starts_on": starts_on, "ends_on": ends_on}
            if number % 4 == 0:
                MembershipFactory(coalition=coalition, organisation=None, person=PersonFactory(), **dates)
                RoleFactory(coalition=coalition, person=PersonFactory(), starts_on=starts_on, ends_on=ends_on)
                continue
            group, region = self.choose.choice(GROUPS), self.choose.choice(REGIONS)
            organisation = OrganisationFactory(coalition=coalition, stakeholder_group=group, regional_group=region)
            MembershipFactory(coalition=coalition, organisation=organisation, **dates)
        MembershipFactory(coalition=self.ours, standing="applied", starts_on=None)

    def _add_meeting(self) -> Meeting:
        more = {"forum": "IGF"} if self.choose.random() < 0.4 else {}
        if self.choose.random() < 0.15:
            more |= {"cancelled_at": timezone.now(), "cancellation_reason": "Ill"}
        meeting = MeetingFactory(
            starts_on=self.choose.choice(DAYS_AROUND_YEAR), **self._get_random_record_fields(), **more
        )
        if self.choose.random() < 0.5:
            Report.objects.create(meeting=meeting, published_at=self.choose.choice([None, timezone.now()]))
        closed = PartFactory(meeting=meeting, chatham=self.choose.random() < 0.2)
        opened = PartFactory(meeting=meeting)
        for _number in range(self.choose.randrange(4, 14)):
            part = self._choose_part(closed, opened)
            AttendanceFactory(meeting=meeting, part=part, capacity=self._create_random_capacity(meeting.coalition))
        return meeting

    def _choose_part(self, closed_choice: Any, open_choice: Any) -> Any:
        return self.choose.choice([None, open_choice, open_choice, closed_choice])

    def _add_entry(self, meeting: Meeting) -> None:
        kind = self.choose.choice(["decision", "commitment", "commitment", "topic"])
        entry = EntryFactory(
            **(self._get_random_record_fields() | {"coalition": meeting.coalition}), meeting=meeting, kind=kind
        )
        if kind == "decision" and self.choose.random() < 0.4:
            for _number in range(self.choose.randrange(1, 3)):
                DissentFactory(entry=entry, statement="We have no mandate.")
        if kind == "commitment" and self.choose.random() < 0.9:
            progress = self.choose.choice(["open", "in-hand", "kept", "kept", "dropped"])
            closed_on = self.choose.choice(DAYS_AROUND_YEAR) if progress in {"kept", "dropped"} else None
            CommitmentFactory(entry=entry, progress=progress, closed_on=closed_on)

    def _add_use(self, library_item: Item) -> None:
        year = self.choose.choice([REPORT_YEAR - 1, REPORT_YEAR, REPORT_YEAR, REPORT_YEAR + 1])
        capacity = CapacityFactory(coalition=library_item.coalition)
        Use.objects.create(item=library_item, author=self.person, capacity=capacity, year=year, how="We used it.")

    def _add_text(self) -> None:
        form = self.choose.choice(["guideline", "guideline", "recommendation", "brief", "decision"])
        text = TextFactory(**self._get_random_record_fields(), form=form, saying=["One clause."])
        call = self._add_call(text) if self.choose.random() < 0.6 else None
        if self.choose.random() < 0.8:
            item = ItemFactory(
                coalition=text.coalition, published=True, published_at=self.choose.choice(MOMENTS_AROUND_YEAR)
            )
            edition = Edition.objects.create(
                text=text,
                revision=text.get_latest_revision(),
                major=1,
                minor=0,
                call=call,
                without_call="" if call else "It is a draft",
                at=self.choose.choice(MOMENTS_AROUND_YEAR),
                item=item,
            )
            for _number in range(self.choose.randrange(3)):
                self._add_delivery(edition)
        for _number in range(self.choose.randrange(3)):
            self._add_consultation(text)

    def _add_call(self, text: Text) -> Call:
        at = self.choose.choice(MOMENTS_AROUND_YEAR)
        call = Call.objects.create(
            text=text,
            revision=text.get_latest_revision(),
            silence="nothing",
            opens_at=at,
            closes_at=at + timedelta(days=20),
            outcome="with-dissent",
            declared_at=at + timedelta(days=21),
            reason="Two members disagree",
        )
        for _number in range(self.choose.randrange(5)):
            stance = self.choose.choice(["support", "object", "reservation", "aside"])
            organisation = OrganisationFactory(coalition=text.coalition)
            said = {"organisation": organisation, "capacity": CapacityFactory(coalition=text.coalition)}
            said |= {"person": self.person, "stands": self.choose.random() < 0.8, "reason": "It goes too far."}
            Position.objects.create(call=call, stance=stance, **said)
        return call

    def _add_delivery(self, text_edition: Edition) -> None:
        given = {"to": "ministry", "body": "A ministry", "length": "two", "how": "post", "by": self.person}
        capacity = CapacityFactory(coalition=text_edition.text.coalition)
        Delivery.objects.create(
            edition=text_edition, on=self.choose.choice(DAYS_AROUND_YEAR), capacity=capacity, **given
        )

    def _add_consultation(self, text: Text) -> None:
        at = self.choose.choice([*MOMENTS_AROUND_YEAR, datetime(2099, 1, 1, tzinfo=UTC)])
        asked = ConsultationFactory(text=text, opens_at=at, closes_at=at + timedelta(days=14))
        for _number in range(self.choose.randrange(5)):
            hidden = {"hidden_at": timezone.now(), "hidden_because": "Spam"} if self.choose.random() < 0.2 else {}
            InputFactory(
                consultation=asked, disposition=self.choose.choice(["", "noted", "accepted", "withdrawn"]), **hidden
            )

    def _add_matched_offers_and_needs(self) -> None:
        offers = [OfferFactory(**self._get_random_record_fields()) for _number in range(16)]
        needs = [NeedFactory(**self._get_random_record_fields()) for _number in range(16)]
        for offer, need in zip(offers, needs, strict=True):
            state = self.choose.choice(["suggested", "agreed", "done", "fell-through"])
            match = MatchFactory(offer=offer, need=need, state=state)
            for step in ("introduced", "agreed"):
                at = self.choose.choice(MOMENTS_AROUND_YEAR)
                Step.objects.create(match=match, state=step, person=self.person, at=at)

    def _add_outreach(self) -> None:
        plan = OutreachFactory(**self._get_random_record_fields(), on=self.choose.choice(DAYS_AROUND_YEAR))
        for _number in range(self.choose.randrange(3)):
            done_on = self.choose.choice([None, *DAYS_AROUND_YEAR])
            Milestone.objects.create(outreach=plan, title="Write", due_on=DAYS_AROUND_YEAR[0], done_on=done_on)

    def _add_proposal(self) -> None:
        proposal = ProposalFactory(**self._get_random_record_fields(), call_name="igf-2025-workshop")
        if self.choose.random() < 0.2:
            return
        outcome = self.choose.choice(["", "accepted", "accepted", "conditions", "declined", "waiting"])
        outcome_on = self.choose.choice(DAYS_AROUND_YEAR) if outcome else None
        at = self.choose.choice(MOMENTS_AROUND_YEAR)
        Submission.objects.create(proposal=proposal, at=at, outcome=outcome, outcome_on=outcome_on)
