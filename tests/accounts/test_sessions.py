"""Who is signed in: as long as their session lasts, and their account does."""

import importlib
from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib.auth import BACKEND_SESSION_KEY
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone


def is_signed_in(client, coalition):
    return client.get(reverse("home:desk", args=[coalition.slug])).status_code == 200


def test_session_is_valid_until_it_expires(client, coalition, member):
    client.force_login(member)
    before = is_signed_in(client, coalition)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))

    assert (before, is_signed_in(client, coalition)) == (True, False)


@pytest.mark.parametrize("changed_fields", [{"is_active": False}, {"password": "another"}])
def test_deactivation_or_password_change_ends_session(client, coalition, member, changed_fields):
    client.force_login(member)
    before = is_signed_in(client, coalition)
    type(member).objects.filter(pk=member.pk).update(**changed_fields)

    assert (before, is_signed_in(client, coalition)) == (True, False)


def test_sessions_of_previous_backend_are_accepted(client, coalition, member):
    client.force_login(member)
    session = client.session
    session[BACKEND_SESSION_KEY] = "jukwaa.accounts.sessions.Backend"
    session.save()
    before = is_signed_in(client, coalition)
    kept = Session.objects.get().expire_date
    importlib.import_module("jukwaa.accounts.migrations.0002_sessions_name_the_backend_of_allauth").name_backend(
        apps, None
    )

    assert (before, is_signed_in(client, coalition), Session.objects.get().expire_date) == (False, True, kept)
