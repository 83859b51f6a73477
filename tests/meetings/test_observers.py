"""Observers are invited to a meeting where its coordinators chose so: the emails, the replies, and the joining link."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from jukwaa.coalitions.standing import Standing, ViewerContext
from jukwaa.mail.models import Message
from jukwaa.meetings.actions import cancel_meeting, change_meeting, reply_to_invitation, send_meeting_invitations
from jukwaa.meetings.actions.agenda import add_agenda_item
from jukwaa.meetings.actions.agenda_sending import send_meeting_agenda
from jukwaa.meetings.actions.member_updates import send_member_update
from jukwaa.meetings.actions.papers import add_agenda_paper
from jukwaa.meetings.forms_schedule import MeetingForm
from jukwaa.meetings.guests import is_guest
from jukwaa.meetings.invitation_responses import OtherReplies
from jukwaa.meetings.invitations import MeetingAttendees, build_invitation_path
from jukwaa.meetings.meeting_reminders import send_due_meeting_agendas, send_meeting_reminders
from jukwaa.meetings.models import Meeting, Rsvp
from jukwaa.meetings.observers import LABELS_READABLE_BY_OBSERVERS
from jukwaa.meetings.policies import can_reply_to_invitation, can_see_joining_link
from jukwaa.records.models import Label
from jukwaa.regions.models import NeverAgain
from jukwaa.regions.suppression import build_address_digest
from tests.factories import AffiliationFactory, DocumentFactory, MeetingFactory, MembershipFactory
from tests.meetings.observers import OBSERVER_ADDRESS, OBSERVER_NAME, create_former_observer, create_observer
from tests.meetings.planned_meetings import get_datetime_before_start
from tests.meetings.scheduled_meetings import JOINING_LINK, MEETING_FORM_DATA, schedule_meeting
from tests.updates.emails import deliver_email, find_link_path, send_notifications_after_delay

pytestmark = pytest.mark.django_db


def schedule_in_two_weeks(coalition, actor, **details):
    day = timezone.localdate() + timedelta(days=14)
    return schedule_meeting(coalition, actor, label=Label.CLEAR, starts_on=day, **details)


@pytest.fixture
def observer(mailing_coalition):
    return create_observer(mailing_coalition)


@pytest.fixture
def meeting(mailing_coalition, coordinator, observer) -> Meeting:
    """A published meeting in two weeks, to which observers are invited."""
    return schedule_in_two_weeks(mailing_coalition, coordinator, invites_observers=True)


def list_observer_emails():
    return list(Message.objects.filter(to=OBSERVER_ADDRESS).order_by("pk"))


def list_observer_subjects():
    return [email.subject.partition("] ")[2] for email in list_observer_emails()]


def get_observer_organisation(observer):
    return observer.affiliations.get().organisation


def change_fields(meeting, coordinator, **changes):
    meeting.refresh_from_db()
    change_meeting(actor=coordinator, meeting=meeting, changes=changes, from_version=meeting.version)
    send_notifications_after_delay()


def test_observer_is_invited_replies_is_listed_and_reminded(client, mailing_coalition, coordinator, observer):
    client.force_login(coordinator)
    day = timezone.localdate() + timedelta(days=20)
    said = MEETING_FORM_DATA | {"starts_on": day.isoformat(), "invites_observers": "on"}
    client.post(reverse("meetings:meeting_new", args=["ours"]), said)
    meeting = Meeting.objects.get()
    published = client.post(
        reverse("meetings:meeting_publish", args=["ours", meeting.pk]), {"invites": "everyone"}, follow=True
    )
    assert "We will also invite 1 representative of observers." in published.text
    send_notifications_after_delay()
    [invitation] = list_observer_emails()
    assert "You are invited as an observer." in invitation.body
    assert (JOINING_LINK in invitation.body, "METHOD:REQUEST" in invitation.calendar) == (True, True)

    client.logout()
    client.post(find_link_path(invitation, "?answer=yes"), {"answer": "yes"})
    client.force_login(coordinator)
    page = client.get(meeting.get_absolute_url()).text
    assert f'<bdi>{OBSERVER_NAME}</bdi> <span class="soft">(observer)</span>' in page

    meeting.refresh_from_db()
    send_meeting_reminders(get_datetime_before_start(meeting, minutes=30))
    [_invitation, reminder] = list_observer_emails()
    assert ("within an hour" in reminder.body, JOINING_LINK in reminder.body) == (True, True)
    cancel_meeting(actor=coordinator, meeting=meeting, reason="The office is closed.")
    send_notifications_after_delay()
    assert "METHOD:CANCEL" in list_observer_emails()[-1].calendar


def test_invitation_opens_reply_on_behalf_of_observer_only(client, meeting, observer):
    path = build_invitation_path(observer, meeting)
    as_individual = client.post(path, {"answer": "yes", "capacity": "own"})
    client.post(path, {"answer": "yes"})

    assert as_individual.status_code == 422
    assert Rsvp.objects.get().capacity.organisation == get_observer_organisation(observer)


def test_link_is_shown_to_invited_observers_on_page(client, meeting, observer):
    client.force_login(observer)
    page = client.get(meeting.get_absolute_url()).text

    assert meeting.joining_link in page
    assert "You are invited as an observer." in page
    assert reverse("meetings:meeting_reply", args=["ours", meeting.pk]) in page
    assert "Who will attend" not in page


def create_uninvited_person(case, coalition, other_coalition, meeting):
    if case == "former observer":
        return create_former_observer(coalition)
    if case == "observer elsewhere":
        return create_observer(other_coalition, "Elsewhere")
    if case == "may not represent":
        return create_observer(coalition, "Third House", may_speak=False)
    if case == "not confirmed":
        person = create_observer(coalition, "Third House")
        person.affiliations.update(confirmed_on=None, confirmed_by=None)
        return person
    Meeting.objects.update(**({"invites_observers": False} if case == "box off" else {}))
    Meeting.objects.update(**({"label": Label.GREEN} if case == "label" else {}))
    return create_observer(coalition, "Third House")


@pytest.mark.parametrize(
    "case", ["former observer", "observer elsewhere", "may not represent", "not confirmed", "box off", "label"]
)
def test_nobody_else_gets_the_link_or_an_email(
    client, mailing_coalition, other_coalition, coordinator, observer, meeting, case
):
    observer.email = "first@example.org"
    observer.save()
    person = create_uninvited_person(case, mailing_coalition, other_coalition, meeting)
    meeting.refresh_from_db()
    meeting.coalition = mailing_coalition
    send_meeting_invitations(actor=coordinator, meeting=meeting)
    send_notifications_after_delay()
    send_meeting_reminders(get_datetime_before_start(meeting, minutes=30))
    cancelled = cancel_meeting(actor=coordinator, meeting=meeting, reason="Closed.")
    send_notifications_after_delay()

    assert list_observer_emails() == []
    for each in (meeting, cancelled):
        assert can_see_joining_link(ViewerContext(person), each) is False
        assert can_reply_to_invitation(ViewerContext(person), each) is False
    with pytest.raises(PermissionDenied, match="Only members"):
        reply_to_invitation(actor=person, meeting=meeting, answer="yes")
    assert client.get(build_invitation_path(person, meeting)).status_code in (403, 410)
    client.force_login(person)
    assert meeting.joining_link not in client.get(meeting.get_absolute_url()).text


@pytest.mark.parametrize("label", list(Label))
def test_observers_are_invited_to_what_the_read_rule_opens_to_them(meeting, observer, label):
    Meeting.objects.update(label=label)
    meeting.refresh_from_db()
    may_read = Meeting.objects.visible_to(observer).exists()

    assert (label in LABELS_READABLE_BY_OBSERVERS) is may_read
    assert can_see_joining_link(ViewerContext(observer), meeting) is may_read


@pytest.mark.parametrize("label", [Label.CLEAR, Label.GREEN])
def test_form_refuses_observers_who_cannot_read_the_meeting(label):
    form = MeetingForm(MEETING_FORM_DATA | {"label": label, "invites_observers": "on"})
    sentence = "Clear this box, because observers can read only meetings labelled TLP:CLEAR."

    assert form.errors == ({} if label == Label.CLEAR else {"invites_observers": [sentence]})


def test_restricted_meeting_refuses_observers(coalition):
    form = MeetingForm(
        MEETING_FORM_DATA | {"invites_observers": "on"}, meeting=MeetingFactory(coalition=coalition, label="TLP:AMBER")
    )

    assert "invites_observers" in form.errors


@pytest.mark.parametrize("standing", ["observer", "active"])
def test_form_offers_observers_where_there_are_any(client, coalition, rapporteur, standing):
    MembershipFactory(coalition=coalition, standing=standing)
    client.force_login(rapporteur)
    page = client.get(reverse("meetings:meeting_new", args=["ours"])).text

    assert ("Also invite observers" in page) == (standing == "observer")


def test_agenda_for_observers_has_what_everyone_can_read(
    mailing_coalition, meeting, coordinator, delegate, organisation
):
    part = add_agenda_item(actor=coordinator, meeting=meeting, title="The work plan")
    for title, label in (("Open plan", Label.CLEAR), ("Members' plan", Label.GREEN)):
        record = DocumentFactory(coalition=mailing_coalition, label=label, published=True)
        add_agenda_paper(actor=coordinator, part=part, title=title, record=record)
    add_agenda_paper(actor=coordinator, part=part, title="Budget", due_on=timezone.localdate() + timedelta(days=3))
    send_member_update(actor=delegate, meeting=meeting, text="We opened a helpline.", organisation=organisation)
    send_meeting_reminders(get_datetime_before_start(meeting, hours=20))
    [before_sending] = list_observer_emails()
    send_meeting_agenda(actor=coordinator, meeting=meeting)
    send_due_meeting_agendas(timezone.now())
    agenda = list_observer_emails()[-1].body

    assert ("The work plan" in before_sending.body, "The work plan" in agenda) == (False, True)
    assert ("Open plan" in agenda, "Members' plan" in agenda, "We opened a helpline." in agenda) == (True, False, False)
    assert "Paper not available yet: Budget\n" in agenda
    assert meeting.joining_link in agenda
    assert reverse("meetings:agenda_detail", args=["ours", meeting.pk]) in agenda


def test_box_selected_later_invites_observers_once(mailing_coalition, coordinator, observer):
    meeting = schedule_in_two_weeks(mailing_coalition, coordinator)
    change_fields(meeting, coordinator, place="Room 5")
    assert list_observer_subjects() == []
    change_fields(meeting, coordinator, invites_observers=True, place="Room 6")
    change_fields(meeting, coordinator, title="The summer call")
    send_meeting_invitations(actor=coordinator, meeting=meeting)
    send_notifications_after_delay()

    assert list_observer_subjects() == ["Invitation: Monthly call"]


def test_new_place_is_emailed_to_observers(meeting, coordinator):
    change_fields(meeting, coordinator, place="Room 5")

    assert list_observer_subjects() == ["Invitation: Monthly call", "New place: Monthly call"]


def test_cleared_box_withdraws_invitations(meeting, coordinator, observer):
    send_notifications_after_delay()
    reply_to_invitation(actor=observer, meeting=meeting, answer="yes", organisation=get_observer_organisation(observer))
    assert len(MeetingAttendees(meeting).attending_replies) == 1
    for invites_observers in (False, True):
        change_fields(meeting, coordinator, invites_observers=invites_observers)
        attendees = MeetingAttendees(Meeting.objects.get())
        assert len(attendees.attending_replies) == len(attendees.shown_replies) == invites_observers
    withdrawal = list_observer_emails()[1]

    assert list_observer_subjects() == [
        "Invitation: Monthly call",
        "Invitation withdrawn: Monthly call",
        "Invitation: Monthly call",
    ]
    assert "METHOD:CANCEL" in withdrawal.calendar
    assert meeting.joining_link not in withdrawal.body + withdrawal.calendar


def test_withdrawal_has_what_observers_could_read(meeting, coordinator):
    send_notifications_after_delay()
    change_fields(meeting, coordinator, label=Label.GREEN, title="For members")
    change_fields(meeting, coordinator, invites_observers=False)

    assert list_observer_subjects() == ["Invitation: Monthly call", "Invitation withdrawn: Monthly call"]


def test_withdrawal_has_former_title(meeting, coordinator):
    send_notifications_after_delay()
    change_fields(meeting, coordinator, label=Label.GREEN, title="For members", invites_observers=False)
    withdrawal = list_observer_emails()[1]

    assert "Monthly call" in withdrawal.body
    assert "For members" not in withdrawal.body + withdrawal.calendar


def test_keepers_see_observers_who_declined_or_are_silent(meeting, mailing_coalition, coordinator, observer):
    create_observer(mailing_coalition, "Silent Observatory", email="silent@example.org")
    reply_to_invitation(actor=observer, meeting=meeting, answer="no", organisation=get_observer_organisation(observer))
    attendees = MeetingAttendees(meeting, names_others=True)
    replies = OtherReplies(attendees, Standing(coordinator, mailing_coalition))
    assert (replies.declined, replies.silent_observers.names) == ([OBSERVER_NAME], ["Silent Observatory"])

    Meeting.objects.update(invites_observers=False)
    attendees = MeetingAttendees(Meeting.objects.get(), names_others=True)
    replies = OtherReplies(attendees, Standing(coordinator, mailing_coalition))
    assert (replies.declined, replies.silent_observers.names) == ([], [])


def test_representative_of_observer_with_a_seat_is_a_member(meeting, observer, delegate, coordinator):
    AffiliationFactory(person=delegate, organisation=get_observer_organisation(observer), may_speak=True)
    send_meeting_invitations(actor=coordinator, meeting=meeting)
    send_notifications_after_delay()

    assert is_guest(observer.pk, meeting)
    assert not is_guest(delegate.pk, meeting)
    assert Message.objects.filter(to=delegate.email).count() == 1
    assert "as an observer" not in Message.objects.get(to=delegate.email).body


def test_observer_who_must_not_be_contacted_is_not_invited(meeting, coordinator):
    NeverAgain.objects.create(coalition=meeting.coalition, digest=build_address_digest(OBSERVER_ADDRESS))
    send_meeting_invitations(actor=coordinator, meeting=meeting)
    send_notifications_after_delay()

    assert list_observer_emails() == []


def test_observer_replies_by_email(client, meeting, observer):
    send_notifications_after_delay()
    [invitation] = list_observer_emails()
    deliver_email("Yes", to=invitation.reply_to, sender=OBSERVER_ADDRESS)

    assert [(row.answer, row.capacity.organisation) for row in Rsvp.objects.all()] == [
        ("yes", get_observer_organisation(observer))
    ]


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("reader", "queries"), [("coordinator", 11), ("observer", 10)])
def test_page_costs_as_much_however_many_observers_reply(
    client, meeting, mailing_coalition, request, count, reader, queries, django_assert_num_queries
):
    for number in range(count):
        person = create_observer(mailing_coalition, f"Observatory {number}", email=f"{number}@example.org")
        reply_to_invitation(actor=person, meeting=meeting, answer="yes", organisation=get_observer_organisation(person))
    client.force_login(request.getfixturevalue(reader))
    client.get(meeting.get_absolute_url())  # fills what is kept for a day

    with django_assert_num_queries(queries):
        page = client.get(meeting.get_absolute_url()).text
    assert page.count("(observer)") == (count if reader == "coordinator" else 0)
