"""Emails to people who asked something about their own data. They always get them, whatever else they chose."""

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from jukwaa.privacy.models import DataRequest
from jukwaa.privacy.request_links import build_request_link
from jukwaa.updates import email_links
from jukwaa.updates.letters import get_mail_address, get_mail_language
from jukwaa.updates.notification_emails import queue_notification_letter


def queue_requester_email(request: DataRequest, event: str) -> None:
    """Queue the email `privacy/email/EVENT.txt` once for each event. It is never held: they wait for it."""
    person = request.requester
    to, language = (
        (get_mail_address(person), get_mail_language(person, request.coalition))
        if person
        else (request.email, request.language)
    )
    if not to:
        return
    with translation.override(language):
        context = {"request": request, "coalition": request.coalition, "link": _get_request_url(request)}
        text = render_to_string(f"privacy/email/{event}.txt", context).strip()
        subject, _blank, body = text.partition("\n\n")
        queue_notification_letter(
            coalition=request.coalition,
            person=person,
            to=to,
            key=f"data-request:{request.pk}:{event}",
            subject=f"[{request.coalition.name[:60]}] {subject}",
            body=f"{body}\n",
            held=False,
        )


def _get_request_url(request: DataRequest) -> str:
    if request.requester_id is None:
        return build_request_link(request)
    return email_links.build_absolute_url(reverse("privacy:request_detail", args=[request.coalition.slug, request.pk]))
