"""Authors of observations and earlier respondents are notified of responses once, unless they unsubscribed."""

import pytest

from jukwaa.library.models import Item
from jukwaa.mail.models import Message
from jukwaa.records.models import Label
from jukwaa.regions.actions.voices import add_observation_voice, withdraw_observation_voice
from jukwaa.updates.actions import stop_emails_of_topic
from jukwaa.updates.activity_notifications import send_pending_activity_notifications
from jukwaa.updates.models import EmailTopic
from tests.regions.observations import create_observation, create_representative, get_first_organisation
from tests.updates.emails import list_written_emails

pytestmark = pytest.mark.django_db


@pytest.fixture
def author(mailing_coalition):
    return create_representative(mailing_coalition, "KE", organisation_name="A helpline")


@pytest.fixture
def item(mailing_coalition, author):
    return create_observation(mailing_coalition, author)


def add_voice_of(person, observation, voice_stance="confirms", voice_text=""):
    organisation = get_first_organisation(person)
    return add_observation_voice(
        actor=person, observation=observation, organisation=organisation, says=voice_stance, words=voice_text
    )


def list_emails_with_subject(email_subject):
    return sorted(to for to, said in list_written_emails() if said == f"[Our Coalition] {email_subject}")


def test_author_and_respondents_are_notified_once(mailing_coalition, item, author):
    first, second = (create_representative(mailing_coalition, "KE", organisation_name=name) for name in ("One", "Two"))
    add_voice_of(first, item)
    send_pending_activity_notifications()
    add_voice_of(second, item, "differs", "Here it is otherwise.")
    send_pending_activity_notifications()
    send_pending_activity_notifications()

    assert list_emails_with_subject("One confirms “They pay twice”") == [author.email]
    assert list_emails_with_subject("Two sees “They pay twice” differently") == sorted([author.email, first.email])
    assert "Here it is otherwise." in Message.objects.latest("pk").body


def test_changed_or_withdrawn_response_is_not_notified(mailing_coalition, item, author):
    first, second = (create_representative(mailing_coalition, "KE", organisation_name=name) for name in ("One", "Two"))
    add_voice_of(first, item)
    add_voice_of(first, item, "adds", "More of it.")
    withdraw_observation_voice(actor=second, observation_voice=add_voice_of(second, item))
    send_pending_activity_notifications()

    assert list_written_emails() == [(author.email, "[Our Coalition] One adds to “They pay twice”")]


def test_unsubscribed_or_unauthorised_person_is_not_notified(mailing_coalition, item, author):
    first, second = (create_representative(mailing_coalition, "KE", organisation_name=name) for name in ("One", "Two"))
    add_voice_of(first, item)
    send_pending_activity_notifications()
    stop_emails_of_topic(person=author, coalition=mailing_coalition, topic=EmailTopic.COMMENTS)
    add_voice_of(second, item, "adds", "The words.")
    Item.objects.filter(pk=item.pk).update(label=Label.RED)
    send_pending_activity_notifications()

    assert [subject for _to, subject in list_written_emails()] == ["[Our Coalition] One confirms “They pay twice”"]
