"""What one organisation said, promised, signed, offered and was asked: one record of each type."""

from datetime import date, timedelta

from django.utils import timezone

from jukwaa.coalitions.models import Capacity
from jukwaa.cooperation.models import (
    Charter,
    Consent,
    Deliverable,
    Enquiry,
    Match,
    Party,
    Signature,
    Update,
)
from jukwaa.drafting.models import Call, Position
from jukwaa.events.models import Feedback
from jukwaa.library.models import Use
from jukwaa.meetings.models import Commitment, MemberUpdate
from jukwaa.records.models import Comment
from jukwaa.regions.models import Voice
from tests.factories import (
    CapacityFactory,
    CommitmentFactory,
    ConsultationFactory,
    DissentFactory,
    DocumentFactory,
    EnquiryFactory,
    EntryFactory,
    EventFactory,
    InputFactory,
    ItemFactory,
    JointWorkFactory,
    MatchFactory,
    MeetingFactory,
    NeedFactory,
    ObservationFactory,
    OccurrenceFactory,
    OfferFactory,
    PledgeFactory,
    TextFactory,
)
from tests.meetings.ideas import IdeaFactory

YESTERDAY, TOMORROW = -1, 1


def get_day_from_today(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


class HistoryScene:
    """Makes records of one organisation. `person` acts for it, in a new capacity each time."""

    def __init__(self, coalition, organisation, person):
        self.coalition, self.organisation, self.person = coalition, organisation, person
        self.open = {"coalition": coalition, "published": True}

    @property
    def capacity(self) -> Capacity:
        return CapacityFactory(
            coalition=self.coalition, organisation=self.organisation, person=self.person, name=self.organisation.name
        )

    @property
    def author_fields(self):
        return {"person": self.person, "capacity": self.capacity}

    def share_record(self, record_factory, record_title, **more):
        record = record_factory(title=record_title, **(self.open | more))
        record.authorships.create(person=self.person, capacity=self.capacity)
        return record

    def say_things_in_every_way(self):
        Comment.objects.create(
            record=ItemFactory(title="Commented on", **self.open),
            author=self.person,
            capacity=self.capacity,
            body="A comment.",
        )
        self.share_record(DocumentFactory, "A document")
        self.share_record(ItemFactory, "An item")
        self.share_record(IdeaFactory, "An idea")
        self.add_spoken_entry("An announcement", "announcement")
        EventFactory(title="An event", organiser=self.organisation, on=get_day_from_today(9), **self.open)
        Use.objects.create(
            item=ItemFactory(title="Used", **self.open),
            author=self.person,
            capacity=self.capacity,
            year=2024,
            how="So.",
        )
        Voice.objects.create(
            item=ObservationFactory(title="Observed", **self.open),
            author=self.person,
            organisation=self.organisation,
            capacity=self.capacity,
            says="confirms",
            version=1,
        )
        TextFactory(title="A text of its own", owner=self.organisation, saying=["A clause."], **self.open)
        text = TextFactory(title="Asked about", saying=["A clause."], **self.open)
        InputFactory(consultation=ConsultationFactory(text=text), capacity=self.capacity, body="An input.")
        MemberUpdate.objects.create(
            meeting=self.hold_scene_meeting(), author=self.person, capacity=self.capacity, text="An update"
        )
        work = self.begin_scene_work("Updated work").work
        Update.objects.create(work=work, words="Met.", **self.author_fields)

    def hold_scene_meeting(self, **more):
        meeting = MeetingFactory(**(self.open | {"title": "The meeting", "starts_on": date(2009, 11, 27)} | more))
        EntryFactory(meeting=meeting, **self.open)
        return meeting

    def add_spoken_entry(self, record_title, entry_kind, meeting=None, **more):
        given = {"title": record_title, "kind": entry_kind, "meeting": meeting or self.hold_scene_meeting()}
        entry = EntryFactory(**(self.open | given | more))
        entry.speakers.add(self.capacity)
        return entry

    def add_commitment(self, record_title, commitment_progress="open", due_in_days=None, **more):
        given = {"kind": "commitment", "title": record_title, "meeting": self.hold_scene_meeting()}
        entry = EntryFactory(**(self.open | given | more))
        closed_on = get_day_from_today(YESTERDAY) if commitment_progress in ("kept", "dropped") else None
        return CommitmentFactory(
            entry=entry,
            owner=self.capacity,
            progress=commitment_progress,
            due_on=due_in_days and get_day_from_today(due_in_days),
            closed_on=closed_on,
        )

    def make_every_commitment(self):
        self.add_commitment("A commitment", due_in_days=TOMORROW)
        self.add_pledge("A pledge", due_in_days=TOMORROW)
        work = self.begin_scene_work("Work with a deliverable").work
        self.deliver_scene_work("A deliverable", due_in_days=TOMORROW, joint_work=work)

    def add_pledge(self, activity, due_in_days):
        event = EventFactory(title="An event of others", **self.open)
        occurrence = OccurrenceFactory(event=event, starts_on=get_day_from_today(due_in_days))
        return PledgeFactory(
            occurrence=occurrence,
            organisation=self.organisation,
            capacity=self.capacity,
            person=self.person,
            activity=activity,
        )

    def report_pledge(self, pledge):
        Feedback.objects.create(pledge=pledge, done="All of it.", person=self.person)

    def begin_scene_work(self, record_title, in_force=True, **more):
        """Joint work with a charter that the organisation signed if it is in force, and has to sign if it is not."""
        work = JointWorkFactory(title=record_title, **(self.open | more))
        now = timezone.now()
        party = Party.objects.create(work=work, organisation=self.organisation, capacity=self.capacity)
        charter = Charter.objects.create(
            work=work, form="short", digest="0" * 64, proposed_at=now, in_force_since=now if in_force else None
        )
        if in_force:
            Signature.objects.create(charter=charter, party=party, digest=charter.digest, **self.author_fields)
        return charter

    def deliver_scene_work(self, deliverable_name, due_in_days, joint_work, deliverable_state="promised"):
        return Deliverable.objects.create(
            work=joint_work,
            party=Party.objects.get(work=joint_work),
            what=deliverable_name,
            promised_for=get_day_from_today(due_in_days),
            first_promised_for=get_day_from_today(due_in_days),
            state=deliverable_state,
        )

    def sign_every_charter(self):
        self.begin_scene_work("A charter")
        self.take_scene_position("A text to agree on", "support")
        DissentFactory(
            entry=EntryFactory(title="A decision", meeting=self.hold_scene_meeting(), **self.open),
            capacity=self.capacity,
        )

    def open_consensus_call(self, title, closes=TOMORROW, **more):
        text = TextFactory(title=title, saying=["A clause."], **(self.open | more))
        now = timezone.now()
        return Call.objects.create(
            text=text,
            revision=text.get_latest_revision(),
            silence="nothing",
            opens_at=now - timedelta(days=20),
            closes_at=now + timedelta(days=closes),
        )

    def take_scene_position(self, record_title, stance, **more):
        Position.objects.create(
            call=self.open_consensus_call(record_title, **more),
            organisation=self.organisation,
            stance=stance,
            **self.author_fields,
        )

    def create_every_offer(self):
        OfferFactory(title="An offer", organisation=self.organisation, **self.open)
        NeedFactory(title="A need", organisation=self.organisation, **self.open)
        self.add_spoken_entry("An offer in a meeting", "offer")

    def open_every_consultation(self, is_responded=False):
        """With `is_responded`, what it answered; else what waits for an answer."""
        text = TextFactory(title="A consultation", saying=["A clause."], **self.open)
        consultation = ConsultationFactory(text=text, asks="named")
        consultation.asked.add(self.organisation)
        question = EnquiryFactory(
            need=NeedFactory(title="An expert", sort="expertise", **self.open),
            organisation=self.organisation,
            question="A question",
        )
        if is_responded:
            InputFactory(consultation=consultation, capacity=self.capacity)
            answer = {"answer": "An answer.", "answered_at": timezone.now(), "may_be_shared": True}
            Enquiry.objects.filter(pk=question.pk).update(**answer)
            return
        self.open_consensus_call("A consensus call")
        self.begin_scene_work("A charter to sign", in_force=False)
        MatchFactory(
            offer=OfferFactory(title="An introduction", organisation=self.organisation, **self.open),
            need=NeedFactory(**self.open),
            state=Match.State.SUGGESTED,
        )
        Consent.objects.all().delete()
        entry = EntryFactory(
            kind="commitment", title="A member will do it", meeting=self.hold_scene_meeting(), **self.open
        )
        Commitment.objects.create(
            entry=entry,
            proposed_name=self.organisation.name,
            proposed_organisation=self.organisation,
            withheld_title="Our organisation will do it",
            withheld_text="Our organisation will do it, as it said.",
        )

    def fill_whole_scene(self):
        self.say_things_in_every_way()
        self.make_every_commitment()
        self.sign_every_charter()
        self.create_every_offer()
        self.open_every_consultation()
