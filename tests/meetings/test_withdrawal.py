"""A meeting takes its minutes along, whichever way it is taken out of sight, and brings them back."""

from functools import partial

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from jukwaa.coalitions.models import Activity, Capacity
from jukwaa.mail.models import Message
from jukwaa.meetings import actions
from jukwaa.meetings.chatham_house_rule import NamesFoundError
from jukwaa.meetings.models import Attendance, Entry, Report, Rsvp
from jukwaa.records.actions import (
    add_comment,
    attach_file_to_record,
    hold_record_in_quarantine,
    publish_record,
    release_record_from_quarantine,
    withdraw_record,
)
from jukwaa.records.models import Passage, Record, Version
from jukwaa.records.tasks import delete_files
from jukwaa.updates.models import Letter, PendingMail
from tests.conftest import create_seated_person
from tests.factories import OrganisationFactory

CANARY_WORD = "Canaryword"


def build_record_url(route_name, record):
    return reverse(route_name, args=[record.coalition.slug, record.pk])


@pytest.fixture
def record_topic(meeting, rapporteur):
    def record_one_topic(text, **more):
        return actions.record_entry(actor=rapporteur, meeting=meeting, kind="topic", text=text, **more)

    return record_one_topic


@pytest.fixture
def two_topic_entries(record_topic):
    return [record_topic("First."), record_topic("Second.")]


@pytest.fixture
def chatham_item(meeting, rapporteur, coalition):
    OrganisationFactory(coalition=coalition, name="Southern Helpline")
    return actions.add_meeting_agenda_item(
        actor=rapporteur, meeting=meeting, title="Among ourselves", is_under_chatham_house_rule=True
    )


def list_entry_states():
    return list(Entry.objects.order_by("position").values_list("state", flat=True))


def test_generic_record_route_redirects_to_meeting_and_entry(client, meeting, two_topic_entries, coordinator):
    client.force_login(coordinator)
    led = [
        client.post(build_record_url("records:withdraw", record), {"reason": "Wrong."}).url
        for record in (meeting, two_topic_entries[0])
    ]

    assert led == [
        build_record_url("meetings:meeting_withdraw", meeting),
        build_record_url("meetings:entry_withdraw", two_topic_entries[0]),
    ]
    assert list_entry_states() == ["published", "published"]


def test_withdrawing_meeting_withdraws_all_its_minutes(client, meeting, two_topic_entries, coordinator):
    client.force_login(coordinator)
    led = client.get(build_record_url("records:withdraw", meeting)).url
    client.post(led, {"reason": "It never took place."})

    assert list_entry_states() == ["withdrawn", "withdrawn"]
    assert set(Record.objects.values_list("withdrawn_because", flat=True)) == {"It never took place."}
    assert not Passage.objects.exists()


def test_withdrawing_base_record_withdraws_minutes(meeting, two_topic_entries, coordinator):
    withdraw_record(actor=coordinator, record=Record.objects.get(pk=meeting.pk), reason="Wrong.")

    assert list_entry_states() == ["withdrawn", "withdrawn"]


def test_reason_names_nobody_under_chatham_house_rule(client, meeting, chatham_item, coordinator):
    reason = "The Southern Helpline asked for it."
    with pytest.raises(NamesFoundError):
        actions.withdraw_meeting(actor=coordinator, meeting=meeting, reason=reason)
    client.force_login(coordinator)
    answer = client.post(build_record_url("meetings:meeting_withdraw", meeting), {"reason": reason})

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["reason"])
    assert reason in answer.text
    meeting.refresh_from_db()
    assert meeting.state == "published"


def test_quarantine_hides_minutes_and_release_restores_them(
    client, meeting, two_topic_entries, coordinator, safeguarding_lead
):
    client.force_login(safeguarding_lead)
    url = build_record_url("records:hold", meeting)
    asked = client.get(url).text
    client.post(url)
    held = list_entry_states()

    assert "The minutes of the meeting will also be quarantined, and released together with the meeting." in asked
    assert held == ["held", "held"]
    assert not Record.objects.visible_to(coordinator).exists()
    assert not Passage.objects.exists()

    client.post(build_record_url("records:release", meeting))
    assert list_entry_states() == ["published", "published"]
    assert set(Passage.objects.values_list("record", flat=True)) == {
        meeting.pk,
        *[entry.pk for entry in two_topic_entries],
    }
    verbs = Activity.objects.filter(actor=safeguarding_lead).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["held"] * 3 + ["released"] * 3


def test_release_restores_state_of_each_entry(meeting, two_topic_entries, record_topic, rapporteur, safeguarding_lead):
    third = record_topic("Third.")
    hold_record_in_quarantine(actor=safeguarding_lead, record=two_topic_entries[0])
    actions.withdraw_entry(actor=rapporteur, entry=two_topic_entries[1], reason="Nobody said that.")
    hold_record_in_quarantine(actor=safeguarding_lead, record=meeting)
    assert list_entry_states() == ["held", "held", "held"]
    with pytest.raises(PermissionDenied, match="was quarantined with it"):
        release_record_from_quarantine(actor=safeguarding_lead, record=third)

    release_record_from_quarantine(actor=safeguarding_lead, record=meeting)
    assert list_entry_states() == ["held", "withdrawn", "published"]
    assert release_record_from_quarantine(actor=safeguarding_lead, record=two_topic_entries[0]).state == "published"


def test_withdrawing_meeting_leaves_quarantined_entries_in_quarantine(
    meeting, two_topic_entries, coordinator, safeguarding_lead
):
    hold_record_in_quarantine(actor=safeguarding_lead, record=two_topic_entries[0])
    actions.withdraw_meeting(actor=coordinator, meeting=meeting, reason="It never took place.")
    for record in (meeting, two_topic_entries[0]):
        withdraw_record(actor=coordinator, record=record, reason="Once more.")

    assert list_entry_states() == ["held", "withdrawn"]
    assert Activity.objects.filter(verb="withdrew").count() == 3
    assert release_record_from_quarantine(actor=safeguarding_lead, record=two_topic_entries[0]).state == "withdrawn"


def test_quarantined_meeting_cannot_be_published(meeting, rapporteur, safeguarding_lead):
    hold_record_in_quarantine(actor=safeguarding_lead, record=meeting)
    with pytest.raises(PermissionDenied, match="This record is in quarantine"):
        publish_record(actor=rapporteur, record=meeting)


def test_permanent_deletion_erases_minutes_everywhere(
    client, coalition, coordinator, rapporteur, member, safeguarding_lead
):
    meeting, files = _create_meeting_with_word(CANARY_WORD, coalition, rapporteur, member)
    alone = Entry.objects.get(kind="offer")
    hold_record_in_quarantine(actor=safeguarding_lead, record=alone)
    hold_record_in_quarantine(actor=safeguarding_lead, record=meeting)
    meeting.refresh_from_db()
    actions.record_entry(actor=rapporteur, meeting=meeting, kind="topic", text=f"{CANARY_WORD}, while it was held.")
    client.force_login(safeguarding_lead)
    asked = client.get(build_record_url("records:purge", meeting)).text
    client.post(build_record_url("records:purge", meeting))
    delete_files.call(files)

    assert "The minutes of the meeting will also be deleted." in asked
    assert _find_rows_with(CANARY_WORD) == []
    assert set(Record.objects.values_list("title", "state")) == {("deleted permanently", "held")}
    assert (Version.objects.count(), Attendance.objects.count(), Message.objects.count()) == (0, 0, 1)
    assert not any(default_storage.exists(name) for name in files)
    purged = Activity.objects.filter(verb="purged", actor=safeguarding_lead).values_list("object_id", flat=True)
    assert sorted(purged) == sorted(Record.objects.values_list("pk", flat=True))


def _create_meeting_with_word(canary, coalition, rapporteur, member):
    """Create a meeting with this word in every text field, and its files."""
    meeting = actions.create_meeting_record(
        actor=rapporteur, coalition=coalition, title=canary, summary=canary, place=canary, forum=canary, published=True
    )
    part = actions.add_meeting_agenda_item(actor=rapporteur, meeting=meeting, title=canary)
    actions.record_attendance(
        actor=rapporteur, meeting=meeting, name=canary, came_as="member", is_chair=True, part=part
    )
    write = partial(actions.record_entry, actor=rapporteur, meeting=meeting, text=f"Of {canary}.", part=part)
    entry = write(
        kind="commitment", owner=(f"Owner {canary}", None), due_text=canary, speakers=[(f"Speaker {canary}", None)]
    )

    write(kind="offer")
    actions.set_commitment_progress(actor=rapporteur, commitment=entry.commitment, progress="kept", note=canary)
    actions.change_entry(actor=rapporteur, entry=entry, changes={"text": f"Now {canary}."}, from_version=1)
    capacity = Capacity.objects.create(coalition=coalition, person=member, name=canary)
    Rsvp.objects.create(meeting=meeting, person=member, capacity=capacity, answer="yes")
    Report.objects.create(meeting=meeting, edits={"title": {"text": canary}})
    files = [
        attach_file_to_record(actor=rapporteur, record=record, file_name="notes.txt", data=canary.encode()).file.name
        for record in (meeting, entry)
    ]
    add_comment(actor=member, record=entry, body=canary)
    for record, sent_at in ((meeting, None), (entry, timezone.now())):
        mail = Message.objects.create(
            key=f"{record.pk}",
            to="a@example.org",
            subject=canary,
            body=canary,
            html=canary,
            message_id=f"<{record.pk}>",
        )
        Message.objects.filter(pk=mail.pk).update(sent_at=sent_at)
        Letter.objects.create(message=mail, coalition=coalition, record=Record.objects.get(pk=record.pk))
    PendingMail.objects.create(
        kind="reply",
        question=f"record:{entry.pk}",
        coalition=coalition,
        address="a@example.org",
        person=member,
        record_id=entry.pk,
        text=canary,
    )
    return meeting, files


def _find_rows_with(canary):
    """Return every row of every table that contains the word."""
    return [
        (model.__name__, row["pk"])
        for model in apps.get_models()
        for row in model._base_manager.values("pk", *(field.attname for field in model._meta.concrete_fields))
        if canary in str(row)
    ]


def test_safeguarding_lead_sees_buttons_on_meeting_and_entry(
    client, meeting, two_topic_entries, safeguarding_lead, rapporteur
):
    client.force_login(safeguarding_lead)
    for record in (two_topic_entries[0], meeting):
        assert f'href="{build_record_url("records:hold", record)}"' in client.get(record.get_absolute_url()).text
        hold_record_in_quarantine(actor=safeguarding_lead, record=record)
        held = client.get(record.get_absolute_url()).text
        assert f'action="{build_record_url("records:release", record)}"' in held
        assert f'href="{build_record_url("records:purge", record)}"' in held
    client.force_login(rapporteur)
    release_record_from_quarantine(actor=safeguarding_lead, record=meeting)
    assert build_record_url("records:hold", meeting) not in client.get(meeting.get_absolute_url()).text


def test_note_taker_withdraws_entries_of_predecessor(client, coalition, two_topic_entries, member):
    successor = create_seated_person(coalition, "The next rapporteur", "rapporteur")
    url = build_record_url("meetings:entry_withdraw", two_topic_entries[0])
    client.force_login(member)
    assert client.post(url, {"reason": "No."}).status_code == 403
    with pytest.raises(PermissionDenied):
        actions.withdraw_entry(actor=member, entry=two_topic_entries[0], reason="No.")

    client.force_login(successor)
    assert url in client.get(two_topic_entries[0].get_absolute_url()).text
    client.post(url, {"reason": "Nobody said that."})
    assert list_entry_states() == ["withdrawn", "published"]
