from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language_bidi


def site_context(request: HttpRequest) -> dict[str, object]:  # noqa: ARG001 - the signature is Django's
    return {"demo": settings.DEMO, "direction": "rtl" if get_language_bidi() else "ltr"}
