"""Sending an agenda: by the button or by itself, once, to the members, with what each of them may read."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from jukwaa.coalitions.standing import Standing
from jukwaa.core.dates import format_long_date as date_written
from jukwaa.core.refusals import ActionRefused
from jukwaa.home.tasks_page import get_tasks
from jukwaa.mail.models import Message
from jukwaa.meetings.actions.agenda import add_agenda_item, move_agenda_item, remove_agenda_item
from jukwaa.meetings.actions.agenda_sending import send_agenda_when_ready, send_meeting_agenda, set_agenda_ready
from jukwaa.meetings.actions.member_updates import send_member_update
from jukwaa.meetings.actions.papers import add_agenda_paper
from jukwaa.meetings.meeting_reminders import send_due_meeting_agendas
from jukwaa.meetings.models import Agenda
from jukwaa.updates.actions import set_wanted_topics
from jukwaa.updates.models import EmailTopic
from jukwaa.updates.reminders import send_due_reminders
from tests.factories import DocumentFactory, PersonFactory
from tests.meetings.planned_meetings import create_planned_meeting, get_datetime_before_start
from tests.updates.emails import list_written_emails

AGENDA_SUBJECT = "[Our Coalition] Agenda: The spring call, "


@pytest.fixture
def meeting(mailing_coalition, coordinator):
    meeting = create_planned_meeting(mailing_coalition)
    add_agenda_item(actor=coordinator, meeting=meeting, title="The work plan", minutes=20, purpose="decision")
    return meeting


def list_sent_emails(email_subject=AGENDA_SUBJECT):
    return sorted(to for to, title in list_written_emails() if title.startswith(email_subject))


def get_agenda_text(client, meeting):
    return client.get(reverse("meetings:agenda_detail", args=["ours", meeting.pk])).text


def test_agenda_is_emailed_to_members_with_a_seat_only(meeting, coordinator, member, delegate, outsider):
    send_meeting_agenda(actor=coordinator, meeting=meeting)
    send_due_meeting_agendas(timezone.now())
    send_due_meeting_agendas(timezone.now())

    assert list_sent_emails() == sorted([coordinator.email, member.email, delegate.email])


def test_email_contains_member_updates(meeting, coordinator, member, delegate, organisation):
    send_member_update(actor=delegate, meeting=meeting, text="We trained 40 volunteers.", organisation=organisation)
    send_member_update(actor=coordinator, meeting=meeting, text="The charter is translated.")
    send_meeting_agenda(actor=coordinator, meeting=meeting)
    send_due_meeting_agendas(timezone.now())
    body = Message.objects.get(to=member.email).body

    assert f"1. Updates from members\n   {meeting.start_time:%H:%M}\n   For information\n   " in body
    assert f"   - We trained 40 volunteers.\n     {organisation.name}\n" in body
    assert "   - The charter is translated.\n" in body
    assert coordinator.name not in body  # who has not made it public


def test_email_omits_updates_of_minors(meeting, coordinator, member, delegate, organisation):
    send_member_update(actor=delegate, meeting=meeting, text="We trained 40 volunteers.", organisation=organisation)
    send_meeting_agenda(actor=coordinator, meeting=meeting)
    delegate.is_minor, delegate.adult_contact = True, coordinator
    delegate.save()
    send_due_meeting_agendas(timezone.now())

    assert "volunteers" not in Message.objects.get(to=member.email).body


def test_email_contains_items_papers_and_joining_link(mailing_coalition, meeting, coordinator, organisation):
    part = meeting.parts.get()
    record = DocumentFactory(coalition=mailing_coalition, published=True)
    closed = DocumentFactory(coalition=mailing_coalition, label="TLP:RED", published=True, author=coordinator)
    add_agenda_paper(actor=coordinator, part=part, title="Draft plan", record=record)
    add_agenda_paper(actor=coordinator, part=part, title="Secret plan", record=closed)
    add_agenda_paper(actor=coordinator, part=part, title="Budget", due_on=timezone.localdate() + timedelta(days=3))
    presenter = (organisation.name, organisation)
    add_agenda_item(actor=coordinator, meeting=meeting, title="A talk", presenter=presenter, about=record)
    send_meeting_agenda(actor=coordinator, meeting=meeting)
    send_due_meeting_agendas(timezone.now())
    body = Message.objects.get(to=coordinator.email).body
    local_end = meeting.ends_at + timedelta(hours=3)

    assert "How to join\nhttps://meet.example.org/spring\n" in body
    assert (
        f"Time zone: Nairobi (UTC+3)\n\n1. Updates from members\n   {meeting.start_time:%H:%M}\n   For information"
        in body
    )
    assert (
        f"2. The work plan\n   {meeting.start_time:%H:%M}\n   For decision\n   20 minutes\n   Paper: Draft plan" in body
    )
    assert record.get_absolute_url() in body
    assert "Paper not available yet: Budget, due on " in body
    talk_start = f"{meeting.starts_at + timedelta(hours=3, minutes=20):%H:%M}"
    assert f"3. A talk\n   {talk_start}\n   Presenter: {organisation.name}\n   Related record: http" in body
    assert "When\nLocal time where the meeting takes place: " in body
    # Where it ends on the next day, the end has a date of its own.
    assert re.search(f", {meeting.start_time:%H:%M} to ([^\n]+, )?{local_end:%H:%M}, Nairobi \\(UTC\\+3\\)\n", body)
    assert re.search(f", {meeting.starts_at:%H:%M} to ([^\n]+, )?{meeting.ends_at:%H:%M}\n", body)
    assert "Secret plan" not in body


def test_email_omits_presenter_under_chatham_house_rule(meeting, coordinator):
    voice = ("The Ministry", None)
    add_agenda_item(actor=coordinator, meeting=meeting, title="One", presenter=voice, chatham=True)
    send_meeting_agenda(actor=coordinator, meeting=meeting)
    send_due_meeting_agendas(timezone.now())
    body = Message.objects.get(to=coordinator.email).body

    assert "The Ministry" not in body
    assert "Under the Chatham House Rule" in body


def test_email_presents_person_without_public_name_by_organisation(meeting, coordinator, delegate, organisation):
    """As the page does not: members see the name there, but an email may be forwarded."""
    delegate.name, delegate.name_is_public = "Lotte Verhaan", False
    delegate.save()
    add_agenda_item(actor=coordinator, meeting=meeting, title="One", presenter=("Lotte Verhaan", None))
    part = meeting.parts.get(title="One")
    part.presenter.person, part.presenter.organisation = delegate, None
    part.presenter.save()
    send_meeting_agenda(actor=coordinator, meeting=meeting)
    send_due_meeting_agendas(timezone.now())
    body = Message.objects.get(to=coordinator.email).body

    assert f"   Presenter: {organisation.name}\n" in body
    assert "a person" not in body
    assert "Lotte" not in body


def test_email_does_not_name_joint_presenters(meeting, coordinator, delegate):
    delegate.name, delegate.name_is_public = "Lotte Verhaan", False
    delegate.save()
    add_agenda_item(actor=coordinator, meeting=meeting, title="One", presenter=("Lotte Verhaan and Ben Adu", None))
    send_meeting_agenda(actor=coordinator, meeting=meeting)
    send_due_meeting_agendas(timezone.now())

    assert "Lotte" not in Message.objects.get(to=coordinator.email).body


def test_email_is_shown_before_it_is_sent(client, meeting, coordinator):
    client.force_login(coordinator)
    page = client.get(reverse("meetings:agenda_send", args=["ours", meeting.pk])).text

    assert "1. The work plan" in page
    assert ">Send agenda</button>" in page


def test_draft_meeting_offers_no_button_to_send_agenda(client, mailing_coalition, coordinator):
    meeting = create_planned_meeting(mailing_coalition, state="draft", author=coordinator)
    add_agenda_item(actor=coordinator, meeting=meeting, title="The work plan")
    client.force_login(coordinator)
    page = client.get(reverse("meetings:agenda_send", args=["ours", meeting.pk])).text

    assert "Publish the meeting before you send its agenda." in page
    assert ">Send agenda</button>" not in page


def test_email_omits_content_of_restricted_meeting(mailing_coalition, coordinator):
    meeting = create_planned_meeting(mailing_coalition, label="TLP:RED", author=coordinator)
    add_agenda_item(actor=coordinator, meeting=meeting, title="The work plan")
    send_meeting_agenda(actor=coordinator, meeting=meeting)
    send_due_meeting_agendas(timezone.now())

    bodies = list(Message.objects.values_list("body", flat=True))
    assert len(bodies) == 1
    assert "The work plan" not in bodies[0]
    assert "meet.example.org" not in bodies[0]


def test_unsubscribed_member_gets_no_agenda(mailing_coalition, meeting, coordinator, member):
    set_wanted_topics(person=member, coalition=mailing_coalition, wanted_topics=[EmailTopic.REMINDERS])
    send_meeting_agenda(actor=coordinator, meeting=meeting)
    send_due_meeting_agendas(timezone.now())

    assert list_sent_emails() == [coordinator.email]


def test_unchanged_agenda_is_sent_once(client, meeting, coordinator):
    client.force_login(coordinator)
    button = reverse("meetings:agenda_send", args=["ours", meeting.pk])
    assert "We will email the agenda and its papers to 1 member." in client.get(button).text
    for _press in range(2):
        client.post(button)
    send_due_meeting_agendas(timezone.now())

    assert list_sent_emails() == [coordinator.email]
    assert "The agenda was sent to the members on" in get_agenda_text(client, meeting)


def test_sending_page_explains_that_emails_await_release(client, meeting, coordinator):
    meeting.coalition.mail_released_at = None
    meeting.coalition.save(update_fields=["mail_released_at"])
    client.force_login(coordinator)
    button = reverse("meetings:agenda_send", args=["ours", meeting.pk])

    question, sent = client.get(button).text, client.post(button, follow=True).text

    assert "Add “Updates from members” as the first item" in question
    assert sent.count("The emails with the agenda will be sent once a coordinator approves them.") == 2
    assert "The agenda was sent to the members on" not in sent


def test_changed_agenda_can_be_sent_again(client, meeting, coordinator):
    send_meeting_agenda(actor=coordinator, meeting=meeting)
    send_due_meeting_agendas(timezone.now())
    client.force_login(coordinator)
    send_member_update(actor=coordinator, meeting=meeting, text="We have trained teachers.")
    assert "The agenda has changed since it was sent." not in get_agenda_text(client, meeting)

    add_agenda_item(actor=coordinator, meeting=meeting, title="Any other business")
    assert "The agenda has changed since it was sent." in get_agenda_text(client, meeting)
    send_meeting_agenda(actor=coordinator, meeting=meeting)
    send_due_meeting_agendas(timezone.now())
    assert "The agenda has changed since it was sent." not in get_agenda_text(client, meeting)
    assert list_sent_emails("[Our Coalition] Changed agenda: The spring call, ") == [coordinator.email]
    assert "Any other business" in Message.objects.order_by("-pk")[0].body


@pytest.mark.parametrize("change_name", ["move", "remove", "paper"])
def test_agenda_change_after_sending_is_detected(meeting, coordinator, change_name):
    other = add_agenda_item(actor=coordinator, meeting=meeting, title="Two")
    send_meeting_agenda(actor=coordinator, meeting=meeting)
    assert not Agenda.objects.get().has_changed_since_sent
    if change_name == "move":
        move_agenda_item(actor=coordinator, agenda_item=other, position_change=-1)
    elif change_name == "remove":
        remove_agenda_item(actor=coordinator, agenda_item=other, from_version=1)
    else:
        add_agenda_paper(actor=coordinator, part=other, title="Budget")

    assert Agenda.objects.get().has_changed_since_sent


def test_agenda_sent_twice_before_delivery_is_one_email(meeting, coordinator):
    send_meeting_agenda(actor=coordinator, meeting=meeting)
    add_agenda_item(actor=coordinator, meeting=meeting, title="Any other business")
    send_meeting_agenda(actor=coordinator, meeting=meeting)
    send_due_meeting_agendas(timezone.now())

    assert [to for to, _subject in list_written_emails()] == [coordinator.email]


@pytest.mark.parametrize(
    ("meeting_fields", "expected_sentence"),
    [
        ({"state": "draft", "published_at": None}, "Publish the meeting before you send its agenda."),
        ({"days": -1}, "This meeting has started, so its agenda can no longer be sent."),
        ({"starts_on": None, "start_time": None, "starts_at": None}, "Add a date to the meeting before you send"),
        ({"cancelled_at": timezone.now(), "cancellation_reason": "No time."}, "This meeting has been cancelled"),
    ],
)
def test_unsendable_agenda_shows_reason(client, mailing_coalition, coordinator, meeting_fields, expected_sentence):
    meeting = create_planned_meeting(mailing_coalition, author=coordinator, days=meeting_fields.pop("days", 14))
    meeting.__dict__.update(meeting_fields)
    meeting.save()
    add_agenda_item(actor=coordinator, meeting=meeting, title="One")
    client.force_login(coordinator)
    answer = client.post(reverse("meetings:agenda_send", args=["ours", meeting.pk]), follow=True)

    assert expected_sentence in answer.text
    assert not Agenda.objects.filter(sent_at__isnull=False).exists()


def test_empty_agenda_cannot_be_sent(mailing_coalition, coordinator):
    meeting = create_planned_meeting(mailing_coalition)

    with pytest.raises(ActionRefused, match="Add at least one agenda item"):
        send_meeting_agenda(actor=coordinator, meeting=meeting)
    with pytest.raises(ActionRefused, match="Add at least one agenda item"):
        set_agenda_ready(actor=coordinator, meeting=meeting, is_ready=True)


def test_ready_agenda_is_sent_seven_days_before(meeting, coordinator, member):
    set_agenda_ready(actor=coordinator, meeting=meeting, is_ready=True)
    for moment in (
        get_datetime_before_start(meeting, days=7, minutes=1),
        get_datetime_before_start(meeting, days=7),
        get_datetime_before_start(meeting, days=6),
    ):
        send_due_meeting_agendas(moment)
        if moment == get_datetime_before_start(meeting, days=7, minutes=1):
            assert list_sent_emails() == []

    assert list_sent_emails() == sorted([coordinator.email, member.email])


def test_unmarked_agenda_is_not_sent_automatically(client, meeting, coordinator):
    client.force_login(coordinator)
    client.post(reverse("meetings:agenda_ready", args=["ours", meeting.pk]))
    assert "We will send it to the members 7 days before the meeting." in get_agenda_text(client, meeting)
    client.post(reverse("meetings:agenda_unready", args=["ours", meeting.pk]))
    send_due_meeting_agendas(get_datetime_before_start(meeting, days=6))
    send_agenda_when_ready(
        meeting=meeting, now=get_datetime_before_start(meeting, days=6)
    )  # as where it was taken back a moment ago
    send_due_meeting_agendas(timezone.now())

    assert list_sent_emails() == []


def test_coordinators_are_warned_once_if_agenda_is_not_ready(meeting, coordinator, member):
    day = date_written(meeting.starts_on)
    warning = f"[Our Coalition] Send the agenda of The spring call: the meeting is on {day}"
    for days in (9, 8, 6, 5):
        send_due_reminders(get_datetime_before_start(meeting, days=days))

    assert list_written_emails() == [(coordinator.email, warning)]


@pytest.mark.parametrize("agenda_case", ["ready", "sent", "cancelled"])
def test_ready_or_sent_agenda_needs_no_warning(meeting, coordinator, agenda_case):
    if agenda_case == "ready":
        set_agenda_ready(actor=coordinator, meeting=meeting, is_ready=True)
    elif agenda_case == "sent":
        send_meeting_agenda(actor=coordinator, meeting=meeting)
    else:
        meeting.cancelled_at, meeting.cancellation_reason = timezone.now(), "Nobody has time."
        meeting.save()
    send_due_reminders(get_datetime_before_start(meeting, days=6))

    assert list_written_emails() == []


def test_coordinator_has_a_task_until_the_agenda_is_ready(mailing_coalition, coordinator, rapporteur):
    meeting = create_planned_meeting(
        mailing_coalition, days=13
    )  # in two weeks, it is a day more where the day has begun already
    add_agenda_item(actor=coordinator, meeting=meeting, title="The work plan")

    def list_agenda_tasks(person):
        return [task for task in get_tasks(Standing(person, mailing_coalition)) if "agenda" in task.title]

    [task] = list_agenda_tasks(coordinator)
    assert task.title == "Prepare the agenda of The spring call"
    assert task.due == meeting.starts_on - timedelta(days=7)
    assert list_agenda_tasks(rapporteur) == []
    set_agenda_ready(actor=coordinator, meeting=meeting, is_ready=True)
    mailing_coalition.refresh_from_db()
    assert list_agenda_tasks(coordinator) == []


def test_agenda_for_minor_goes_to_adult_contact(mailing_coalition, meeting, coordinator, member):
    member.is_minor, member.adult_contact = True, PersonFactory(email="guardian@example.org")
    member.save()
    send_meeting_agenda(actor=coordinator, meeting=meeting)
    send_due_meeting_agendas(timezone.now())

    assert list_sent_emails() == sorted([coordinator.email, "guardian@example.org"])
    body = Message.objects.get(to="guardian@example.org").body
    assert "Reply to this email with an update" not in body
