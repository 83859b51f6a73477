import pytest
from django.urls import reverse

from jukwaa.mail import actions

pytestmark = pytest.mark.django_db


def queued(number, **changes):
    fields = {"to": "a@example.org", "subject": f"Mail {number}", "body": "Read https://example.org/x?a=1&b=2 <b>"}
    return actions.queue_email(key=f"k{number}", **fields, **changes)


@pytest.mark.parametrize("path", ["/mail/", "/mail/1/"])
def test_mail_is_shown_to_nobody_where_it_is_real(client, path):
    queued(1)

    assert client.get(path).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_demo_shows_its_mail_newest_first_and_what_is_held_not_at_all(
    client, settings, django_assert_num_queries, count
):
    settings.DEMO = True
    for number in range(count):
        queued(number)
    queued("held", held=True)

    with django_assert_num_queries(2):
        text = client.get(reverse("mail:outbox")).text

    shown = [text.index(f"Mail {number}<") for number in reversed(range(count))]
    assert shown == sorted(shown)
    assert "Mail held" not in text


def test_links_in_a_mail_can_be_followed_and_nothing_in_it_becomes_markup(client, settings):
    settings.DEMO = True
    mail = queued(1)

    text = client.get(reverse("mail:message", args=[mail.pk])).text

    assert '<a href="https://example.org/x?a=1&amp;b=2" rel="nofollow">' in text
    assert "&lt;b&gt;" in text


def test_a_demo_without_mail_says_how_to_get_one(client, settings):
    settings.DEMO = True

    assert "No emails yet." in client.get(reverse("mail:outbox")).text
