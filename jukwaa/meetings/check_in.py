"""Checking in to a meeting: the link, how long it is valid, and its QR code."""

from datetime import datetime, timedelta

import segno
from django.core import signing
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.models.people import Viewer
from jukwaa.meetings.models import Meeting
from jukwaa.records.models import State
from jukwaa.updates.email_links import build_absolute_url

CHECK_IN_LEAD_TIME = timedelta(minutes=15)
_CHECK_IN_SIGNER = signing.Signer(salt="jukwaa.meetings.check-in")


def build_check_in_link(meeting: Meeting) -> str:
    """Return the address where members check in. It names the meeting and nobody: everyone gets the same."""
    return build_absolute_url(
        reverse("meetings:check_in", args=[meeting.coalition.slug, _CHECK_IN_SIGNER.sign(str(meeting.pk))])
    )


def parse_check_in_token(token: str) -> int | None:
    """Return the number of the meeting; None if the token is not ours."""
    try:
        return int(_CHECK_IN_SIGNER.unsign(token))
    except signing.BadSignature:
        return None


def build_qr_code_svg(check_in_url: str) -> str:
    """Return the link as an SVG picture, dark on white in every colour scheme: cameras read it so."""
    picture = segno.make(check_in_url, error="m").svg_inline(scale=5, light="#fff", dark="#000", border=4)
    return mark_safe(picture)


def get_check_in_opening_time(meeting: Meeting) -> datetime | None:
    """Return when check-in opens, where the hour is known."""
    return meeting.starts_at - CHECK_IN_LEAD_TIME if meeting.starts_at else None


def get_check_in_obstacle(meeting: Meeting) -> str:
    """Return why nobody can check in now, as a sentence; nothing while they can."""
    if meeting.state != State.PUBLISHED:
        return _("You can check in once the meeting has been published.")
    if meeting.is_cancelled:
        return _("This meeting has been cancelled.")
    if meeting.is_held:
        return _("This meeting has ended. Ask the rapporteur to record your attendance.")
    opening = get_check_in_opening_time(meeting)
    if meeting.is_planned and (opening is None or timezone.now() < opening):
        return _("Check-in opens 15 minutes before the meeting starts. Open this link again then.")
    return ""


def find_check_in_meeting(viewer: Viewer, coalition: Coalition, token: str) -> Meeting | None:
    """Return the meeting of the link; None if the link is not ours, or the meeting is not for this viewer."""
    number = parse_check_in_token(token)
    meeting = Meeting.objects.visible_to(viewer).of(coalition).filter(pk=number).first() if number else None
    if meeting is not None:
        meeting.coalition = coalition
    return meeting
