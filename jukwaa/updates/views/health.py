"""One word for monitors: whether the database answers and the worker ticks."""

from django.contrib.auth.decorators import login_not_required
from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from jukwaa.updates.leases import LEASE_DURATION
from jukwaa.updates.models import Lease


@login_not_required
@never_cache
@require_GET
def health_check(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - the signature is Django's
    """Answer 200 and "ok", or 503 and "unavailable". `jukwaa doctor` says what is wrong, to the operator alone."""
    is_well = _is_clock_ticking()
    word, status = ("ok", 200) if is_well else ("unavailable", 503)
    return HttpResponse(f"{word}\n", content_type="text/plain; charset=utf-8", status=status)


def _is_clock_ticking() -> bool:
    """The thread of a worker that ticks the clock renews its lease, so an old lease is a clock that stands still."""
    try:
        return Lease.objects.filter(renewed_at__gt=timezone.now() - LEASE_DURATION).exists()
    except Error:
        return False
