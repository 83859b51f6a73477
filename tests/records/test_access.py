"""Label and state decide who reads, for the parent and each kind alike."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection

from jukwaa.records.models import Audience, Comment, Label, Record, State
from tests.factories import AffiliationFactory, CapacityFactory, DocumentFactory, PersonFactory


@pytest.fixture
def published(coalition):
    return {label: DocumentFactory(coalition=coalition, title=label, label=label, published=True) for label in Label}


def seen_by(viewer):
    return set(Record.objects.visible_to(viewer).values_list("title", flat=True))


def test_the_label_decides_who_reads_what_is_published(published, member, outsider, coordinator, safeguarding_lead):
    assert seen_by(AnonymousUser()) == {"TLP:CLEAR"}
    assert seen_by(outsider) == {"TLP:CLEAR"}
    assert seen_by(member) == {"TLP:CLEAR", "TLP:GREEN"}
    assert seen_by(coordinator) == {"TLP:CLEAR", "TLP:GREEN"}
    assert seen_by(safeguarding_lead) == {"TLP:CLEAR", "TLP:GREEN"}


def test_a_restricted_record_is_read_by_those_it_names(published, organisation, delegate, outsider):
    Audience.objects.create(record=published[Label.AMBER], organisation=organisation)
    Audience.objects.create(record=published[Label.STRICT], organisation=organisation)
    Audience.objects.create(record=published[Label.RED], person=outsider)
    unconfirmed = AffiliationFactory(organisation=organisation, confirmed_on=None, confirmed_by=None).person

    assert seen_by(delegate) == {"TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT"}
    assert seen_by(outsider) == {"TLP:CLEAR", "TLP:RED"}
    assert seen_by(unconfirmed) == {"TLP:CLEAR"}


@pytest.mark.parametrize("label", [Label.CLEAR, Label.AMBER])
def test_the_state_decides_who_reads_what_is_not_published(
    coalition, member, rapporteur, coordinator, safeguarding_lead, outsider, label
):
    author = PersonFactory()
    withdrawn = {"withdrawn_at": "2026-01-01T00:00Z", "withdrawn_because": "a reason"}
    for state in set(State) - {State.PUBLISHED}:
        extra = withdrawn if state == State.WITHDRAWN else {}
        DocumentFactory(coalition=coalition, title=state, label=label, state=state, author=author, **extra)
    by_role = label == Label.CLEAR

    assert seen_by(AnonymousUser()) == seen_by(member) == seen_by(outsider) == set()
    assert seen_by(author) == {"draft", "submitted", "safeguarding", "withdrawn"}
    assert seen_by(rapporteur) == ({"submitted"} if by_role else set())
    assert seen_by(coordinator) == ({"submitted", "withdrawn"} if by_role else set())
    assert seen_by(safeguarding_lead) == ({"withdrawn"} if by_role else set()) | {"safeguarding", "held"}


def test_a_person_who_is_named_reads_under_review_and_once_published(coalition, outsider):
    for state in (State.DRAFT, State.SUBMITTED, State.SAFEGUARDING, State.HELD, State.PUBLISHED):
        published = state == State.PUBLISHED
        record = DocumentFactory(coalition=coalition, title=state, label=Label.RED, state=state, published=published)
        Audience.objects.create(record=record, person=outsider)

    assert seen_by(outsider) == {"safeguarding", "published"}


@pytest.mark.skipif(connection.vendor != "sqlite", reason="it is SQLite that would read every membership anew")
def test_seats_are_sought_once_a_query_and_not_for_each_record(member):
    plan = [line.split(" ", 3)[3] for line in Record.objects.visible_to(member).explain().splitlines()]
    before = [plan[place - 1] for place, line in enumerate(plan) if "INDEX memberships_of_persons" in line]

    assert (plan[0], before) == ("SCAN records_record", ["LIST SUBQUERY 1"])


def test_exists_for_keeps_only_rows_of_readable_records(published, member):
    for record in published.values():
        Comment.objects.create(record=record, author=member, capacity=CapacityFactory(), body="Noted.")
    readable = Record.objects.visible_to(member)

    kept = Comment.objects.filter(readable.exists_for("record")).values_list("record", flat=True)

    assert set(kept) == {published[Label.CLEAR].pk, published[Label.GREEN].pk}
