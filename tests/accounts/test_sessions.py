"""Who is signed in: as long as their session lasts, and their account does."""

import importlib
from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib.auth import BACKEND_SESSION_KEY
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


def test_sessions_of_the_earlier_backend_still_let_in(client, coalition, member):
    client.force_login(member)
    session = client.session
    session[BACKEND_SESSION_KEY] = "jukwaa.accounts.sessions.Backend"
    session.save()
    before = is_let_in(client, coalition)
    kept = Session.objects.get().expire_date
    importlib.import_module("jukwaa.accounts.migrations.0002_sessions_name_the_backend_of_allauth").name_backend(
        apps, None
    )

    assert (before, is_let_in(client, coalition), Session.objects.get().expire_date) == (False, True, kept)
