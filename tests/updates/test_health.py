"""What monitors are told: one word."""

from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.utils import timezone

from jukwaa.updates import leases
from jukwaa.updates.models import Lease

pytestmark = pytest.mark.django_db


def ask(client):
    response = client.get("/health/")
    return response.status_code, response.text, response.headers["Cache-Control"]


def test_health_is_ok_while_a_worker_ticks(client):
    leases.renew_lease("one")

    assert ask(client) == (200, "ok\n", "max-age=0, no-cache, no-store, must-revalidate, private")
    head = client.head("/health/")
    assert (head.status_code, head.content) == (200, b"")


@pytest.mark.parametrize("age", [None, timedelta(minutes=2)])
def test_health_is_unavailable_without_a_worker(client, age):
    if age:
        Lease.objects.create(worker="one", renewed_at=timezone.now() - age)

    assert ask(client)[:2] == (503, "unavailable\n")


def test_health_is_unavailable_without_a_database(client, monkeypatch):
    def is_away(*_args, **_more):
        raise DatabaseError("no such host: db.internal")

    monkeypatch.setattr(Lease.objects, "filter", is_away)
    assert ask(client)[:2] == (503, "unavailable\n")
