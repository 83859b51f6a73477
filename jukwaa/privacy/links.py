"""The link by which a visitor confirms a request, follows it and withdraws it."""

from datetime import timedelta

from django.conf import settings
from django.urls import reverse

from jukwaa.mail import links
from jukwaa.privacy.models import DataRequest

PURPOSE = "data-request"
CONFIRM_WITHIN = timedelta(days=2)
VALID_FOR = timedelta(days=100)  # to follow it: an answer takes a month at most


def build_link(request: DataRequest) -> str:
    token = links.make_token(PURPOSE, {"request": str(request.token)})
    return f"{settings.SITE_URL}{reverse('privacy:request_link', args=[request.coalition.slug, token])}"


def find_request(token: str) -> DataRequest | None:
    """Return the request of a link; None if it is not ours, too old, or the request was never confirmed."""
    payload = links.read_token(PURPOSE, token, VALID_FOR)
    rows = DataRequest.objects.select_related("coalition", "record")
    return rows.filter(token=payload["request"]).first() if payload else None
