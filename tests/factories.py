"""Dull makers of rows. A test names what matters to it; the rest is filled in."""

from datetime import date, timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Affiliation, Capacity, Coalition, Membership, Organisation, Role
from jukwaa.cooperation.models import Consent, Enquiry, JointWork, Match, MatchSide, Need, Offer
from jukwaa.cooperation.models.help import extract_help_terms
from jukwaa.drafting.actions import compute_wording_digest
from jukwaa.drafting.models import Clause, Consultation, Input, Placement, Revision, Text, Wording
from jukwaa.events.models import Event, Occurrence, Pledge
from jukwaa.library.models import Collection, CollectionEntry, Item
from jukwaa.meetings.models import Attendance, Commitment, Dissent, Entry, Meeting, Part
from jukwaa.records.models import Authorship, Document, Record, State
from jukwaa.regions.models import Outreach


class CoalitionFactory(DjangoModelFactory[Coalition]):
    class Meta:
        model = Coalition

    slug = factory.Sequence(lambda n: f"coalition-{n}")
    name = factory.Sequence(lambda n: f"Coalition {n}")


class PersonFactory(DjangoModelFactory[Person]):
    class Meta:
        model = Person

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    name = factory.Sequence(lambda n: f"Person {n}")
    told_at = factory.LazyFunction(timezone.now)
    adult_confirmed_at = factory.LazyFunction(timezone.now)


class OrganisationFactory(DjangoModelFactory[Organisation]):
    class Meta:
        model = Organisation

    coalition = factory.SubFactory(CoalitionFactory)
    name = factory.Sequence(lambda n: f"Organisation {n}")


class MembershipFactory(DjangoModelFactory[Membership]):
    class Meta:
        model = Membership

    coalition = factory.SubFactory(CoalitionFactory)
    organisation = factory.SubFactory(OrganisationFactory, coalition=factory.SelfAttribute("..coalition"))
    standing = Membership.Standing.ACTIVE
    starts_on = date(2020, 1, 1)


class AffiliationFactory(DjangoModelFactory[Affiliation]):
    class Meta:
        model = Affiliation

    person = factory.SubFactory(PersonFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    confirmed_on = factory.LazyFunction(timezone.localdate)
    confirmed_by = factory.SelfAttribute("person")


class RoleFactory(DjangoModelFactory[Role]):
    class Meta:
        model = Role

    coalition = factory.SubFactory(CoalitionFactory)
    person = factory.SubFactory(PersonFactory)
    kind = Role.Kind.COORDINATOR


class RecordFactory(DjangoModelFactory[Record]):
    """`published=True` opens it; `author=person` writes down who made it."""

    class Meta:
        model = Record
        abstract = True
        skip_postgeneration_save = True

    class Params:
        published = factory.Trait(state=State.PUBLISHED, published_at=factory.LazyFunction(timezone.now))

    coalition = factory.SubFactory(CoalitionFactory)
    title = factory.Sequence(lambda n: f"Record {n}")

    @factory.post_generation
    def author(self: Record, create: bool, extracted: Person | None) -> None:
        if create and extracted:
            Authorship.objects.create(record=self, person=extracted)


class DocumentFactory(RecordFactory):
    class Meta:
        model = Document

    kind = "document"
    text = "The members agreed to meet again."
    fingerprint = factory.Sequence(lambda n: f"{n:064x}")


class MeetingFactory(RecordFactory):
    class Meta:
        model = Meeting

    kind = "meeting"


class EntryFactory(RecordFactory):
    class Meta:
        model = Entry

    kind = "decision"
    meeting = factory.SubFactory(MeetingFactory, coalition=factory.SelfAttribute("..coalition"), published=True)
    position = factory.Sequence(lambda n: n)
    text = factory.Sequence(lambda n: f"It was agreed to do thing {n}.")


class ItemFactory(RecordFactory):
    class Meta:
        model = Item

    kind = "good-practice"
    what_worked = factory.Sequence(lambda n: f"Asking providers to one table worked, for reason {n}.")


class ObservationFactory(ItemFactory):
    kind = "regional-observation"
    countries = ("KE",)
    details = factory.LazyFunction(lambda: {"issue": "Fees for removal"})


class TextFactory(RecordFactory):
    class Meta:
        model = Text

    kind = "text"

    @factory.post_generation
    def saying(self: Text, create: bool, extracted: list[str] | None) -> None:
        """Its clauses, each a paragraph, in a revision that was named: what readers see of it."""
        if not extracted:
            return
        self.step = 1
        self.save(update_fields=["step"])
        for number, body in enumerate(extracted, 1):
            clause = Clause.objects.create(text=self, number=number)
            wording, _ = Wording.objects.get_or_create(
                text=self, digest=compute_wording_digest(body), defaults={"body": body}
            )
            Placement.objects.create(text=self, clause=clause, wording=wording, position=number << 20, since=1)
        Revision.objects.create(text=self, number=1, step=1, name="Draft 1")


class ConsultationFactory(DjangoModelFactory[Consultation]):
    """Open for two weeks, on the latest revision of its text."""

    class Meta:
        model = Consultation

    text = factory.SubFactory(TextFactory, published=True, saying=["A first clause.", "A second clause."])
    revision = factory.LazyAttribute(lambda asked: asked.text.get_latest_revision())
    asks = Consultation.Asks.PUBLIC
    opens_at = factory.LazyFunction(lambda: timezone.now() - timedelta(days=1))
    closes_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=13))


class InputFactory(DjangoModelFactory[Input]):
    """Of one capacity; without a clause it is about the text as a whole."""

    class Meta:
        model = Input

    consultation = factory.SubFactory(ConsultationFactory)
    text = factory.SelfAttribute("consultation.text")
    revision = factory.SelfAttribute("consultation.revision")
    capacity = factory.SubFactory(
        "tests.factories.CapacityFactory", coalition=factory.SelfAttribute("..text.coalition")
    )
    now_at = factory.SelfAttribute("clause")
    clause = None
    body = factory.Sequence(lambda n: f"We would like to know more of thing {n}.")


class CollectionFactory(RecordFactory):
    class Meta:
        model = Collection

    kind = "collection"

    @factory.post_generation
    def holding(self: Collection, create: bool, extracted: list[Record] | None) -> None:
        """The records that stand in it, in this order."""
        for position, record in enumerate(extracted or [], 1):
            CollectionEntry.objects.create(collection=self, record_id=record.pk, position=position)


class CapacityFactory(DjangoModelFactory[Capacity]):
    class Meta:
        model = Capacity

    coalition = factory.SubFactory(CoalitionFactory)
    name = factory.Sequence(lambda n: f"Speaker {n}")


class PartFactory(DjangoModelFactory[Part]):
    class Meta:
        model = Part

    meeting = factory.SubFactory(MeetingFactory, published=True)
    title = factory.Sequence(lambda n: f"Part {n}")


class AttendanceFactory(DjangoModelFactory[Attendance]):
    class Meta:
        model = Attendance

    meeting = factory.SubFactory(MeetingFactory, published=True)
    capacity = factory.SubFactory(CapacityFactory, coalition=factory.SelfAttribute("..meeting.coalition"))
    came_as = Attendance.As.MEMBER


class DissentFactory(DjangoModelFactory[Dissent]):
    class Meta:
        model = Dissent

    entry = factory.SubFactory(EntryFactory, kind="decision", published=True)
    capacity = factory.SubFactory(CapacityFactory, coalition=factory.SelfAttribute("..entry.coalition"))
    kind = Dissent.Kind.OBJECTED


class CommitmentFactory(DjangoModelFactory[Commitment]):
    class Meta:
        model = Commitment

    entry = factory.SubFactory(EntryFactory, kind="commitment", published=True)


class OfferFactory(RecordFactory):
    """`organisation=` says whose it is."""

    class Meta:
        model = Offer

    kind = "help-offered"
    sort = "training"

    @factory.post_generation
    def terms(self: Offer | Need, create: bool, extracted: list[str] | None) -> None:
        self.terms = extracted or extract_help_terms(self)
        self.save(update_fields=["terms"])


class NeedFactory(OfferFactory):
    class Meta:
        model = Need

    kind = "help-needed"


class MatchFactory(DjangoModelFactory[Match]):
    """`agreed=True` gives the consent of both sides."""

    class Meta:
        model = Match
        skip_postgeneration_save = True

    offer = factory.SubFactory(OfferFactory, published=True)
    need = factory.SubFactory(NeedFactory, published=True, coalition=factory.SelfAttribute("..offer.coalition"))
    by = factory.SubFactory(PersonFactory)

    @factory.post_generation
    def agreed(self: Match, create: bool, extracted: bool | None) -> None:
        for side in MatchSide if extracted else ():
            capacity = CapacityFactory(coalition=self.need.coalition, person=self.by)
            Consent.objects.create(match=self, side=side, person=self.by, capacity=capacity)


class EnquiryFactory(DjangoModelFactory[Enquiry]):
    class Meta:
        model = Enquiry

    need = factory.SubFactory(NeedFactory, published=True, sort="expertise")
    organisation = factory.SubFactory(OrganisationFactory, coalition=factory.SelfAttribute("..need.coalition"))
    question = "Which articles does a first plan need?"
    person = factory.SubFactory(PersonFactory)
    capacity = factory.SubFactory(CapacityFactory, coalition=factory.SelfAttribute("..need.coalition"))


class JointWorkFactory(RecordFactory):
    class Meta:
        model = JointWork

    kind = "joint-work"


class OutreachFactory(RecordFactory):
    """For Kenya, in two years."""

    class Meta:
        model = Outreach

    kind = "outreach-plan"
    country = "KE"
    countries = factory.LazyFunction(lambda: ["KE"])
    on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=730))
    forget_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=820))


class EventFactory(RecordFactory):
    """Once, on the day named (`on=`), in no place in particular."""

    class Meta:
        model = Event

    kind = "event"

    @factory.post_generation
    def on(self: Event, create: bool, extracted: date | None) -> None:
        if create and extracted:
            Occurrence.objects.create(event=self, starts_on=extracted, ends_on=extracted)


class OccurrenceFactory(DjangoModelFactory[Occurrence]):
    """In a month, with a call that is open; `called_at=None, asks=""` for one without."""

    class Meta:
        model = Occurrence

    event = factory.SubFactory(EventFactory, published=True)
    starts_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=30))
    ends_on = factory.SelfAttribute("starts_on")
    asks = "Say what you will do."
    called_at = factory.LazyFunction(timezone.now)


class PledgeFactory(DjangoModelFactory[Pledge]):
    class Meta:
        model = Pledge

    occurrence = factory.SubFactory(OccurrenceFactory)
    organisation = factory.SubFactory(
        OrganisationFactory, coalition=factory.SelfAttribute("..occurrence.event.coalition")
    )
    capacity = factory.SubFactory(
        CapacityFactory,
        coalition=factory.SelfAttribute("..occurrence.event.coalition"),
        organisation=factory.SelfAttribute("..organisation"),
    )
    person = factory.SubFactory(PersonFactory)
    activity = factory.Sequence(lambda n: f"We hold workshop {n}.")
