"""What monitors are told: one word."""

from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.utils import timezone

from jukwaa.updates import leases
from jukwaa.updates.models import Lease

pytestmark = pytest.mark.django_db


def request_health_page(client):
    response = client.get("/health/")
    return response.status_code, response.text, response.headers["Cache-Control"]


def test_health_is_ok_while_worker_ticks(client):
    leases.renew_worker_lease("one")

    assert request_health_page(client) == (200, "ok\n", "max-age=0, no-cache, no-store, must-revalidate, private")
    head = client.head("/health/")
    assert (head.status_code, head.content) == (200, b"")


@pytest.mark.parametrize("worker_age", [None, timedelta(minutes=2)])
def test_health_is_unavailable_without_worker(client, worker_age):
    if worker_age:
        Lease.objects.create(worker="one", renewed_at=timezone.now() - worker_age)

    assert request_health_page(client)[:2] == (503, "unavailable\n")


def test_health_is_unavailable_without_database(client, monkeypatch):
    def raise_database_error(*_args, **_more):
        raise DatabaseError("no such host: db.internal")

    monkeypatch.setattr(Lease.objects, "filter", raise_database_error)
    assert request_health_page(client)[:2] == (503, "unavailable\n")
