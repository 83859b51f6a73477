"""Who is signed in: as long as their session lasts, and their account does."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone


def is_let_in(client, coalition):
    return client.get(reverse("home:desk", args=[coalition.slug])).status_code == 200


def test_a_session_lets_in_until_it_is_over(client, coalition, member):
    client.force_login(member)
    before = is_let_in(client, coalition)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))

    assert (before, is_let_in(client, coalition)) == (True, False)


@pytest.mark.parametrize("change", [{"is_active": False}, {"password": "another"}])
def test_whoever_is_locked_out_or_changed_their_password_elsewhere_is_out_at_once(client, coalition, member, change):
    client.force_login(member)
    before = is_let_in(client, coalition)
    type(member).objects.filter(pk=member.pk).update(**change)

    assert (before, is_let_in(client, coalition)) == (True, False)
