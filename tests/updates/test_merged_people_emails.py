"""Somebody who was in the directory twice gets each waiting email once after the two have been merged."""

import pytest
from django.utils import timezone

from jukwaa.accounts.models import Person
from jukwaa.coalitions.actions import PersonFacts, add_person, merge_people
from jukwaa.mail.models import Message
from jukwaa.updates.actions import release_all_mail
from jukwaa.updates.models import EmailTopic
from jukwaa.updates.notification_emails import EmailText, NotificationEmail, send_notification


@pytest.fixture
def kept_and_merged(coalition, organisation, coordinator):
    kept, merged = (
        add_person(
            actor=coordinator,
            coalition=coalition,
            facts=PersonFacts(name="Nilza Tavares", email=address),
            organisation=organisation,
        )
        for address in ("nilza@work.example", "nilza@home.example")
    )
    return kept, merged


def notify(coalition, key, *people):
    text = EmailText("Consultation", "Respond by Monday.", "/")
    news = NotificationEmail(coalition=coalition, people=people, topic=EmailTopic.REMINDERS, write=lambda: text)
    send_notification(news, key=key)


def merge(coalition, coordinator, kept, merged):
    merge_people(actor=coordinator, coalition=coalition, surviving_person=kept, merged_person=merged)


def list_waiting():
    return sorted(Message.objects.filter(sent_at=None, subject__contains="Our Coalition").values_list("to", "key"))


def test_emails_that_both_have_wait_once(coalition, coordinator, kept_and_merged):
    kept, merged = kept_and_merged
    notify(coalition, "news", kept, merged)
    assert len(list_waiting()) == 4  # a first email and a notification to each

    merge(coalition, coordinator, kept, merged)

    assert [key for _to, key in list_waiting()] == [f"first:{kept.pk}", f"news:{kept.pk}"]


def test_email_that_only_merged_person_has_is_kept(coalition, coordinator, kept_and_merged):
    kept, merged = kept_and_merged
    notify(coalition, "news", kept)
    notify(coalition, "other", merged)

    merge(coalition, coordinator, kept, merged)

    assert [key for _to, key in list_waiting()] == [f"first:{kept.pk}", f"news:{kept.pk}", f"other:{merged.pk}"]


def test_first_email_is_dropped_if_kept_person_knows(coalition, coordinator, kept_and_merged):
    kept, merged = kept_and_merged
    Person.objects.filter(pk=kept.pk).update(last_login=timezone.now())
    notify(coalition, "news", merged)

    merge(coalition, coordinator, kept, merged)

    assert [key for _to, key in list_waiting()] == [f"news:{merged.pk}"]


def test_email_that_was_sent_to_kept_person_is_not_sent_again(coalition, coordinator, kept_and_merged):
    kept, merged = kept_and_merged
    notify(coalition, "news", kept)
    release_all_mail(actor=coordinator, coalition=coalition)
    Message.objects.update(sent_at=timezone.now())
    notify(coalition, "news", merged)

    merge(coalition, coordinator, kept, merged)

    assert list_waiting() == []
