"""The calendar for calendar programs: for everybody, and for somebody with a secret address."""

from datetime import date

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_GET

from jukwaa.coalitions.caching import cache_for_visitors
from jukwaa.coalitions.http import Request
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.models.people import Viewer
from jukwaa.exchange.calendars import CALENDAR_CONTENT_TYPE, write_calendar_file, write_single_date_calendar
from jukwaa.exchange.models import FeedKey
from jukwaa.exchange.views.feeds import FEED_CACHE_SECONDS


@login_not_required
@require_GET
@conditional_page
@cache_for_visitors
def calendar_file(request: Request, coalition: Coalition) -> HttpResponse:
    """What the world may read, whoever asks."""
    return _build_calendar_response(request, coalition, AnonymousUser())


@login_not_required  # calendar programs don't sign in: the secret in the address says who asks
@require_GET
@conditional_page
def own_calendar_file(request: Request, coalition: Coalition, token: str) -> HttpResponse:
    """An address that was ended says so in a sentence, which calendar programs show or keep in their log."""
    key = FeedKey.objects.get_by_token(token)
    if key is None:
        sentence = _("This calendar address is not valid. You can find a new one on the “Feeds” page.")
        return HttpResponse(f"{sentence}\n", status=410, content_type="text/plain; charset=utf-8")
    return _build_calendar_response(request, coalition, key.person)


@login_not_required
@require_GET
def calendar_date_file(request: Request, coalition: Coalition, day: str, source: str, pk: int) -> HttpResponse:
    """One date as a file, to add it to one's own calendar. Raises Http404 if this viewer can read no such date."""
    try:
        on = date.fromisoformat(day)
    except ValueError as error:
        raise Http404 from error
    body = write_single_date_calendar(coalition, request.user, on, f"{source}-{pk}")
    if body is None:
        raise Http404
    headers = {"Content-Disposition": f'attachment; filename="{source}-{pk}.ics"'}
    return HttpResponse(body, content_type=CALENDAR_CONTENT_TYPE, headers=headers)


def _build_calendar_response(request: Request, coalition: Coalition, viewer: Viewer) -> HttpResponse:
    response = HttpResponse(write_calendar_file(coalition, viewer, request.GET), content_type=CALENDAR_CONTENT_TYPE)
    response.headers["Content-Disposition"] = 'inline; filename="calendar.ics"'
    patch_cache_control(response, private=True, no_cache=True, max_age=FEED_CACHE_SECONDS)
    return response
