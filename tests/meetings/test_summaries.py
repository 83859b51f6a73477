"""The summary of a meeting that is over: what its email holds, who gets it, and that it is sent once."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from jukwaa.accounts.models import Person
from jukwaa.coalitions.standing import Standing
from jukwaa.home.tasks_page import get_tasks
from jukwaa.mail.models import Message
from jukwaa.meetings.actions.summaries import send_meeting_summary
from jukwaa.meetings.models import Summary
from jukwaa.meetings.participants import count_members_wanting, filter_people_with_seat, find_people_with_seat
from jukwaa.updates.actions import set_wanted_topics
from jukwaa.updates.models import EmailTopic
from jukwaa.updates.notification_emails import EmailText, NotificationEmail, find_notification_readers
from tests.factories import (
    AttendanceFactory,
    CapacityFactory,
    CommitmentFactory,
    EntryFactory,
    MembershipFactory,
    PartFactory,
    PersonFactory,
)
from tests.meetings.planned_meetings import create_planned_meeting
from tests.updates.emails import list_written_emails, send_notifications_after_delay

SUMMARY_SUBJECT = "[Our Coalition] Summary: The spring call"


@pytest.fixture
def meeting(mailing_coalition):
    return create_planned_meeting(mailing_coalition, days=-1)


@pytest.fixture
def decision(meeting):
    return create_summary_entry(meeting, text="The charter is adopted.")


def create_summary_entry(meeting, *, entry_kind="decision", **more):
    return EntryFactory(
        coalition=meeting.coalition, meeting=meeting, kind=entry_kind, published=True, position=1, **more
    )


def add_owned_commitment(meeting, owner_organisation=None, *, text="Draft the report.", meeting_part=None, **more):
    entry = create_summary_entry(meeting, entry_kind="commitment", text=text, part=meeting_part)
    person = more.pop("person", None)
    capacity = (
        CapacityFactory(coalition=meeting.coalition, name=owner_organisation, person=person)
        if owner_organisation
        else None
    )
    return CommitmentFactory(entry=entry, owner=capacity, **more)


def get_summary_url(meeting):
    return reverse("meetings:summary_send", args=["ours", meeting.pk])


def list_sent_emails():
    return sorted(to for to, subject in list_written_emails() if subject == SUMMARY_SUBJECT)


def get_summary_body(person, meeting, coordinator):
    send_meeting_summary(actor=coordinator, meeting=meeting)
    send_notifications_after_delay()
    return Message.objects.get(to=person.email, subject=SUMMARY_SUBJECT).body


def test_summary_is_emailed_to_members_only(meeting, decision, coordinator, member, delegate, outsider):
    send_meeting_summary(actor=coordinator, meeting=meeting)
    send_notifications_after_delay()
    send_notifications_after_delay()

    assert list_sent_emails() == sorted([coordinator.email, member.email, delegate.email])


def test_email_contains_decisions_action_items_and_next_meeting(
    mailing_coalition, meeting, decision, coordinator, member
):
    add_owned_commitment(meeting, "The secretariat", due_on=date(2027, 5, 3))
    later = create_planned_meeting(mailing_coalition, days=9, title="The summer call")
    member.time_zone = "Asia/Tokyo"
    member.save()
    body = get_summary_body(member, meeting, coordinator)

    assert "Decisions\n- The charter is adopted.\n" in body
    assert "Action items\n- Draft the report.\n  Owner: The secretariat\n  Due: 3 May 2027\n" in body
    assert "Next meeting\nThe summer call\nYour time: " in body
    assert "Tokyo (UTC+9)" in body
    assert later.get_absolute_url() in body
    assert meeting.get_absolute_url() in body


def test_next_meeting_of_summary_is_earliest_planned_one(mailing_coalition, meeting, decision, coordinator, member):
    create_planned_meeting(mailing_coalition, days=-0.01, title="A call in progress")
    create_planned_meeting(mailing_coalition, days=9, title="The summer call")
    create_planned_meeting(mailing_coalition, days=8, title="The early summer call")

    assert "Next meeting\nThe early summer call\n" in get_summary_body(member, meeting, coordinator)


def test_meeting_in_progress_is_not_next_meeting_of_summary(mailing_coalition, meeting, decision, coordinator, member):
    create_planned_meeting(mailing_coalition, days=-0.01, title="A call in progress")

    assert "Next meeting\nThe next meeting has not been scheduled yet.\n" in get_summary_body(
        member, meeting, coordinator
    )


@pytest.mark.parametrize("owner_case", ["unconfirmed", "under the rule", "under 18"])
def test_email_omits_owner_who_cannot_be_named(meeting, coordinator, member, owner_case):
    if owner_case == "unconfirmed":
        add_owned_commitment(meeting, proposed_name="The secretariat")
    elif owner_case == "under the rule":
        add_owned_commitment(meeting, "The secretariat", meeting_part=PartFactory(meeting=meeting, chatham=True))
    else:
        minor = PersonFactory(name="The secretariat", is_minor=True, adult_contact=coordinator)
        add_owned_commitment(meeting, "The secretariat", person=minor)
    body = get_summary_body(member, meeting, coordinator)

    assert "- Draft the report." in body
    assert "The secretariat" not in body
    assert "under 18" not in body


def test_email_omits_entries_above_green(meeting, decision, coordinator, member):
    create_summary_entry(meeting, text="A closed decision.", label="TLP:AMBER")

    assert "A closed decision." not in get_summary_body(member, meeting, coordinator)


def test_meeting_above_green_is_emailed_as_link_only(client, mailing_coalition, coordinator):
    meeting = create_planned_meeting(mailing_coalition, days=-1, label="TLP:RED", author=coordinator)
    client.force_login(coordinator)
    create_summary_entry(meeting, text="The charter is adopted.")
    page = client.get(get_summary_url(meeting)).text
    assert "We will email a link to the members who can read the meeting page." in page
    send_meeting_summary(actor=coordinator, meeting=meeting)
    send_notifications_after_delay()
    bodies = list(Message.objects.values_list("body", flat=True))

    assert len(bodies) == 1
    assert "charter" not in bodies[0]


def test_preview_shows_email_and_recipient_count(client, meeting, decision, coordinator, member, delegate):
    set_wanted_topics(person=delegate, coalition=meeting.coalition, wanted_topics=[EmailTopic.REMINDERS])
    client.force_login(coordinator)
    text = client.get(get_summary_url(meeting)).text

    assert "The charter is adopted." in text
    assert "We will email this summary to 2 members." in text
    assert "Send summary</a>" in client.get(meeting.get_absolute_url()).text


@pytest.mark.parametrize("mail_topic", [EmailTopic.CONCERNS, EmailTopic.NEWS])
def test_recipient_count_excludes_unreachable_members(
    mailing_coalition, coordinator, member, delegate, outsider, mail_topic
):
    """Without those who do not want it, have no address, have left, or are under 18 with a contact who has none."""
    silent, without_address, inactive, minor, minor_of_nobody = (PersonFactory() for _number in range(5))
    for person in (silent, without_address, inactive, minor, minor_of_nobody):
        MembershipFactory(coalition=mailing_coalition, organisation=None, person=person)
    Person.objects.filter(pk=without_address.pk).update(email=None)
    Person.objects.filter(pk=inactive.pk).update(is_active=False)
    Person.objects.filter(pk=minor.pk).update(is_minor=True, adult_contact=coordinator, name_is_public=False)
    Person.objects.filter(pk=minor_of_nobody.pk).update(
        is_minor=True, adult_contact=without_address, name_is_public=False
    )
    set_wanted_topics(person=silent, coalition=mailing_coalition, wanted_topics=[])
    set_wanted_topics(person=delegate, coalition=mailing_coalition, wanted_topics=[EmailTopic.NEWS])
    news = NotificationEmail(
        coalition=mailing_coalition,
        people=find_people_with_seat(mailing_coalition),
        topic=mail_topic,
        write=lambda: EmailText("", "", ""),
    )

    assert count_members_wanting(mailing_coalition, mail_topic) == len(find_notification_readers(news))
    assert filter_people_with_seat(mailing_coalition).count() == len(find_people_with_seat(mailing_coalition))


def test_only_note_takers_send_summary(client, meeting, decision, member):
    client.force_login(member)

    assert client.get(get_summary_url(meeting)).status_code == 403
    assert "Send summary" not in client.get(meeting.get_absolute_url()).text
    with pytest.raises(PermissionDenied):
        send_meeting_summary(actor=member, meeting=meeting)


def test_unchanged_summary_is_not_sent_again(client, meeting, decision, coordinator):
    client.force_login(coordinator)
    for _press in range(2):
        client.post(get_summary_url(meeting))
        send_notifications_after_delay()
    assert list_sent_emails() == [coordinator.email]
    assert "Send summary again" not in client.get(get_summary_url(meeting)).text

    add_owned_commitment(meeting, "The secretariat")
    assert "Send summary again" in client.get(get_summary_url(meeting)).text
    client.post(get_summary_url(meeting))
    send_notifications_after_delay()
    assert list_sent_emails() == [coordinator.email] * 2


def test_summary_sent_twice_before_delivery_is_one_email(meeting, decision, coordinator):
    send_meeting_summary(actor=coordinator, meeting=meeting)
    add_owned_commitment(meeting, "The secretariat")
    send_meeting_summary(actor=coordinator, meeting=meeting)
    send_notifications_after_delay()

    assert list_sent_emails() == [coordinator.email]


@pytest.mark.parametrize(
    ("meeting_fields", "expected_sentence"),
    [
        ({"state": "draft", "published_at": None}, "Publish the meeting before you send its summary."),
        ({"days": 1}, "You can send the summary after the meeting has ended."),
        ({"cancelled_at": timezone.now(), "cancellation_reason": "No time."}, "This meeting has been cancelled"),
        ({}, "Add an entry to the minutes before you send a summary."),
    ],
)
def test_unsendable_summary_shows_reason(client, mailing_coalition, coordinator, meeting_fields, expected_sentence):
    meeting = create_planned_meeting(mailing_coalition, author=coordinator, days=meeting_fields.pop("days", -1))
    meeting.__dict__.update(meeting_fields)
    meeting.save()
    if meeting_fields:
        create_summary_entry(meeting)
    client.force_login(coordinator)

    assert expected_sentence in client.get(get_summary_url(meeting)).text
    client.post(get_summary_url(meeting))
    assert not Summary.objects.exists()


def test_newcomer_gets_minutes_and_how_to_join(meeting, decision, coordinator, member, outsider):
    for person in (outsider, member):
        AttendanceFactory(meeting=meeting, came_as="new-attendee", capacity__person=person, capacity__organisation=None)
    send_meeting_summary(actor=coordinator, meeting=meeting)
    send_notifications_after_delay()
    mails = Message.objects.filter(subject="[Our Coalition] Minutes: The spring call")

    assert [mail.to for mail in mails] == [outsider.email]
    assert meeting.get_absolute_url() in mails[0].body
    assert reverse("coalitions:apply", args=["ours"]) in mails[0].body
    assert outsider.email not in list_sent_emails()


def test_coordinator_has_task_for_a_week_until_sent(mailing_coalition, meeting, decision, coordinator, member):
    create_summary_entry(create_planned_meeting(mailing_coalition, days=-9, title="An old call"))
    create_planned_meeting(mailing_coalition, days=-2, title="A call without minutes")
    title = "Send the summary of The spring call"

    def list_summary_tasks(person):
        mailing_coalition.refresh_from_db()
        tasks = get_tasks(Standing(person, mailing_coalition))
        return [task.title for task in tasks if "summary" in task.title]

    assert list_summary_tasks(coordinator) == [title]
    assert list_summary_tasks(member) == []
    send_meeting_summary(actor=coordinator, meeting=meeting)
    assert list_summary_tasks(coordinator) == []


@pytest.mark.parametrize("count", [1, 3])
def test_preview_query_count_is_constant(
    client, mailing_coalition, meeting, coordinator, django_assert_num_queries, count
):
    for number in range(count):
        add_owned_commitment(meeting, f"Owner {number}")
        create_planned_meeting(mailing_coalition, days=3 + number)
    client.force_login(coordinator)
    client.get(get_summary_url(meeting))
    with django_assert_num_queries(12):  # one for names of owners that may be public, one for who refuses emails
        client.get(get_summary_url(meeting))
