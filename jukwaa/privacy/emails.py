"""Emails to people who asked something about their own data. They always get them, whatever else they chose."""

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from jukwaa.privacy.links import build_link
from jukwaa.privacy.models import DataRequest
from jukwaa.updates import tokens
from jukwaa.updates.letters import address_of, keep, language_of


def send_to_requester(request: DataRequest, event: str) -> None:
    """Queue the email `privacy/email/EVENT.txt` once for each event. It is never held: they wait for it."""
    person = request.requester
    to, language = (address_of(person), language_of(person)) if person else (request.email, request.language)
    if not to:
        return
    with translation.override(language):
        context = {"request": request, "coalition": request.coalition, "link": _link(request)}
        text = render_to_string(f"privacy/email/{event}.txt", context).strip()
        subject, _blank, body = text.partition("\n\n")
        keep(
            coalition=request.coalition,
            person=person,
            to=to,
            key=f"data-request:{request.pk}:{event}",
            subject=f"[{request.coalition.name[:60]}] {subject}",
            body=f"{body}\n",
            held=False,
        )


def _link(request: DataRequest) -> str:
    if request.requester_id is None:
        return build_link(request)
    return tokens.absolute(reverse("privacy:request_detail", args=[request.coalition.slug, request.pk]))
