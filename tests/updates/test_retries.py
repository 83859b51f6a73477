"""After a deadlock, an incoming email and a job of the clock run a second time as a whole."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from jukwaa.coalitions.models import Coalition
from jukwaa.mail.models import Message
from jukwaa.records.actions import add_comment
from jukwaa.records.models import Comment
from jukwaa.updates import clock, incoming
from jukwaa.updates.activity_notifications import send_pending_activity_notifications
from jukwaa.updates.clock import DAILY, ClockJob, ClockPhase
from jukwaa.updates.models import Run
from tests.factories import DocumentFactory
from tests.updates.emails import deliver_email


def raise_deadlock_once(retried_function):
    """Run the function, and fail after the first time as PostgreSQL does."""
    runs = []

    def call_retried_function(*args):
        runs.append(args)
        retried_function(*args)
        if len(runs) == 1:
            cause = Exception("deadlock detected")
            cause.sqlstate = "40P01"
            raise OperationalError("deadlock detected") from cause

    call_retried_function.runs = runs
    return call_retried_function


@pytest.fixture
def document(transactional_db, coalition):
    return DocumentFactory(coalition=coalition, published=True)


def test_email_is_processed_once_after_deadlock(document, member, rapporteur, monkeypatch):
    add_comment(actor=rapporteur, record=document, body="It could be shorter.")
    add_comment(actor=member, record=document, body="Which part?")
    send_pending_activity_notifications()
    thread = incoming.mail.ReplyThread(f"record:{document.pk}", owner=f"person:{member.pk}")
    incoming.mail.queue_email(to=member.email, subject="New", body="News", key="thread", reply_thread=thread)
    address = Message.objects.get(key="thread").reply_to
    handler = raise_deadlock_once(incoming.process_reply)
    monkeypatch.setattr(incoming, "process_reply", handler)
    revision = Coalition.objects.get(pk=document.coalition_id).revision
    deliver_email("The first.", to=address, sender=member.email)

    assert len(handler.runs) == 2
    assert Comment.objects.filter(body="The first.").count() == 1
    assert Coalition.objects.get(pk=document.coalition_id).revision == revision + 1


def test_daily_job_is_retried_after_deadlock_and_recorded_once(transactional_db):
    work = raise_deadlock_once(lambda _now: None)

    assert clock._run_job_in_period(ClockJob("retried", work, ClockPhase.PREPARE, DAILY), timezone.now())
    assert len(work.runs) == 2
    assert Run.objects.filter(job="retried").count() == 1
    assert not clock._run_job_in_period(
        ClockJob("retried", work, ClockPhase.PREPARE, DAILY), timezone.now() + timedelta(seconds=1)
    )
