"""Who does not want emails, according to an imported list, gets none by themselves until they sign in."""

import ast
from pathlib import Path

import pytest
import time_machine
from django.apps import apps
from django.utils import timezone

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Affiliation
from jukwaa.mail.models import Message
from jukwaa.meetings.actions import publish_meeting
from jukwaa.meetings.participants import count_members_wanting, find_people_with_seat
from jukwaa.records import index
from jukwaa.updates.actions import follow_thing, release_all_mail, set_wanted_topics
from jukwaa.updates.models import EmailTopic, Letter
from jukwaa.updates.notification_emails import (
    EmailText,
    NotificationEmail,
    find_notification_readers,
    send_notification,
)
from jukwaa.updates.recipients import count_refusing_members
from jukwaa.updates.welcome_emails import send_welcome_email, send_welcome_emails
from tests.factories import AffiliationFactory, ItemFactory, MeetingFactory, PersonFactory
from tests.updates.emails import send_notifications_after_delay
from tests.updates.test_digests import TIME_BEFORE_FOLLOWING, TIME_DURING_PERIOD, send_digests_at

Objection = Affiliation.InvitationObjection
CODE_FOLDER = Path(apps.get_app_config("updates").path).parent

# Every function that queues an email of a coalition, with what decides who gets it.
QUEUEING_FUNCTIONS = {
    ("updates/notification_emails.py", "send_notification_to_person"): "find_notification_readers",
    ("updates/notification_emails.py", "_post_to_mailing_list"): "the mailing list, no person",
    ("updates/notification_emails.py", "queue_notification_letter"): "its callers",
    ("updates/combined_reminders.py", "_send_combined_reminders"): "find_notification_readers",
    ("updates/digests.py", "_queue_digest_email"): "MailChoice.find_wanting_person_ids",
    ("updates/welcome_emails.py", "send_welcome_email"): "Affiliation.refusing_email",
    ("proposals/invitations.py", "send_invitation_email"): "MailChoice.find_wanting_person_ids",
    ("updates/actions/invitations.py", "_queue_invitation"): "a coordinator, who chooses the names",
    ("privacy/emails.py", "queue_requester_email"): "the law: they asked for it",
}
SENDING_FUNCTIONS = {
    ("updates/notification_emails.py", "send_notification"): "find_notification_readers",
    ("updates/activity_notifications.py", "_rewrite_letters_of_activity"): "find_notification_readers",
    ("updates/combined_reminders.py", "_send_reminder_group"): "find_notification_readers",
}


@pytest.fixture(params=list(Objection))
def refusing(request, organisation):
    """Somebody with a seat who came from an imported list, and never signed in."""
    person = PersonFactory(name="Priti", email="priti@example.org", told_at=None)
    AffiliationFactory(person=person, organisation=organisation, no_invitations=request.param, may_speak=True)
    return person


def build_notification(coalition, people, mail_topic=EmailTopic.CONCERNS, **more):
    text = EmailText("A subject", "A text.", "/")
    return NotificationEmail(coalition=coalition, people=people, topic=mail_topic, write=lambda: text, **more)


def sign_in(person):
    Person.objects.filter(pk=person.pk).update(last_login=timezone.now())
    person.refresh_from_db()


@pytest.mark.parametrize("mail_topic", list(EmailTopic))
def test_no_topic_reaches_who_refuses_until_they_sign_in(mailing_coalition, member, refusing, mail_topic):
    for person in (member, refusing):
        set_wanted_topics(person=person, coalition=mailing_coalition, wanted_topics=list(EmailTopic))
    news = build_notification(mailing_coalition, find_people_with_seat(mailing_coalition), mail_topic)

    assert refusing not in find_notification_readers(news)
    assert member in find_notification_readers(news)
    assert count_members_wanting(mailing_coalition, mail_topic) == len(find_notification_readers(news))

    sign_in(refusing)
    assert refusing in find_notification_readers(news)
    assert count_members_wanting(mailing_coalition, mail_topic) == len(find_notification_readers(news))


def test_objection_holds_in_its_coalition_alone(other_coalition, refusing):
    assert find_notification_readers(build_notification(other_coalition, [refusing])) == [refusing]


def test_objection_outlasts_time_in_organisation(mailing_coalition, refusing):
    Affiliation.objects.filter(person=refusing).update(ends_on=timezone.localdate())

    assert find_notification_readers(build_notification(mailing_coalition, [refusing])) == []


def test_required_email_reaches_who_refuses(mailing_coalition, refusing):
    news = build_notification(mailing_coalition, [refusing], is_required=True)

    assert send_notification(news, key="held") == 1


def test_readers_are_found_with_one_query(mailing_coalition, refusing, member, django_assert_num_queries):
    with django_assert_num_queries(1):
        find_notification_readers(build_notification(mailing_coalition, [refusing, member]))


def test_meeting_invitation_and_first_email_leave_out_who_refuses(mailing_coalition, rapporteur, member, refusing):
    meeting = MeetingFactory(coalition=mailing_coalition, author=rapporteur, starts_on="2099-01-14", state="draft")
    publish_meeting(actor=rapporteur, meeting=meeting)
    send_notifications_after_delay()
    addresses = set(Message.objects.values_list("to", flat=True))

    assert (member.email in addresses, refusing.email in addresses) == (True, False)
    assert (send_welcome_email(refusing), send_welcome_emails()) == (0, 0)


@pytest.mark.parametrize("number_of_digests", [0, 1])
def test_digest_leaves_out_who_refuses(mailing_coalition, rapporteur, refusing, number_of_digests):
    if number_of_digests:
        sign_in(refusing)
    with time_machine.travel(TIME_BEFORE_FOLLOWING):
        follow_thing(person=refusing, coalition=mailing_coalition, what="kind", value="good-practice")
    published = {"state": "published", "published_at": TIME_DURING_PERIOD}
    index.reindex_record(ItemFactory(coalition=mailing_coalition, author=rapporteur, label="TLP:CLEAR", **published))

    assert send_digests_at() == number_of_digests
    assert Message.objects.filter(to=refusing.email, subject__contains="you follow").count() == number_of_digests


def test_emails_that_waited_are_dropped_once_somebody_refuses(coalition, coordinator, organisation):
    person = PersonFactory(email="late@example.org")
    tie = AffiliationFactory(person=person, organisation=organisation)
    send_notification(build_notification(coalition, [person]), key="news")
    assert Letter.objects.held(coalition).count() == 1
    tie.no_invitations = Objection.OPTED_OUT
    tie.save()

    assert release_all_mail(actor=coordinator, coalition=coalition) == 0
    assert not Message.objects.filter(to=person.email).exists()


def test_refusing_members_are_counted_by_reason(mailing_coalition, member, refusing):
    reason = Affiliation.objects.get(person=refusing).no_invitations
    assert count_refusing_members(mailing_coalition) == {reason: 1}
    sign_in(refusing)
    assert count_refusing_members(mailing_coalition) == {}


def list_callers(*called_names):
    """Pairs of module and outermost function in which one of these is called."""
    for path in sorted(CODE_FOLDER.rglob("*.py")):
        functions = [node for node in ast.parse(path.read_text()).body if isinstance(node, ast.FunctionDef)]
        for function in functions:
            calls = (node.func for node in ast.walk(function) if isinstance(node, ast.Call))
            if any(isinstance(called, ast.Name) and called.id in called_names for called in calls):
                yield str(path.relative_to(CODE_FOLDER)), function.name


def test_every_function_that_queues_emails_asks_who_refuses():
    assert set(list_callers("queue_letter", "queue_notification_letter")) == set(QUEUEING_FUNCTIONS)
    assert set(list_callers("send_notification_to_person")) == set(SENDING_FUNCTIONS)
