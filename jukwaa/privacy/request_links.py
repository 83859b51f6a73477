"""The link by which a visitor confirms a request, follows it and withdraws it."""

from datetime import timedelta

from django.conf import settings
from django.urls import reverse

from jukwaa.mail import signed_links
from jukwaa.privacy.models import DataRequest

REQUEST_LINK_PURPOSE = "data-request"
REQUEST_CONFIRMATION_PERIOD = timedelta(days=2)
REQUEST_LINK_VALIDITY = timedelta(days=100)  # to follow it: an answer takes a month at most


def build_request_link(request: DataRequest) -> str:
    token = signed_links.make_signed_token(REQUEST_LINK_PURPOSE, {"request": str(request.token)})
    return f"{settings.SITE_URL}{reverse('privacy:request_link', args=[request.coalition.slug, token])}"


def find_request_by_token(token: str) -> DataRequest | None:
    """Return the request of a link; None if it is not ours, too old, or the request was never confirmed."""
    payload = signed_links.read_signed_token(REQUEST_LINK_PURPOSE, token, REQUEST_LINK_VALIDITY)
    rows = DataRequest.objects.select_related("coalition", "record")
    return rows.filter(token=payload["request"]).first() if payload else None
