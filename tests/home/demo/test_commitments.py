"""The demo has commitments in every state, and the two of 2009 are still followed up."""

from jukwaa.meetings.models import Commitment, CommitmentChange, Entry


def test_commitments_are_in_every_state(demo_coalition, db):
    assert set(Commitment.objects.values_list("progress", flat=True)) == set(Commitment.Progress)
    assert Commitment.objects.filter(needs_owner=True).count() == 1
    assert Commitment.objects.filter(owner=None).exclude(proposed_name="").count() == 1
    assert Commitment.objects.exclude(owner=None).exclude(proposed_name="").count() == 1
    assert Commitment.objects.exclude(evidence_url="").count() == 1


def test_unconfirmed_commitment_owner_is_not_in_text(demo_coalition, db):
    waiting = Commitment.objects.select_related("entry").get(owner=None, needs_owner=False, entry__is_example=True)

    assert waiting.entry.text == "A member will describe how it answers requests from helplines."


def test_commitments_of_2009_are_carried_forward_and_confirmed(demo_coalition, db):
    carried = CommitmentChange.objects.filter(event="carried").values("commitment")
    found = Commitment.objects.filter(pk__in=carried).select_related("owner", "entry__meeting")

    assert {commitment.entry.meeting.title for commitment in found} == {"Sharm El Sheikh, 2009"}
    assert [bool(commitment.owner) for commitment in found] == [True, True]


def test_offers_and_requests_are_in_every_state(demo_coalition, db):
    made = Entry.objects.filter(kind__in=["offer", "request"])

    assert set(made.values_list("response", flat=True)) == set(Entry.Response)
