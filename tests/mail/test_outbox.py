import pytest
from django.urls import reverse

from jukwaa.mail import actions

pytestmark = pytest.mark.django_db


def queue_outbox_email(email_number, **changes):
    fields = {
        "to": "a@example.org",
        "subject": f"Mail {email_number}",
        "body": "Read https://example.org/x?a=1&b=2 <b>",
    }
    return actions.queue_email(key=f"k{email_number}", **fields, **changes)


@pytest.mark.parametrize("url_path", ["/mail/", "/mail/1/"])
def test_outbox_is_not_shown_with_real_mail(client, url_path):
    queue_outbox_email(1)

    assert client.get(url_path).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_demo_outbox_shows_newest_first_without_held_emails(client, settings, django_assert_num_queries, count):
    settings.DEMO = True
    for number in range(count):
        queue_outbox_email(number)
    queue_outbox_email("held", held=True)

    with django_assert_num_queries(2):
        text = client.get(reverse("mail:outbox")).text

    shown = [text.index(f"Mail {number}<") for number in reversed(range(count))]
    assert shown == sorted(shown)
    assert "Mail held" not in text


def test_outbox_links_are_clickable_and_text_is_escaped(client, settings):
    settings.DEMO = True
    mail = queue_outbox_email(1)

    text = client.get(reverse("mail:message", args=[mail.pk])).text

    assert '<a href="https://example.org/x?a=1&amp;b=2" rel="nofollow">' in text
    assert "&lt;b&gt;" in text


def test_empty_demo_outbox_says_how_to_get_email(client, settings):
    settings.DEMO = True

    assert "No emails yet." in client.get(reverse("mail:outbox")).text
