"""Meetings of before an upgrade: owners whom a public source names have confirmed; sent agendas stay sent."""

import pytest
from django.utils import timezone

from jukwaa.coalitions.models import Capacity
from jukwaa.meetings.jobs import index_unindexed_commitments
from jukwaa.meetings.models import Agenda, Commitment, Entry, Report
from jukwaa.records import index
from jukwaa.records.models import Passage, Source, Version
from jukwaa.records.versions import save_record_version
from tests.factories import (
    CoalitionFactory,
    CommitmentFactory,
    DocumentFactory,
    EntryFactory,
    MeetingFactory,
    OrganisationFactory,
)
from tests.migrations import run_data_migration

COMMITMENT_TEXT = "Northern Helpline will share its guidelines. The NHL sends them."


@pytest.fixture
def coalition(db):
    return CoalitionFactory(slug="ours")


@pytest.fixture
def create_commitment(coalition):
    """Return a function that writes a commitment as versions before did: its owner was public at once."""
    owner = OrganisationFactory(coalition=coalition, name="Northern Helpline", acronym="NHL")

    def create_earlier_commitment(source_document=None, *, has_report=False):
        meeting = MeetingFactory(coalition=coalition, published=True)
        entry = EntryFactory(
            coalition=coalition, meeting=meeting, kind="commitment", text=COMMITMENT_TEXT, published=True
        )
        capacity = Capacity.objects.create(coalition=coalition, organisation=owner, name="Northern Helpline")
        CommitmentFactory(entry=entry, owner=capacity)
        entry.speakers.add(capacity)
        save_record_version(Entry.objects.get(pk=entry.pk), author=None)
        index.reindex_record(entry)
        if source_document is not None:
            Source.objects.create(record_id=entry.pk, document=source_document)
        if has_report:
            Report.objects.create(meeting=meeting, published_at=timezone.now())
        return entry.pk

    return create_earlier_commitment


def test_public_owners_become_confirmed_and_others_proposed(coalition, create_commitment):
    public = DocumentFactory(coalition=coalition, published=True)
    named = [create_commitment(public), create_commitment(has_report=True)]
    members_only = DocumentFactory(coalition=coalition, label="TLP:GREEN", published=True)
    draft = DocumentFactory(coalition=coalition, published=False)
    withheld = [create_commitment(document) for document in (None, members_only, draft)]
    run_data_migration(("meetings", "0008_owners_named_in_public_have_confirmed"))

    for pk in named:
        commitment = Commitment.objects.select_related("owner").get(entry=pk)
        assert (commitment.owner.name, commitment.proposed_name) == ("Northern Helpline", "")
        assert Entry.objects.get(pk=pk).text == COMMITMENT_TEXT
    for pk in withheld:
        commitment, entry = Commitment.objects.get(entry=pk), Entry.objects.get(pk=pk)
        version = Version.objects.get(record=pk)
        assert (commitment.owner, commitment.proposed.name) == (None, "Northern Helpline")
        assert (commitment.withheld_text, commitment.owner_spoke) == (COMMITMENT_TEXT, True)
        assert entry.text == "A member will share its guidelines. A member sends them."
        assert (version.content["text"], version.content["owner_id"], version.salt) == (entry.text, None, "")
        assert not entry.speakers.exists()
    of_withheld = Passage.objects.filter(record__in=withheld)
    assert "NHL" not in "".join(of_withheld.values_list("text", flat=True))

    assert (index_unindexed_commitments(timezone.now()), index_unindexed_commitments(timezone.now())) == (
        len(withheld),
        0,
    )
    assert sorted(of_withheld.values_list("record_id", flat=True)) == withheld


def test_sent_agenda_is_not_emailed_again(coalition):
    sent = {"version": 3, "sent_version": 2, "sent_at": timezone.now()}
    for given in (sent, {}):
        Agenda.objects.create(meeting=MeetingFactory(coalition=coalition, published=True), **given)
    run_data_migration(("meetings", "0009_emailed_agendas"))

    assert list(Agenda.objects.order_by("pk").values_list("emailed_version", flat=True)) == [2, None]
