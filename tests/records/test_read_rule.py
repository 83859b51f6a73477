"""The read rule, stated a second time in plain Python, and compared with the query for every kind of record and reader.

The two share nothing but the facts from which the world below is made.
"""

from dataclasses import dataclass
from datetime import timedelta
from itertools import product

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Membership, Role
from jukwaa.coalitions.standing import Standing
from jukwaa.records.models import Audience, Authorship, Label, Record, State
from tests.factories import (
    AffiliationFactory,
    CoalitionFactory,
    MembershipFactory,
    OrganisationFactory,
    PersonFactory,
    RoleFactory,
)

pytestmark = pytest.mark.django_db

COALITION_CASES = ("here", "elsewhere")
AUDIENCE_CASES = ("nobody", "the reader", "somebody else", "their organisation", "another organisation")
SEAT_CASES = ("none", "own here", "own elsewhere", "ended", "applied", "through organisation")
AFFILIATION_CASES = ("none", "confirmed", "unconfirmed", "confirmed too long ago", "ended")
ROLE_CASES = (
    "none",
    *(f"{kind} {place}" for kind in Role.Kind for place in COALITION_CASES),
    *(f"{kind} ended" for kind in Role.Kind),
)


@dataclass(frozen=True)
class ReaderAccessCase:
    """A signed-in person: how they belong to the coalition "here", and which role they hold."""

    seat: str
    affiliation: str
    role: str

    def is_seated(self, coalition: str) -> bool:
        own = self.seat == f"own {coalition}"
        through = self.seat == "through organisation" and self.affiliation == "confirmed" and coalition == "here"
        return own or through

    def has_role_in(self, coalition: str, *kinds: str) -> bool:
        return any(self.role == f"{kind} {coalition}" for kind in kinds)


@dataclass(frozen=True)
class RecordAccessCase:
    coalition: str
    label: str
    state: str
    audience: str
    is_author: bool


def may_reader_read(reader: ReaderAccessCase | None, record_case: RecordAccessCase) -> bool:
    """The read rule in plain words. None is somebody who is not signed in."""
    if record_case.state == "published" and record_case.label == "TLP:CLEAR":
        return True
    if reader is None:
        return False
    if record_case.state == "held":
        return reader.has_role_in(record_case.coalition, "safeguarding-lead")
    return record_case.is_author or _is_in_audience(reader, record_case) or _is_admitted_by_role(reader, record_case)


def _is_in_audience(reader: ReaderAccessCase, record_case: RecordAccessCase) -> bool:
    named = record_case.audience == "the reader"
    if record_case.state == "safeguarding":
        return named
    is_meant = {
        "TLP:GREEN": reader.is_seated(record_case.coalition),
        "TLP:RED": named,
    }.get(record_case.label, record_case.audience == "their organisation" and reader.affiliation == "confirmed")
    waits_for_named = record_case.state == "submitted" and record_case.label == "TLP:RED"  # all cases are documents
    return (record_case.state == "published" or waits_for_named) and is_meant


def _is_admitted_by_role(reader: ReaderAccessCase, record_case: RecordAccessCase) -> bool:
    if record_case.state == "safeguarding":
        return reader.has_role_in(record_case.coalition, "safeguarding-lead")
    kinds = {
        "submitted": ("editor", "rapporteur", "coordinator"),
        "withdrawn": ("coordinator", "safeguarding-lead"),
    }.get(record_case.state, ())
    return record_case.label in ("TLP:CLEAR", "TLP:GREEN") and reader.has_role_in(record_case.coalition, *kinds)


RECORD_CASES = [
    RecordAccessCase(*facts)
    for facts in product(COALITION_CASES, Label.values, State.values, AUDIENCE_CASES, (True, False))
]
READER_CASES = [
    *(ReaderAccessCase(seat, affiliation, "none") for seat, affiliation in product(SEAT_CASES, AFFILIATION_CASES)),
    *(
        ReaderAccessCase(seat, affiliation, role)
        for seat, affiliation, role in product(SEAT_CASES[:2], AFFILIATION_CASES[:2], ROLE_CASES[1:])
    ),
]


class AccessWorld:
    """Each case once, written and read by all readers: what they are allowed comes from the facts of each alone."""

    def __init__(self) -> None:
        self.coalitions = {name: CoalitionFactory() for name in COALITION_CASES}
        self.theirs = OrganisationFactory(coalition=self.coalitions["here"])
        self.member = OrganisationFactory(coalition=self.coalitions["here"])  # the same, and a member
        self.another = OrganisationFactory(coalition=self.coalitions["here"])
        MembershipFactory(coalition=self.coalitions["here"], organisation=self.member)
        self.stranger = PersonFactory()
        self.readers = {reader: self._create_reader(reader) for reader in READER_CASES}
        self.records = self._create_all_records()

    def _create_reader(self, reader: ReaderAccessCase) -> Person:
        person, today = PersonFactory(), timezone.localdate()
        yesterday = today - timedelta(days=1)
        through = self.member if reader.seat == "through organisation" else self.theirs
        seat = {"organisation": None, "person": person, "coalition": self.coalitions["here"]}
        seats = {
            "own here": seat,
            "own elsewhere": seat | {"coalition": self.coalitions["elsewhere"]},
            "ended": seat | {"ends_on": yesterday},
            "applied": seat | {"standing": Membership.Standing.APPLIED},
        }
        affiliations = {
            "confirmed": {},
            "unconfirmed": {"confirmed_on": None, "confirmed_by": None},
            "confirmed too long ago": {"confirmed_on": today - timedelta(days=396)},
            "ended": {"ends_on": yesterday},
        }
        if reader.seat in seats:
            MembershipFactory(**seats[reader.seat])
        if reader.affiliation in affiliations:
            AffiliationFactory(person=person, organisation=through, **affiliations[reader.affiliation])
        kind, _space, place = reader.role.partition(" ")
        if place:
            ends = {"ends_on": yesterday} if place == "ended" else {}
            RoleFactory(person=person, kind=kind, coalition=self.coalitions.get(place, self.coalitions["here"]), **ends)
        return person

    def _create_all_records(self) -> dict[int, RecordAccessCase]:
        now = timezone.now()
        made = Record.objects.bulk_create(
            Record(
                coalition=self.coalitions[case.coalition],
                kind="document",
                label=case.label,
                state=case.state,
                published_at=now,
                withdrawn_at=now,
                withdrawn_because="a reason",
            )
            for case in RECORD_CASES
        )
        people, organisations = list(self.readers.values()), [self.theirs, self.member]
        audiences, authorships = [], []
        for record, case in zip(made, RECORD_CASES, strict=True):
            writers = people if case.is_author else [self.stranger]
            authorships += [Authorship(record=record, person=person) for person in writers]
            named = {"the reader": people, "somebody else": [self.stranger]}.get(case.audience, [])
            audiences += [Audience(record=record, person=person) for person in named]
            names = {"their organisation": organisations, "another organisation": [self.another]}
            audiences += [Audience(record=record, organisation=one) for one in names.get(case.audience, [])]
        Authorship.objects.bulk_create(authorships)
        Audience.objects.bulk_create(audiences)
        return {record.pk: case for record, case in zip(made, RECORD_CASES, strict=True)}

    def list_readable(self, viewer: Person | AnonymousUser) -> set[RecordAccessCase]:
        return {self.records[pk] for pk in Record.objects.visible_to(viewer).values_list("pk", flat=True)}


def test_readers_read_exactly_what_rule_allows():
    world = AccessWorld()

    assert world.list_readable(AnonymousUser()) == {case for case in RECORD_CASES if may_reader_read(None, case)}
    for reader, person in world.readers.items():
        allowed = {case for case in RECORD_CASES if may_reader_read(reader, case)}
        assert world.list_readable(person) == allowed, reader  # the database answers who they are
        Standing.under(world.coalitions["here"].slug, person)
        assert world.list_readable(person) == allowed, reader  # as in a request, which has read it
