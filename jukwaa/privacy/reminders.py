"""Requests about personal data that are due soon, or late."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.urls import reverse

from jukwaa.privacy.models import DataRequest
from jukwaa.privacy.notifications import list_request_deciders
from jukwaa.updates.models import EmailTopic
from jukwaa.updates.notification_emails import EmailText, NotificationEmail, render_email
from jukwaa.updates.registries import Reminder, reminder_registry

REQUEST_REMINDER_LEAD_TIME = timedelta(days=7)


@reminder_registry.register("data-requests")
def build_request_reminders(now: datetime) -> Iterator[Reminder]:
    """A week before the day, and once again when it has passed."""
    today = now.date()
    due = (
        DataRequest.objects.waiting().filter(due_on__lte=today + REQUEST_REMINDER_LEAD_TIME).select_related("coalition")
    )
    for request in due:
        stage = "late" if request.due_on < today else "soon"
        yield f"data-request:{request.pk}:{stage}", _build_request_reminder(request, is_late=stage == "late")


def _build_request_reminder(request: DataRequest, *, is_late: bool) -> NotificationEmail:
    def write_reminder_email() -> EmailText:
        path = reverse("privacy:request_detail", args=[request.coalition.slug, request.pk])
        return render_email("privacy/email/due.txt", path, request=request, is_late=is_late)

    return NotificationEmail(
        coalition=request.coalition,
        people=list_request_deciders(request.coalition),
        topic=EmailTopic.REMINDERS,
        write=write_reminder_email,
        at_once=True,
        but=frozenset({request.requester_id} if request.requester_id else ()),
    )
