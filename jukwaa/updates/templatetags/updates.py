"""How much of a list is new to the reader, and the emails about a record that wait for approval."""

from datetime import datetime

from django.db.models import Model
from django.template import Context, Library
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jukwaa.coalitions.models import Affiliation, Coalition
from jukwaa.coalitions.models.people import Viewer
from jukwaa.core.dates import format_long_date
from jukwaa.records.models import Record
from jukwaa.updates.follow_news import get_news_seen_until, was_published_after
from jukwaa.updates.held_emails import find_waiting_emails, list_approver_names
from jukwaa.updates.letters import is_mail_held
from jukwaa.updates.recipients import count_refusing_members

register = Library()


@register.inclusion_tag("updates/waiting_emails.html", takes_context=True)
def waiting_emails(
    context: Context, record: Record, *parts: Model | str | None, sending_since: datetime | str | None = None
) -> dict[str, object]:
    """The emails about a record, and what is part of it, that wait for approval, with the button that approves them."""
    request = context["request"]
    known = [part for part in parts if isinstance(part, Model)]
    since = sending_since if isinstance(sending_since, datetime) else None
    found = find_waiting_emails(record, known, request.standing, sending_since=since)
    return {"waiting": found, "coalition": request.coalition, "request": request}


@register.inclusion_tag("updates/before_sending.html", takes_context=True)
def before_sending(context: Context) -> dict[str, object]:
    """For the page before members are emailed: who will get no email and why, and who has to approve the emails."""
    request = context["request"]
    coalition, objection = request.coalition, Affiliation.InvitationObjection
    counts = count_refusing_members(coalition)
    held = is_mail_held(coalition)
    return {
        "opted_out": counts.get(objection.OPTED_OUT, 0),
        "bounced": counts.get(objection.BOUNCED, 0),
        "is_held": held,
        "approvers": list_approver_names(request.standing) if held and not request.standing.is_coordinator else [],
    }


@register.simple_tag
def newness(new: list[Record], coalition: Coalition, viewer: Viewer) -> str:
    """How many of them were published since this person last said that they have seen what is new."""
    if not viewer.is_authenticated:
        return ""
    since, is_said = get_news_seen_until(viewer, coalition)
    number = sum(was_published_after(record, since) for record in new)
    said = {"number": number, "day": format_long_date(timezone.localdate(since))}
    if not number:
        return _("You have seen all of these records.")
    if not is_said:
        return (
            ngettext(
                "1 of these records is from the last 7 days.",
                "%(number)s of these records are from the last 7 days.",
                number,
            )
            % said
        )
    return (
        ngettext(
            "1 of these records is new since you last marked everything as seen, on %(day)s.",
            "%(number)s of these records are new since you last marked everything as seen, on %(day)s.",
            number,
        )
        % said
    )
