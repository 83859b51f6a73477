"""The people of an accepted proposal in the meeting that it became: on its page, invited, and among its attendees."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from jukwaa.mail.models import Message
from jukwaa.meetings.actions import cancel_meeting, reply_to_invitation
from jukwaa.meetings.actions.agenda import add_agenda_item
from jukwaa.meetings.actions.agenda_sending import send_meeting_agenda
from jukwaa.meetings.invitations import build_invitation_path
from jukwaa.meetings.meeting_reminders import send_due_meeting_agendas, send_meeting_reminders
from jukwaa.meetings.models import Attendance, Meeting, Rsvp
from jukwaa.proposals.actions import (
    answer_invitation,
    comment_on_field,
    create_meeting_from_proposal,
    record_proposal_outcome,
    save_call_file,
    save_proposal_answer,
    start_proposal,
    submit_proposal,
)
from jukwaa.proposals.models import Participant, Proposal
from jukwaa.regions.models import NeverAgain
from jukwaa.regions.suppression import build_address_digest
from jukwaa.updates.activity_notifications import send_pending_activity_notifications
from jukwaa.updates.models import Letter
from jukwaa.updates.publication_delay import WAITING_PERIOD
from tests.factories import AffiliationFactory, PersonFactory
from tests.proposals.speakers import confirm_as_adult
from tests.proposals.test_proposals import CALL_NAME, CALL_TOML, EMPTY_HASH

pytestmark = pytest.mark.usefixtures("mailing_coalition")
PARTICIPANT_STATUSES = (("Ada", "confirmed"), ("Ben", "provisional"), ("Cleo", "declined"), ("Dee", "invited"))


@pytest.fixture
def accepted_proposal(coordinator, coalition):
    save_call_file(actor=coordinator, coalition=coalition, text=CALL_TOML)
    started = start_proposal(actor=coordinator, coalition=coalition, call_name=CALL_NAME, title="Session")
    proposal = save_proposal_answer(
        actor=coordinator, proposal=started, field="description", answer="One\n\nTwo", seen=EMPTY_HASH
    )
    submit_proposal(actor=coordinator, proposal=proposal)
    record_proposal_outcome(actor=coordinator, proposal=proposal, outcome="accepted", outcome_on=date(2027, 6, 1))
    for name, status in PARTICIPANT_STATUSES:
        person = confirm_as_adult(PersonFactory(name=name, email=f"{name.lower()}@example.org"))
        Participant.objects.create(
            proposal=proposal, person=person, roles=["speaker"], status=status, invited_at=timezone.now()
        )
    return Proposal.objects.get()


@pytest.fixture
def meeting(coordinator, accepted_proposal):
    return create_meeting_from_proposal(
        actor=coordinator, proposal=accepted_proposal, title="Session", starts_on=date(2099, 6, 1), place="Room 4"
    )


def get_participant_person(person_name):
    return Participant.objects.get(person__name=person_name).person


def list_emails_to_ada():
    return Message.objects.filter(to="ada@example.org").order_by("pk")


def send_waiting_emails():
    send_pending_activity_notifications(timezone.now() + WAITING_PERIOD)


def test_members_see_confirmed_people_of_session(client, meeting, coordinator, member):
    for reader in (coordinator, member):
        client.force_login(reader)
        page = client.get(meeting.get_absolute_url()).text

        assert "People in this session" in page
        assert [name for name, _status in PARTICIPANT_STATUSES if f"<bdi>{name}</bdi>" in page] == ["Ada", "Ben"]


def test_visitors_do_not_see_people_of_session(client, meeting):
    Meeting.objects.update(label="TLP:CLEAR")

    assert "People in this session" not in client.get(meeting.get_absolute_url()).text


def test_confirmed_people_without_seat_are_invited_to_meeting(meeting, member):
    send_waiting_emails()
    invitations = {email.to: email for email in Message.objects.filter(subject__contains="Invitation: Session")}
    body = invitations["ada@example.org"].body

    assert {"ada@example.org", "ben@example.org", member.email} <= invitations.keys()
    assert not {"cleo@example.org", "dee@example.org"} & invitations.keys()
    assert all(words in body for words in ("1 June 2099", "Room 4", "- Speaker", "?answer=yes"))
    assert "METHOD:REQUEST" in invitations["ada@example.org"].calendar
    assert "- Speaker" not in invitations[member.email].body


def test_guest_of_session_replies_without_account(client, meeting):
    page = build_invitation_path(get_participant_person("Ada"), meeting)
    assert "Session" in client.get(page).text
    answer = client.post(page, {"answer": "yes"}, follow=True)

    assert "Your reply has been recorded." in answer.text
    assert Rsvp.objects.get().person == get_participant_person("Ada")


@pytest.mark.parametrize("person_name", ["Cleo", "Dee"])
def test_unconfirmed_people_are_not_invited_as_guests(client, meeting, person_name):
    assert client.get(build_invitation_path(get_participant_person(person_name), meeting)).status_code == 410
    with pytest.raises(PermissionDenied):
        reply_to_invitation(actor=get_participant_person(person_name), meeting=meeting, answer="yes")


def test_meeting_above_green_is_closed_to_guests(client, meeting):
    Meeting.objects.update(label="TLP:AMBER")
    send_waiting_emails()

    assert client.get(build_invitation_path(get_participant_person("Ada"), meeting)).status_code == 410
    assert not Message.objects.filter(to="ada@example.org").exists()


def test_guest_who_confirms_later_is_invited_once(meeting):
    send_waiting_emails()
    participant = Participant.objects.get(person__name="Dee")
    for _again in range(2):
        answer_invitation(actor=participant.person, participant=participant, participant_answer="confirmed")
        send_waiting_emails()

    assert Message.objects.filter(to="dee@example.org", subject__contains="Invitation: Session").count() == 1
    assert Message.objects.filter(to="ada@example.org").count() == 1


def test_guests_are_notified_that_session_is_cancelled(coordinator, meeting):
    send_waiting_emails()
    cancel_meeting(actor=coordinator, meeting=meeting, reason="The room is closed.")
    send_waiting_emails()
    [email] = Message.objects.filter(to="ada@example.org").exclude(subject__contains="Invitation")

    assert "METHOD:CANCEL" in email.calendar
    assert build_invitation_path(get_participant_person("Ada"), meeting).rpartition("/invitation/")[0] in email.body


@pytest.mark.parametrize("label", ["TLP:CLEAR", "TLP:GREEN"])
def test_guests_are_reminded_of_session(coordinator, meeting, label):
    part = add_agenda_item(actor=coordinator, meeting=meeting, title="The work plan")
    send_meeting_agenda(actor=coordinator, meeting=meeting)
    Meeting.objects.update(label=label, starts_at=timezone.now() + timedelta(hours=20))
    send_meeting_reminders(timezone.now())
    send_due_meeting_agendas(timezone.now())
    bodies = {email.subject.partition("] ")[2].partition(":")[0]: email.body for email in list_emails_to_ada()}

    assert [*bodies] == (["Reminder", "Agenda"] if label == "TLP:CLEAR" else ["Reminder"])
    assert (part.title in bodies["Reminder"]) == (label == "TLP:CLEAR")


def test_people_of_session_are_recorded_as_attendees(client, coordinator, meeting):
    Meeting.objects.update(starts_on=date(2020, 6, 1))
    client.force_login(coordinator)
    assert "Record which session participants attended" in client.get(meeting.get_absolute_url()).text
    page = client.get(reverse("meetings:attendance_session", args=["ours", meeting.pk]))
    form = page.context["form"]
    chosen = {f"include_{number}": "on" for number, _match in enumerate(form.matches)}
    client.post(
        reverse("meetings:attendance_check", args=["ours", meeting.pk]), {"rows": form["rows"].value(), **chosen}
    )

    assert {row.capacity.name or row.capacity.person.name for row in Attendance.objects.all()} == {"Ada", "Ben"}


@pytest.mark.parametrize("count", [1, 3])
def test_attendance_of_session_query_count_is_constant(
    client, coordinator, coalition, accepted_proposal, meeting, django_assert_num_queries, count
):
    Participant.objects.filter(person__name="Ben").delete()
    for number in range(1, count):
        person = confirm_as_adult(PersonFactory(name=f"Ada Number {number}"))
        AffiliationFactory(person=person, organisation__coalition=coalition)
        Participant.objects.create(proposal=accepted_proposal, person=person, roles=["speaker"], status="confirmed")
    client.force_login(coordinator)

    with django_assert_num_queries(12):
        page = client.get(reverse("meetings:attendance_session", args=["ours", meeting.pk]))
    assert len(page.context["form"].matches) == count


@pytest.mark.parametrize("count", [1, 3])
def test_page_of_accepted_proposal_query_count_is_constant(
    client, coordinator, coalition, accepted_proposal, meeting, django_assert_num_queries, count
):
    AffiliationFactory(person=coordinator, organisation__coalition=coalition)
    for number in range(count):
        comment_on_field(
            actor=coordinator, proposal=accepted_proposal, field_name="description", body=f"Remark {number}"
        )
        Participant.objects.create(proposal=accepted_proposal, person=PersonFactory(), roles=["speaker"])
    client.force_login(coordinator)

    with django_assert_num_queries(12):
        page = client.get(accepted_proposal.get_absolute_url()).text
    assert all(f"Remark {number}" in page for number in range(count))
    assert meeting.get_absolute_url() in page


def test_attendee_of_unlisted_organisation_is_recorded_as_organisation(client, coordinator, meeting):
    Participant.objects.filter(person__name="Ada").update(organisation="A school")
    client.force_login(coordinator)
    page = client.get(reverse("meetings:attendance_session", args=["ours", meeting.pk]))
    [match] = [each for each in page.context["form"].matches if each.name == "Ada"]

    assert match.unlisted == "A school"


def test_member_cannot_open_attendance_form_of_session(client, meeting, member):
    client.force_login(member)

    assert client.get(reverse("meetings:attendance_session", args=["ours", meeting.pk])).status_code == 403


def test_guest_email_is_linked_to_meeting_for_erasure(meeting):
    """So that they are dropped or erased with it, as those to members are."""
    send_waiting_emails()
    letter = Letter.objects.get(message__to="ada@example.org", message__subject__contains="Invitation: Session")

    assert (letter.record, [record.pk for record in letter.names.all()]) == (None, [meeting.pk])


def test_guest_who_asked_for_no_email_is_not_invited(coalition, meeting):
    NeverAgain.objects.create(coalition=coalition, digest=build_address_digest("ada@example.org"))
    send_waiting_emails()

    invited = Message.objects.filter(subject__contains="Invitation: Session").values_list("to", flat=True)
    assert ("ada@example.org" in invited, "ben@example.org" in invited) == (False, True)
