"""Whoever wrote an observation, and whoever spoke to it, hears what others see: once, and only if they want to."""

import pytest

from jukwaa.library.models import Item
from jukwaa.mail.models import Message
from jukwaa.records.models import Label
from jukwaa.regions.actions.voices import add_voice, withdraw_voice
from jukwaa.updates.actions import stop_topic
from jukwaa.updates.activity_notifications import notify_untold_activities
from jukwaa.updates.models import Topic
from tests.regions.observed import observed, organisation_of, speaker_from
from tests.updates.mails import written

pytestmark = pytest.mark.django_db


@pytest.fixture
def author(released):
    return speaker_from(released, "KE", name="A helpline")


@pytest.fixture
def item(released, author):
    return observed(released, author)


def say(person, item, says="confirms", words=""):
    organisation = organisation_of(person)
    return add_voice(actor=person, observation=item, organisation=organisation, says=says, words=words)


def told(subject):
    return sorted(to for to, said in written() if said == f"[Our Coalition] {subject}")


def test_the_author_and_those_who_spoke_hear_of_a_voice_once(released, item, author):
    first, second = (speaker_from(released, "KE", name=name) for name in ("One", "Two"))
    say(first, item)
    notify_untold_activities()
    say(second, item, "differs", "Here it is otherwise.")
    notify_untold_activities()
    notify_untold_activities()

    assert told("One confirms “They pay twice”") == [author.email]
    assert told("Two sees “They pay twice” differently") == sorted([author.email, first.email])
    assert "Here it is otherwise." in Message.objects.latest("pk").body


def test_what_was_said_otherwise_or_taken_back_meanwhile_is_not_told(released, item, author):
    first, second = (speaker_from(released, "KE", name=name) for name in ("One", "Two"))
    say(first, item)
    say(first, item, "adds", "More of it.")
    withdraw_voice(actor=second, voice=say(second, item))
    notify_untold_activities()

    assert written() == [(author.email, "[Our Coalition] One adds to “They pay twice”")]


def test_whoever_wants_no_such_mail_or_may_not_read_it_any_more_gets_none(released, item, author):
    first, second = (speaker_from(released, "KE", name=name) for name in ("One", "Two"))
    say(first, item)
    notify_untold_activities()
    stop_topic(person=author, coalition=released, topic=Topic.COMMENTS)
    say(second, item, "adds", "The words.")
    Item.objects.filter(pk=item.pk).update(label=Label.RED)
    notify_untold_activities()

    assert [subject for _to, subject in written()] == ["[Our Coalition] One confirms “They pay twice”"]
