"""A small world for the access walk: a record of each kind in every label and state, each holding a word of its own.

The rule of who may read what is written here a second time, in plain Python and from DESIGN's words, so that the
product's own rule (`visible_to`, in SQL) is held against something that isn't itself.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition, Membership, Organisation, Role
from jukwaa.records import index
from jukwaa.records.models import Audience, Authorship, Label, Record, Source, State
from tests.factories import (
    AffiliationFactory,
    CoalitionFactory,
    DocumentFactory,
    EntryFactory,
    MeetingFactory,
    MembershipFactory,
    OrganisationFactory,
    PersonFactory,
    RoleFactory,
)

PERSONAS = (
    "visitor",
    "applicant",
    "member",
    "former member",
    "author",
    "author's colleague",
    "member of a named organisation",
    "named person",
    "editor",
    "rapporteur",
    "safeguarding lead",
    "coordinator",
    "member of another coalition",
)
SEATED = {
    "member",
    "author",
    "author's colleague",
    "member of a named organisation",
    "editor",
    "rapporteur",
    "safeguarding lead",
    "coordinator",
}
OPEN = (Label.CLEAR, Label.GREEN)
KINDS = {"document": DocumentFactory, "meeting": MeetingFactory, "entry": EntryFactory}


def may_read(persona: str, label: str, state: str) -> bool:
    """The rule, in words: DESIGN section 3, “Label” and “State”."""
    if persona == "author":
        return state != State.HELD
    if state == State.PUBLISHED:
        return _published(persona, label)
    if state == State.SUBMITTED:
        return persona in {"editor", "rapporteur", "coordinator"} and label in OPEN
    if state == State.SAFEGUARDING:
        # Its lead, and the second reader: the person that the record names.
        return persona in {"safeguarding lead", "named person"}
    if state == State.HELD:
        return persona == "safeguarding lead"
    if state == State.WITHDRAWN:
        return persona in {"coordinator", "safeguarding lead"} and label in OPEN
    return False


def _published(persona: str, label: str) -> bool:
    return {
        Label.CLEAR: True,
        Label.GREEN: persona in SEATED,
        Label.AMBER: persona in {"author's colleague", "member of a named organisation"},
        Label.STRICT: persona == "author's colleague",
        Label.RED: persona == "named person",
    }[Label(label)]


@dataclass
class World:
    coalition: Coalition
    people: dict[str, Person | AnonymousUser] = field(default_factory=dict)
    records: dict[tuple[str, str, str], Record] = field(default_factory=dict)  # by kind, label, state
    canaries: dict[str, tuple[str, str]] = field(default_factory=dict)  # word to label and state

    def allowed(self, persona: str) -> set[str]:
        return {word for word, (label, state) in self.canaries.items() if may_read(persona, label, state)}

    def of_kind(self, kind: str) -> list[Record]:
        return [record for (name, _, _), record in self.records.items() if name == kind]


def build_world() -> World:
    world = World(CoalitionFactory(slug="walked", name="The walked coalition"))
    own = MembershipFactory(coalition=world.coalition, organisation__name="The author's organisation").organisation
    named = MembershipFactory(coalition=world.coalition, organisation__name="The named organisation").organisation
    _people(world, own, named)
    for kind, factory in KINDS.items():
        for label in Label:
            for state in State:
                _record(world, kind, factory, label, state, own, named)
    return world


def _people(world: World, own: Organisation, named: Organisation) -> None:
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
    people["author"] = AffiliationFactory(organisation=own, may_speak=True).person
    people["author's colleague"] = AffiliationFactory(organisation=own).person
    people["member of a named organisation"] = AffiliationFactory(organisation=named).person
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


def _record(world, kind, factory, label, state, own, named) -> None:
    word = f"canary{kind}{Label(label).name}{State(state).name}".lower()
    extra = {"text": f"It was agreed that {word} stands."} if kind != "meeting" else {"starts_on": date(2026, 1, 1)}
    if state == State.PUBLISHED:
        extra["published_at"] = timezone.now()
    if state == State.WITHDRAWN:
        extra |= {"withdrawn_at": timezone.now(), "withdrawn_because": f"{word} was wrong"}
    record = factory(
        coalition=world.coalition,
        title=f"About {word}",
        summary=f"What {word} says",
        label=label,
        state=state,
        author=world.people["author"],
        **extra,
    )
    _audience(record, label, state, world, own, named)
    if kind == "entry":
        document = world.records["document", label, state] if ("document", label, state) in world.records else None
        if document:
            Source.objects.create(record=record, document=document, start=0, end=10, quote=document.text[:10], number=1)
    index.refresh(record)
    world.records[kind, str(label), str(state)] = record
    world.canaries[word] = (label, state)


def _audience(record, label, state, world, own, named) -> None:
    if label in (Label.AMBER, Label.STRICT):
        Audience.objects.create(record=record, organisation=own)
    if label == Label.AMBER:
        Audience.objects.create(record=record, organisation=named)
    if label == Label.RED or state == State.SAFEGUARDING:
        Audience.objects.create(record=record, person=world.people["named person"])
    assert Authorship.objects.filter(record=record).count() == 1
