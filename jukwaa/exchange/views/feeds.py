"""Feeds for everybody, feeds for somebody with a secret address, and the page that names them."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_GET, require_POST

from jukwaa.accounts.http import Viewer
from jukwaa.coalitions.caching import cache_for_visitors
from jukwaa.coalitions.http import MemberRequest, Request
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_view
from jukwaa.core.http import render_page
from jukwaa.exchange import actions
from jukwaa.exchange.feeds import FEED_LISTS, CoalitionAtomFeed, count_waiting_records, render_feed
from jukwaa.exchange.models import FeedKey
from jukwaa.updates.email_links import build_absolute_url

# What waits to stand in a feed comes in with time, and not with a change of the coalition.
FEED_CACHE_SECONDS = 300


@login_not_required
@require_GET
@conditional_page
@cache_for_visitors
def coalition_feed(request: Request, coalition: Coalition, name: str) -> HttpResponse:
    """What the world may read, whoever asks."""
    return _build_feed_response(request, coalition, AnonymousUser(), name, is_own_feed=False)


@login_not_required  # feed readers don't sign in: the secret in the address says who asks
@require_GET
@conditional_page
def own_feed(request: Request, coalition: Coalition, token: str, name: str) -> HttpResponse:
    key = FeedKey.objects.get_by_token(token)
    if key is None:
        raise Http404
    return _build_feed_response(request, coalition, key.person, name, is_own_feed=True)


def _build_feed_response(
    request: Request, coalition: Coalition, viewer: Viewer, feed_name: str, *, is_own_feed: bool
) -> HttpResponse:
    body = render_feed(feed_name, coalition, viewer, request.GET, request.path, is_own_feed=is_own_feed)
    response = HttpResponse(body, content_type=CoalitionAtomFeed.content_type)
    patch_cache_control(response, private=True, no_cache=True, max_age=FEED_CACHE_SECONDS)
    return response


@login_not_required
@require_GET
def feed_list(request: Request, coalition: Coalition) -> HttpResponse:
    key = FeedKey.objects.filter(person=request.user).first() if request.user.is_authenticated else None
    feeds = [
        (listed.title, build_absolute_url(reverse("exchange:feed", args=[coalition.slug, name])))
        for name, listed in FEED_LISTS.items()
    ]
    own = [
        (listed.title, build_absolute_url(reverse("exchange:own_feed", args=[coalition.slug, key.token, name])))
        for name, listed in FEED_LISTS.items()
        if key
    ]
    calendars = {
        "calendar": build_absolute_url(reverse("exchange:calendar", args=[coalition.slug])),
        "own_calendar": build_absolute_url(reverse("exchange:own_calendar", args=[coalition.slug, key.token]))
        if key
        else "",
    }
    waiting = count_waiting_records(coalition, request.user)
    context = {"feeds": feeds, "own": own, "waiting": waiting, **calendars}
    return render_page(request, "exchange/feed_list.html", context)


@require_POST
def feed_key_new(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    return form_view(
        request,
        action=lambda: actions.create_feed_key(person=request.user),
        success_message=_("Personal addresses created. You can find them below. Any earlier addresses no longer work."),
        redirect_to=reverse("exchange:feed_list", args=[coalition.slug]),
    )


@require_POST
def feed_key_end(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    return form_view(
        request,
        action=lambda: actions.delete_feed_key(person=request.user),
        success_message=_("Your personal addresses have been deleted. They no longer work."),
        redirect_to=reverse("exchange:feed_list", args=[coalition.slug]),
    )
