"""Writing a meeting into the record."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from jukwaa.coalitions.models import Activity, Capacity
from jukwaa.core.refusals import EditConflict
from jukwaa.meetings import actions
from jukwaa.meetings.actions import NewEntry
from jukwaa.meetings.models import Attendance, Commitment, Entry, Meeting
from jukwaa.records.models import Link, Passage, Source
from tests.factories import DocumentFactory, OrganisationFactory
from tests.meetings.public_sources import create_public_entry_source


def test_entry_is_saved_with_speaker_capacity_and_source(meeting, rapporteur, organisation, document, find_passage):
    entry = actions.record_entry(
        actor=rapporteur,
        meeting=meeting,
        kind="offer",
        text="Technical help is offered.",
        speakers=[("The union's delegate", organisation), ("A guest", None)],
        sources=[find_passage("It offered", 3)],
    )

    assert list(entry.speakers.order_by("pk").values_list("name", "organisation")) == [
        ("The union's delegate", organisation.pk),
        ("A guest", None),
    ]
    assert list(Source.objects.values_list("record", "document", "quote", "number")) == [
        (entry.pk, document.pk, "It offered technical help.", 3)
    ]
    assert (entry.title, entry.state, entry.position) == ("Technical help is offered.", "published", 1)
    assert list(Passage.objects.filter(record=entry.pk).values_list("text", flat=True)) == [entry.text]
    assert list(Activity.objects.filter(object_id=entry.pk, kind="offer").values_list("verb", "capacity")) == [
        ("published", None)
    ]


def test_missing_owner_and_date_of_commitment_are_empty(meeting, rapporteur):
    entry = actions.record_entry(actor=rapporteur, meeting=meeting, kind="commitment", text="Somebody will do it.")

    commitment = Commitment.objects.get(entry=entry)
    assert (commitment.owner, commitment.due_on, commitment.due_text, commitment.progress) == (None, None, "", "open")
    assert not entry.speakers.exists()


def test_speaking_attendee_is_recorded_once(meeting, rapporteur, organisation):
    actions.record_attendance(
        actor=rapporteur, meeting=meeting, name="ITU", organisation=organisation, came_as="new-member"
    )
    for text in ("One thing.", "Another thing."):
        actions.record_entry(
            actor=rapporteur, meeting=meeting, kind="topic", text=text, speakers=[("ITU", organisation)]
        )

    assert Capacity.objects.filter(name="ITU").count() == 1


def test_later_directory_changes_do_not_change_attendance(meeting, rapporteur, organisation):
    organisation.stakeholder_group = "intergovernmental"
    organisation.save()
    row = actions.record_attendance(
        actor=rapporteur, meeting=meeting, name="ITU", organisation=organisation, came_as="new-member"
    )
    organisation.stakeholder_group = "government"
    organisation.save()

    row.refresh_from_db()
    assert row.capacity.stakeholder_group == "intergovernmental"


def test_resubmission_adds_entries_once(meeting, coalition, rapporteur, find_passage):
    for _ in range(2):
        again = actions.create_meeting_record(
            actor=rapporteur,
            coalition=coalition,
            title=meeting.title,
            starts_on=meeting.starts_on,
            place=meeting.place,
        )
        actions.record_attendance(
            actor=rapporteur, meeting=meeting, name="A guest", came_as="observer", source=find_passage("Report", 1)
        )
        actions.record_entry(actor=rapporteur, meeting=meeting, kind="topic", text="Once.")
        actions.add_meeting_agenda_item(actor=rapporteur, meeting=meeting, title="First part")

    assert again == meeting
    assert (Meeting.objects.count(), Attendance.objects.count(), Entry.objects.count()) == (1, 1, 1)
    assert meeting.parts.count() == 1


def test_chair_is_taken_from_attendance(meeting, rapporteur):
    row = actions.record_attendance(actor=rapporteur, meeting=meeting, name="ECPAT", came_as="member", is_chair=True)
    assert Meeting.objects.get().chair == row.capacity

    actions.remove_attendance_row(actor=rapporteur, attendance=row)
    assert Meeting.objects.get().chair is None
    assert not Capacity.objects.filter(name="ECPAT").exists()


def test_person_is_recorded_with_their_organisation(meeting, rapporteur, delegate, organisation):
    row = actions.record_attendance(
        actor=rapporteur,
        meeting=meeting,
        name="A delegate, in person",
        organisation=organisation,
        person=delegate,
        came_as="member",
    )

    assert (row.capacity.name, row.capacity.person) == (organisation.name, delegate)


def test_long_minutes_are_saved_in_order(meeting, rapporteur, organisation, document, django_assert_max_num_queries):
    new = [
        NewEntry(
            kind="commitment" if number % 5 == 0 else "topic",
            text=f"Thing {number} was said.",
            speakers=[(f"Speaker {number % 10}", organisation)],
            sources=[(document, number % 90, number % 90 + 10, number)],
        )
        for number in range(300)
    ]
    with django_assert_max_num_queries(12 * len(new)):
        written = actions.record_entries(actor=rapporteur, meeting=meeting, entries=new)

    assert [entry.position for entry in written] == list(range(1, 301))


def test_entries_are_saved_all_or_none(meeting, rapporteur, other_coalition):
    alien = DocumentFactory(coalition=other_coalition)
    with pytest.raises(ValueError, match="own coalition"):
        actions.record_entries(
            actor=rapporteur,
            meeting=meeting,
            entries=[
                NewEntry(kind="topic", text="Good."),
                NewEntry(kind="topic", text="Bad.", sources=[(alien, 0, 3, None)]),
            ],
        )

    assert not Entry.objects.exists()


def test_organisation_of_other_coalition_is_refused(meeting, rapporteur, other_coalition):
    alien = OrganisationFactory(coalition=other_coalition)
    with pytest.raises(ValueError, match="own coalition"):
        actions.record_entry(actor=rapporteur, meeting=meeting, kind="topic", text="Hm.", speakers=[("X", alien)])


def test_merged_organisation_is_replaced_by_its_successor(meeting, rapporteur, coalition, organisation):
    old = OrganisationFactory(coalition=coalition, merged_into=organisation)
    entry = actions.record_entry(
        actor=rapporteur, meeting=meeting, kind="topic", text="Hm.", speakers=[("Old name", old)]
    )

    assert entry.speakers.get().organisation == organisation


@pytest.mark.parametrize("persona", ["member", "delegate", "outsider", "safeguarding_lead"])
def test_only_note_takers_add_entries(persona, request, meeting, coalition):
    actor = request.getfixturevalue(persona)
    for attempt in (
        lambda: actions.create_meeting_record(actor=actor, coalition=coalition, title="Mine"),
        lambda: actions.record_entry(actor=actor, meeting=meeting, kind="topic", text="Mine."),
        lambda: actions.record_attendance(actor=actor, meeting=meeting, name="Me", came_as="member"),
        lambda: actions.add_meeting_agenda_item(actor=actor, meeting=meeting, title="Mine"),
        lambda: actions.publish_meeting(actor=actor, meeting=meeting),
        lambda: actions.change_meeting(actor=actor, meeting=meeting, changes={"title": "Mine"}, from_version=1),
    ):
        with pytest.raises(PermissionDenied):
            attempt()

    assert (Meeting.objects.get().title, Entry.objects.count()) == ("The second session", 0)


def test_entries_get_state_and_readers_of_their_meeting(coalition, rapporteur):
    meeting = actions.create_meeting_record(actor=rapporteur, coalition=coalition, title="Soon", label="TLP:GREEN")
    entry = actions.record_entry(actor=rapporteur, meeting=meeting, kind="topic", text="Hm.")
    seen = [(entry.state, entry.label)]
    actions.publish_meeting(actor=rapporteur, meeting=meeting)
    actions.change_meeting(actor=rapporteur, meeting=meeting, changes={"label": "TLP:CLEAR"}, from_version=1)
    entry.refresh_from_db()
    seen.append((entry.state, entry.label))
    actions.withdraw_meeting(actor=rapporteur, meeting=meeting, reason="It never took place.")
    entry.refresh_from_db()
    seen.append((entry.state, entry.label))

    assert seen == [("draft", "TLP:GREEN"), ("published", "TLP:CLEAR"), ("withdrawn", "TLP:CLEAR")]
    assert not Passage.objects.filter(record=entry.pk).exists()
    with pytest.raises(PermissionDenied):
        actions.record_entry(actor=rapporteur, meeting=Meeting.objects.get(), kind="topic", text="Late.")


def test_stale_edit_of_entry_is_refused(meeting, rapporteur, coordinator):
    entry = actions.record_entry(actor=rapporteur, meeting=meeting, kind="topic", text="First.")
    changed = actions.change_entry(actor=coordinator, entry=entry, changes={"text": "Second."}, from_version=1)

    with pytest.raises(EditConflict) as stale:
        actions.change_entry(actor=rapporteur, entry=entry, changes={"text": "Third."}, from_version=1)

    assert (changed.title, changed.version) == ("Second.", 2)
    assert stale.value.current.text == "Second."


def test_entry_can_become_commitment_permanently(meeting, rapporteur):
    entry = actions.record_entry(actor=rapporteur, meeting=meeting, kind="topic", text="We will.")
    entry = actions.change_entry(actor=rapporteur, entry=entry, changes={"kind": "commitment"}, from_version=1)

    assert Commitment.objects.get().entry == entry
    with pytest.raises(ValueError, match="stays"):
        actions.change_entry(actor=rapporteur, entry=entry, changes={"kind": "topic"}, from_version=2)


@pytest.mark.parametrize(
    ("persona", "is_allowed"),
    [("delegate", True), ("rapporteur", True), ("coordinator", True), ("member", False), ("outsider", False)],
)
def test_owner_or_note_takers_update_commitment_status(persona, is_allowed, request, meeting, rapporteur, organisation):
    actor = request.getfixturevalue(persona)
    entry = actions.record_entry(
        actor=rapporteur,
        meeting=meeting,
        kind="commitment",
        text="We will.",
        owner=("Us", organisation),
        sources=create_public_entry_source(meeting.coalition),
    )
    if not is_allowed:
        with pytest.raises(PermissionDenied):
            actions.set_commitment_progress(actor=actor, commitment=entry.commitment, progress="kept", note="")
        return
    for _ in range(2):
        actions.set_commitment_progress(actor=actor, commitment=entry.commitment, progress="kept", note="Sent.")

    commitment = Commitment.objects.get()
    assert (commitment.progress, commitment.closed_on, commitment.closing_note) == (
        "kept",
        timezone.localdate(),
        "Sent.",
    )
    assert Activity.objects.filter(verb="progress-kept", object_id=entry.pk).count() == 1


def test_entry_continued_at_later_meeting_links_to_original(meeting, rapporteur, coalition, find_passage):
    later = actions.create_meeting_record(
        actor=rapporteur, coalition=coalition, title="Later", published=True, starts_on=date(2010, 9, 14)
    )
    entry = actions.record_entry(
        actor=rapporteur, meeting=meeting, kind="proposal", text="Share.", sources=[find_passage("It was agreed", 4)]
    )
    raised = actions.raise_entry_at_meeting(
        actor=rapporteur, entry=entry, meeting=later, entry_kind="decision", text="We share."
    )
    again = actions.raise_entry_at_meeting(
        actor=rapporteur, entry=entry, meeting=later, entry_kind="decision", text="We share."
    )

    assert again == raised
    assert list(Link.objects.values_list("from_record", "relation", "to_record")) == [(raised.pk, "began-as", entry.pk)]
    assert raised.sources.get().quote == entry.sources.get().quote == "It was agreed to share good practices."
