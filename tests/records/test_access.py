"""Label and state decide who reads, for the parent and each kind alike."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection

from jukwaa.records.models import Audience, Comment, Label, Record, State
from tests.factories import AffiliationFactory, CapacityFactory, DocumentFactory, ItemFactory, PersonFactory


@pytest.fixture
def published_documents(coalition):
    return {label: DocumentFactory(coalition=coalition, title=label, label=label, published=True) for label in Label}


def list_visible_titles(viewer):
    return set(Record.objects.visible_to(viewer).values_list("title", flat=True))


def test_label_decides_readers_of_published_record(
    published_documents, member, outsider, coordinator, safeguarding_lead
):
    assert list_visible_titles(AnonymousUser()) == {"TLP:CLEAR"}
    assert list_visible_titles(outsider) == {"TLP:CLEAR"}
    assert list_visible_titles(member) == {"TLP:CLEAR", "TLP:GREEN"}
    assert list_visible_titles(coordinator) == {"TLP:CLEAR", "TLP:GREEN"}
    assert list_visible_titles(safeguarding_lead) == {"TLP:CLEAR", "TLP:GREEN"}


def test_restricted_record_is_read_by_its_audience(published_documents, organisation, delegate, outsider):
    Audience.objects.create(record=published_documents[Label.AMBER], organisation=organisation)
    Audience.objects.create(record=published_documents[Label.STRICT], organisation=organisation)
    Audience.objects.create(record=published_documents[Label.RED], person=outsider)
    unconfirmed = AffiliationFactory(organisation=organisation, confirmed_on=None, confirmed_by=None).person

    assert list_visible_titles(delegate) == {"TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT"}
    assert list_visible_titles(outsider) == {"TLP:CLEAR", "TLP:RED"}
    assert list_visible_titles(unconfirmed) == {"TLP:CLEAR"}


@pytest.mark.parametrize("tlp_label", [Label.CLEAR, Label.AMBER])
def test_record_state_decides_readers_of_unpublished_record(
    coalition, member, rapporteur, coordinator, safeguarding_lead, outsider, tlp_label
):
    author = PersonFactory()
    withdrawn = {"withdrawn_at": "2026-01-01T00:00Z", "withdrawn_because": "a reason"}
    for state in set(State) - {State.PUBLISHED}:
        extra = withdrawn if state == State.WITHDRAWN else {}
        DocumentFactory(coalition=coalition, title=state, label=tlp_label, state=state, author=author, **extra)
    by_role = tlp_label == Label.CLEAR

    assert list_visible_titles(AnonymousUser()) == list_visible_titles(member) == list_visible_titles(outsider) == set()
    assert list_visible_titles(author) == {"draft", "submitted", "safeguarding", "withdrawn"}
    assert list_visible_titles(rapporteur) == ({"submitted"} if by_role else set())
    assert list_visible_titles(coordinator) == ({"submitted", "withdrawn"} if by_role else set())
    assert list_visible_titles(safeguarding_lead) == ({"withdrawn"} if by_role else set()) | {"safeguarding", "held"}


@pytest.mark.parametrize(
    ("factory", "titles"),
    [(DocumentFactory, {"safeguarding", "published", "submitted"}), (ItemFactory, {"safeguarding", "published"})],
)
def test_named_person_reads_record_under_review_and_published(coalition, outsider, factory, titles):
    for state in (State.DRAFT, State.SUBMITTED, State.SAFEGUARDING, State.HELD, State.PUBLISHED):
        published = state == State.PUBLISHED
        record = factory(coalition=coalition, title=state, label=Label.RED, state=state, published=published)
        Audience.objects.create(record=record, person=outsider)

    assert list_visible_titles(outsider) == titles


@pytest.mark.skipif(connection.vendor != "sqlite", reason="it is SQLite that would read every membership anew")
def test_seats_are_queried_once_per_query(member):
    plan = [line.split(" ", 3)[3] for line in Record.objects.visible_to(member).explain().splitlines()]
    before = [plan[place - 1] for place, line in enumerate(plan) if "INDEX memberships_of_persons" in line]

    assert (plan[0], before) == ("SCAN records_record", ["LIST SUBQUERY 1"])


def test_exists_for_selects_only_rows_of_readable_records(published_documents, member):
    for record in published_documents.values():
        Comment.objects.create(record=record, author=member, capacity=CapacityFactory(), body="Noted.")
    readable = Record.objects.visible_to(member)

    kept = Comment.objects.filter(readable.exists_for("record")).values_list("record", flat=True)

    assert set(kept) == {published_documents[Label.CLEAR].pk, published_documents[Label.GREEN].pk}
