"""A small world for the access walk: a record of each kind in every label and state, each holding a word of its own."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise, product

from django.contrib.auth.models import AnonymousUser
from django.core.files.base import ContentFile
from django.utils import timezone

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Affiliation, AreaOfWork, Capacity, Coalition, Membership, Organisation, Role
from jukwaa.cooperation.models import JointWork
from jukwaa.drafting.models import (
    Call,
    Disposition,
    Edition,
    Evidence,
    Hold,
    Input,
    Placement,
    Position,
    Revision,
    Text,
)
from jukwaa.events.models import Event
from jukwaa.intake.models import Actor, Reading, Sentence, Suggestion
from jukwaa.library.models import CollectionEntry, Item, Review, Use, WebLink
from jukwaa.records import index
from jukwaa.records.actions import lifecycle
from jukwaa.records.models import (
    Attachment,
    Audience,
    Authorship,
    Comment,
    Document,
    Held,
    Label,
    Link,
    Record,
    Source,
    State,
)
from tests.app_parts import collect_from_apps
from tests.cooperation import help_canaries
from tests.cooperation.related_work_rows import add_rows_of_work
from tests.deep import IS_DEEP_RUN
from tests.drafting.world import create_returned_file
from tests.events.world import add_event_canaries
from tests.factories import (
    AffiliationFactory,
    CapacityFactory,
    CoalitionFactory,
    CollectionFactory,
    ConsultationFactory,
    DocumentFactory,
    EntryFactory,
    EventFactory,
    InputFactory,
    ItemFactory,
    JointWorkFactory,
    MeetingFactory,
    MembershipFactory,
    OrganisationFactory,
    PersonFactory,
    RoleFactory,
    TextFactory,
)
from tests.meetings.agenda_canaries import add_agenda_canaries
from tests.persona_access import WAITING_FOR_NAMED, get_access_label, may_persona_read
from tests.plans.world import add_plan_canaries
from tests.regions import observation_canaries, outreach_canaries
from tests.regions.brief_canaries import add_brief_canaries, add_translated_briefs

SAMPLE_LABELS_AND_STATES = (
    (Label.CLEAR, State.PUBLISHED),
    (Label.STRICT, State.PUBLISHED),
    (Label.RED, State.DRAFT),
    (Label.CLEAR, State.HELD),
    (Label.GREEN, State.WITHDRAWN),
)
FACTORY_BY_KIND = {
    "document": DocumentFactory,
    "meeting": MeetingFactory,
    "entry": EntryFactory,
    "item": ItemFactory,
    "collection": CollectionFactory,
    "text": TextFactory,
    **help_canaries.FACTORY_BY_KIND,
    "joint-work": JointWorkFactory,
    "event": EventFactory,
    **observation_canaries.FACTORY_BY_KIND,
    **outreach_canaries.FACTORY_BY_KIND,
    **collect_from_apps("kinds", "FACTORY_BY_KIND"),
}
TEXT_FIELD_BY_KIND = {
    "document": "text",
    "entry": "text",
    "item": "what_changed",
    "collection": "introduction",
    "text": "saying",
    **help_canaries.TEXT_FIELD_BY_KIND,
    "joint-work": "ended_because",
    "event": "website",
    **observation_canaries.TEXT_FIELD_BY_KIND,
    **collect_from_apps("kinds", "TEXT_FIELD_BY_KIND"),
}  # where a kind has words of its own


@dataclass
class World:
    coalition: Coalition
    people: dict[str, Person | AnonymousUser] = field(default_factory=dict)
    records: dict[tuple[str, str, str], Record] = field(default_factory=dict)  # by kind, label, state
    canaries: dict[str, tuple[str, str]] = field(default_factory=dict)  # word to label and state

    def get_allowed_words(self, persona: str) -> set[str]:
        return {word for word, (label, state) in self.canaries.items() if may_persona_read(persona, label, state)}

    def get_words_opened_singly(self) -> set[str]:
        """The words of what walks open singly: records that `list_varied_records` leaves out may be met in lists."""
        further = (
            set()
            if IS_DEEP_RUN
            else set(product({*Label, WAITING_FOR_NAMED} - {Label.CLEAR}, {*State} - {State.PUBLISHED}))
        )
        return {word for word, which in self.canaries.items() if which not in further or word.endswith("back")}

    def list_all_records(self, record_kind: str) -> list[Record]:
        return [record for (name, _, _), record in self.records.items() if name == record_kind]

    def list_example_records(self, record_kind: str) -> list[Record]:
        """One that everybody reads, and those that hardly anybody does."""
        return [self.records[record_kind, str(label), str(state)] for label, state in SAMPLE_LABELS_AND_STATES]

    def list_varied_records(self, record_kind: str) -> list[Record]:
        """Every label once, and every state once."""
        published = [(label, State.PUBLISHED) for label in Label]
        clear = [(Label.CLEAR, state) for state in State if state != State.PUBLISHED]
        return [self.records[record_kind, str(label), str(state)] for label, state in published + clear]


def build_canary_world(make_world=World, record_labels=Label, record_states=State) -> World:
    world = make_world(CoalitionFactory(slug="walked", name="The walked coalition"))
    own = MembershipFactory(coalition=world.coalition, organisation__name="The author's organisation").organisation
    named = MembershipFactory(coalition=world.coalition, organisation__name="The named organisation").organisation
    _create_people(world, own, named)
    for kind, factory in FACTORY_BY_KIND.items():
        for label in record_labels:
            for state in record_states:
                _create_record(world, kind, factory, label, state, own, named)
    _create_collections(world)
    _create_item_uses(world, own)
    _create_quarantined_submission(world)
    add_plan_canaries(world.coalition, world.people, world.records["document", str(Label.CLEAR), str(State.PUBLISHED)])
    outreach_canaries.add_prospect_canaries(world)
    add_translated_briefs(world)
    return world


def _create_people(world: World, own_organisation: Organisation, named_organisation: Organisation) -> None:
    coalition, people = world.coalition, world.people
    people["visitor"] = AnonymousUser()
    people["applicant"] = PersonFactory(name="Applicant")
    MembershipFactory(
        coalition=coalition, organisation=None, person=people["applicant"], standing="applied", starts_on=None
    )
    people["former member"] = PersonFactory(name="Former")
    MembershipFactory(
        coalition=coalition,
        organisation=None,
        person=people["former member"],
        standing=Membership.Standing.LEFT,
        ends_on=timezone.localdate() - timedelta(days=1),
    )
    people["author"] = AffiliationFactory(organisation=own_organisation, may_speak=True).person
    people["author's colleague"] = AffiliationFactory(organisation=own_organisation).person
    people["member of a named organisation"] = AffiliationFactory(organisation=named_organisation).person
    people["named person"] = PersonFactory(name="Named")
    for persona in ("member", "editor", "rapporteur", "safeguarding lead", "coordinator"):
        people[persona] = PersonFactory(name=persona.title())
        MembershipFactory(coalition=coalition, organisation=None, person=people[persona])
        if persona != "member":
            RoleFactory(coalition=coalition, person=people[persona], kind=persona.replace(" ", "-"))
    elsewhere = CoalitionFactory(slug="elsewhere", name="Elsewhere")
    people["member of another coalition"] = PersonFactory(name="Elsewhere")
    MembershipFactory(coalition=elsewhere, organisation=None, person=people["member of another coalition"])
    for kind in Role.Kind:
        RoleFactory(coalition=elsewhere, person=people["member of another coalition"], kind=kind)
    MembershipFactory(coalition=elsewhere, organisation=OrganisationFactory(coalition=elsewhere))


def _create_record(
    world, record_kind, record_factory, tlp_label, record_state, own_organisation, named_organisation
) -> None:
    word = f"canary{''.join(filter(str.isalpha, record_kind))}{Label(tlp_label).name}{State(record_state).name}".lower()
    extra = (
        {"starts_on": date(2026, 1, 1)}
        if record_kind == "meeting"
        else {TEXT_FIELD_BY_KIND.get(record_kind, "title"): f"It was agreed that {word} stands."}
    )
    if record_kind == "outreach-plan":
        extra = {}  # its words hang on it
    if record_kind == "event":
        extra = {"website": f"https://example.org/{word}"}
    if record_kind == "text":
        extra = {"saying": list(extra.values())}
    if record_state == State.PUBLISHED:
        extra["published_at"] = timezone.now() - timedelta(hours=1)  # long enough ago to stand in feeds
    if record_state == State.WITHDRAWN:
        extra |= {"withdrawn_at": timezone.now(), "withdrawn_because": f"{word} was wrong"}
    record = record_factory(
        coalition=world.coalition,
        label=tlp_label,
        state=record_state,
        author=world.people["author"],
        **({"title": f"About {word}", "summary": f"What {word} says"} | extra),
    )
    _create_audience(record, tlp_label, record_state, world, own_organisation, named_organisation)
    if record_kind == "entry" and (document := world.records.get(("document", str(tlp_label), str(record_state)))):
        Source.objects.create(record=record, document=document, start=0, end=10, quote=document.text[:10], number=1)
    index.reindex_record(record)
    _create_related_rows(record, word, world)
    world.records[record_kind, str(tlp_label), str(record_state)] = record
    world.canaries[word] = (get_access_label(record), record_state)


def _create_related_rows(record, canary, world) -> None:
    """A version, a comment, a file; and at the desk, if it is a document."""
    author = world.people["author"]
    capacity = CapacityFactory(coalition=world.coalition, person=author)
    lifecycle.save_record_version(record, author=author)
    Comment.objects.create(record=record, author=author, capacity=capacity, body=f"A comment on {canary}")
    Attachment.objects.create(
        record=record,
        name=f"{canary}.txt",
        media_type="text/plain",
        size=9,
        fingerprint="0" * 64,
        state=Attachment.State.READ,
        text=f"A file about {canary}",
        file=ContentFile(f"A file about {canary}".encode(), f"{canary}.txt"),
    )
    if isinstance(record, Item) and record.state == State.SAFEGUARDING:
        reader = world.people["named person"]
        Review.objects.create(
            item=record, version=1, sent_by=author, reviewer=reader, consent=f"All of {canary} agreed"
        )
    if isinstance(record, Item):
        WebLink.objects.create(item=record, url=f"https://example.org/{canary}", title=f"A link about {canary}")
        observation_canaries.add_voice_canaries(world, record, canary)
    help_canaries.add_help_rows(world, record, canary, author, capacity)
    add_agenda_canaries(record, canary, author, capacity)
    if isinstance(record, Text):
        # A clause of each rests on the document of the same label and state: each finds their own at it.
        document = world.records["document", str(record.label), str(record.state)]
        Evidence.objects.create(clause=record.clauses.get(), record=document, note=f"Where {canary} says it")
        Revision.objects.filter(text=record).update(name=f"Draft of {canary}", note=f"New in {canary}")
        _create_inputs_about(record, canary, author, capacity)
        _create_agreement(record, canary, capacity)
        create_returned_file(record, canary, author)
        add_brief_canaries(world, record, canary, author, capacity)
    if isinstance(record, JointWork):
        add_rows_of_work(record, canary, capacity)
    outreach_canaries.add_plan_canaries(record, canary, capacity)
    if isinstance(record, Event):
        add_event_canaries(record, canary, author, capacity)
    if isinstance(record, Document):
        reading = Reading.objects.create(
            coalition=world.coalition, document=record, title=record.title, started_by=author, label=record.label
        )
        sentence = Sentence.objects.create(reading=reading, number=1, start=0, end=len(record.text))
        Actor.objects.create(reading=reading, written=f"Somebody of {canary}")
        Suggestion.objects.create(
            reading=reading, sentence=sentence, start=0, end=5, kind="decision", text=f"Agreed: {canary}", actors=[]
        )


def _create_inputs_about(text: Text, canary: str, author: Person, capacity: Capacity) -> None:
    """A consultation, and an input at its clause with an answer."""
    asked = ConsultationFactory(
        text=text, introduction=f"What do you think of {canary}?", questions=[f"And of {canary}?"]
    )
    placement = Placement.objects.now(text).get()
    given = InputFactory(
        consultation=asked,
        clause=placement.clause,
        wording=placement.wording,
        kind="proposal",
        body=f"An input on {canary}",
        proposed=f"Rather {canary} than nothing",
        author=author,
        capacity=capacity,
    )
    Disposition.objects.create(input=given, answer="noted", reason=f"So {canary} is noted", by=author)
    Input.objects.filter(pk=given.pk).update(disposition="noted")


def _create_agreement(text, canary, capacity) -> None:
    """A call that was answered and declared, an edition, and what a clause rests on."""
    now = timezone.now()
    own = Affiliation.objects.get(person=capacity.person).organisation
    revision = text.get_latest_revision()
    call = Call.objects.create(
        text=text,
        revision=revision,
        silence="nothing",
        although=f"Why of {canary}",
        opens_at=now,
        closes_at=now + timedelta(days=20),
    )
    said = {"person": capacity.person, "organisation": own, "capacity": capacity}
    Hold.objects.create(call=call, reason=f"Held for {canary}", by=capacity.person)
    Position.objects.create(call=call, stance="object", reason=f"An objection to {canary}", **said)
    Edition.objects.create(
        text=text, revision=revision, major=1, minor=0, errata=f"Mended {canary}", without_call=f"None for {canary}"
    )


def _create_collections(world: World) -> None:
    """A collection that the world may read holds a record of every label and state: each finds their own in it."""
    collection = world.records["collection", str(Label.CLEAR), str(State.PUBLISHED)]
    for kind in ("item", "document", "entry", "meeting"):
        for record in world.list_varied_records(kind):
            CollectionEntry.objects.create(collection_id=collection.pk, record=record, position=record.pk)


def _create_item_uses(world: World, own_organisation: Organisation) -> None:
    """Items of one area of work in several regions, each adapted from and used by the next, and some translated."""
    area = AreaOfWork.objects.create(coalition=world.coalition, name="Education")
    own_organisation.areas.add(area)
    items = world.list_varied_records("item")
    for number, item in enumerate(items):
        item.areas.add(area)
        Item.objects.filter(pk=item.pk).update(countries=[("BR", "FR", "KE")[number % 3]])
    for older, newer in pairwise(dict.fromkeys(items)):
        Link.objects.create(from_record=newer, to_record=older, relation="adapted-from", version=1)
        capacity = CapacityFactory(coalition=world.coalition, person=world.people["author"])
        how = f"We used it: {older.title}"
        told = {"author": world.people["author"], "capacity": capacity, "year": 2024, "how": how}
        Use.objects.create(item_id=older.pk, adaptation_id=newer.pk, **told)
    published, others = items[: len(Label)], items[len(Label) :]
    for original, translations in ((published[0], published[1:-1]), (published[-1], others)):
        for each in translations:
            if each.pk != original.pk and each.pk not in {item.pk for item in published[:1]}:
                Link.objects.create(from_record=each, to_record=original, relation="translates", version=0)


def _create_quarantined_submission(world: World) -> None:
    """What did not get past a door is there for the safeguarding lead alone."""
    Held.objects.create(
        coalition=world.coalition, door="comment", why="disclosure", text="What canaryheldback tells", digest="0"
    )
    world.canaries["canaryheldback"] = (Label.RED, State.HELD)


def _create_audience(record, tlp_label, record_state, world, own_organisation, named_organisation) -> None:
    if tlp_label in (Label.AMBER, Label.STRICT):
        Audience.objects.create(record=record, organisation=own_organisation)
    if tlp_label == Label.AMBER:
        Audience.objects.create(record=record, organisation=named_organisation)
    if tlp_label == Label.RED or record_state == State.SAFEGUARDING:
        Audience.objects.create(record=record, person=world.people["named person"])
    assert Authorship.objects.filter(record=record).count() == 1
