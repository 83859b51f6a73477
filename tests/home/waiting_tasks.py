"""Something of every kind that can wait on a desk, as often as asked, for one organisation and whoever has a role."""

from datetime import date, timedelta

from django.utils import timezone

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition, Organisation
from jukwaa.cooperation.models import Charter, Deliverable, Party
from jukwaa.drafting.models import Call
from jukwaa.intake.models import Reading
from jukwaa.library.models import Review
from jukwaa.plans.models import Assessment, Claim, Plan, TeamMember
from jukwaa.records.models import Held, State
from jukwaa.regions.models import Prospect
from tests.factories import (
    AffiliationFactory,
    CapacityFactory,
    CommitmentFactory,
    ConsultationFactory,
    DocumentFactory,
    EnquiryFactory,
    EntryFactory,
    InputFactory,
    ItemFactory,
    JointWorkFactory,
    MatchFactory,
    MeetingFactory,
    MembershipFactory,
    NeedFactory,
    OccurrenceFactory,
    OfferFactory,
    PersonFactory,
    PledgeFactory,
    TextFactory,
)


def create_waiting_tasks(coalition: Coalition, person: Person, organisation: Organisation, row_count: int) -> None:
    AffiliationFactory(organisation=organisation, person=person, may_speak=True)
    for number in range(row_count):
        _create_directory_tasks(coalition, organisation)
        _create_record_tasks(coalition, person, number)
        _create_review_tasks(coalition, person)
        _create_text_tasks(coalition)
        _create_help_tasks(coalition, organisation)
        _create_work_tasks(coalition, organisation)
        _create_event_tasks(coalition, organisation)
        _create_letter_tasks(coalition, person, number)
        _create_plan_tasks(coalition, person, organisation, number)


def _create_directory_tasks(coalition: Coalition, organisation: Organisation) -> None:
    MembershipFactory(coalition=coalition, standing="applied", starts_on=None, applied_on=timezone.localdate())
    AffiliationFactory(organisation=organisation, confirmed_on=None, confirmed_by=None)
    unrepresented = MembershipFactory(coalition=coalition, organisation__coalition=coalition).organisation
    AffiliationFactory(organisation=unrepresented, may_speak=True, ends_on=date(2020, 1, 1))
    Held.objects.create(coalition=coalition, door="comment", why="disclosure", text="Words.", digest="0")


def _create_record_tasks(coalition: Coalition, person: Person, task_count: int) -> None:
    meeting = MeetingFactory(coalition=coalition, published=True)
    EntryFactory(coalition=coalition, meeting=meeting, published=True)
    CommitmentFactory(
        entry__coalition=coalition,
        owner=CapacityFactory(coalition=coalition, person=person, organisation=None),
        due_on=date(2030, 1, 1 + task_count),
    )
    DocumentFactory(coalition=coalition, state=State.SUBMITTED)
    for state in ("open", "failed"):
        document = DocumentFactory(coalition=coalition, published=True)
        Reading.objects.create(
            coalition=coalition,
            document=document,
            title=document.title,
            started_by=person,
            state=state,
            problem="It is empty." if state == "failed" else "",
        )


def _create_review_tasks(coalition: Coalition, person: Person) -> None:
    for reviewer, author in ((person, PersonFactory()), (None, PersonFactory())):
        item = ItemFactory(coalition=coalition, author=author, state=State.SAFEGUARDING)
        Review.objects.create(item=item, version=1, sent_by=author, reviewer=reviewer, consent="All agreed.")
    item = ItemFactory(coalition=coalition, author=person, state=State.DRAFT)
    back = {"outcome": "taken-back", "decided_at": timezone.now()}
    Review.objects.create(item=item, version=1, sent_by=person, consent="All agreed.", **back)


def _create_text_tasks(coalition: Coalition) -> None:
    asked = ConsultationFactory(text__coalition=coalition, text__author=PersonFactory())
    InputFactory(consultation=asked, author=PersonFactory())
    now = timezone.now()
    for days in (5, -5):
        text = TextFactory(coalition=coalition, published=True, author=PersonFactory(), saying=["A clause."])
        Call.objects.create(
            text=text,
            revision=text.get_latest_revision(),
            silence="nothing",
            although="There is time.",
            opens_at=now - timedelta(days=20),
            closes_at=now + timedelta(days=days),
        )


def _create_help_tasks(coalition: Coalition, organisation: Organisation) -> None:
    long_ago = timezone.localdate() - timedelta(days=40)
    own = {"coalition": coalition, "published": True, "organisation": organisation, "review_by": long_ago}
    offer, need = OfferFactory(**own), NeedFactory(**own)
    MatchFactory(offer=offer, need=NeedFactory(coalition=coalition, published=True))
    MatchFactory(offer=OfferFactory(coalition=coalition, published=True), need=need)
    EnquiryFactory(need__coalition=coalition, organisation=organisation)


def _create_work_tasks(coalition: Coalition, organisation: Organisation) -> None:
    work = JointWorkFactory(coalition=coalition, published=True, stage="under-way")
    capacity, today = CapacityFactory(coalition=coalition, organisation=organisation), timezone.localdate()
    party = Party.objects.create(work=work, organisation=organisation, capacity=capacity)
    Charter.objects.create(work=work, number=1, proposed_at=timezone.now(), text="We work.", digest="0")
    Deliverable.objects.create(work=work, party=party, what="A guide", promised_for=today, first_promised_for=today)


def _create_event_tasks(coalition: Coalition, organisation: Organisation) -> None:
    OccurrenceFactory(event__coalition=coalition)
    gone = timezone.localdate() - timedelta(days=9)
    PledgeFactory(occurrence__event__coalition=coalition, occurrence__starts_on=gone, organisation=organisation)


def _create_letter_tasks(coalition: Coalition, person: Person, task_count: int) -> None:
    for name, state in (("Noted", "noted"), ("Yes", "yes")):
        said = {"answered_on": timezone.localdate()} if state == "yes" else {}
        Prospect.objects.create(
            coalition=coalition,
            name=f"{name} {task_count}",
            folded=f"{name} {task_count}",
            country="KE",
            role="Head",
            why="It is missing.",
            region="african",
            introducer=person,
            capacity=CapacityFactory(coalition=coalition, person=person),
            state=state,
            **said,
        )


def _create_plan_tasks(coalition: Coalition, person: Person, organisation: Organisation, task_count: int) -> None:
    plan, _made = Plan.objects.get_or_create(
        coalition=coalition, country=organisation.country, framework="itu-checklist-2020", title="A plan"
    )
    if not task_count:
        TeamMember.objects.create(plan=plan, person=person, named_by=person, role="leads")
    Assessment.objects.create(
        plan=plan,
        capability=f"{plan.framework}/{task_count + 1}",
        number=1,
        state="needed",
        next_step="Meet.",
        due_on=timezone.localdate(),
        by=person,
    )
    Claim.objects.create(plan=plan, person=PersonFactory())
