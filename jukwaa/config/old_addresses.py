"""Addresses of earlier versions, and their addresses today: links in emails, feeds and bookmarks stay valid.

The first row that matches counts. Never remove a row, and never give an old address to another page:
tests/config/test_old_addresses.py checks both against the list of all old addresses.
"""

import re
from collections.abc import Callable, Mapping
from functools import cache

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import get_script_prefix
from django.urls.resolvers import RoutePattern
from django.utils.encoding import escape_uri_path

MOVED_SITE_PATHS = (
    ("account/leave/", "account/sign-out/confirm/"),
    ("account/address/stop/", "account/address/cancel/"),
    ("account/address/link/<str:token>/stop/", "account/address/link/<str:token>/cancel/"),
    ("account/delete/stop/", "account/delete/cancel/"),
    ("account/delete/keep/<str:token>/", "account/delete/cancel/<str:token>/"),
    ("mail/settings/nothing/", "mail/settings/stop-all/"),
    ("mail/take-out/<str:token>/", "mail/remove-me/<str:token>/"),
    ("mail/still-true/<str:token>/", "mail/up-to-date/<str:token>/"),
    ("mail/still-true/<str:token>/over/", "mail/up-to-date/<str:token>/close/"),
)

MOVED_COALITION_PATHS = (
    ("following/rhythm/", "following/frequency/"),
    ("updates/held/", "updates/approval/"),
    ("updates/held/release/", "updates/approval/send/"),
    ("updates/held/release-all/", "updates/approval/send-all/"),
    ("updates/held/discard/", "updates/approval/discard/"),
    ("updates/held/open/", "updates/approval/turn-off/"),
    ("coverage/observations/<int:pk>/say/", "coverage/observations/<int:pk>/respond/"),
    ("coverage/observations/voices/<int:pk>/", "coverage/observations/responses/<int:pk>/"),
    ("coverage/observations/voices/<int:pk>/take-back/", "coverage/observations/responses/<int:pk>/withdraw/"),
    ("coverage/invitations/<int:pk>/know/", "coverage/invitations/<int:pk>/introducers/new/"),
    ("coverage/invitations/<int:pk>/written/", "coverage/invitations/<int:pk>/contacted/"),
    ("coverage/briefs/<int:pk>/shape/", "coverage/briefs/<int:pk>/structure/"),
    ("coverage/briefs/<int:pk>/used/", "coverage/briefs/<int:pk>/add-use/"),
    ("coverage/briefs/deliveries/<int:pk>/take-back/", "coverage/briefs/deliveries/<int:pk>/withdraw/"),
    ("coverage/briefs/deliveries/<int:pk>/asked/", "coverage/briefs/deliveries/<int:pk>/questions/new/"),
    ("answer/<str:token>/never/", "answer/<str:token>/do-not-contact/"),
    ("plans/claims/", "plans/lead-requests/"),
    ("plans/claims/<int:pk>/yes/", "plans/lead-requests/<int:pk>/accept/"),
    ("plans/claims/<int:pk>/no/", "plans/lead-requests/<int:pk>/decline/"),
    ("plans/<int:pk>/carry-over/", "plans/<int:pk>/new-edition/"),
    ("plans/<int:pk>/claim/", "plans/<int:pk>/lead-requests/new/"),
    ("plans/<int:pk>/event/", "plans/<int:pk>/related/events/new/"),
    ("plans/<int:pk>/ties/<int:tie>/remove/", "plans/<int:pk>/related/<int:tie>/remove/"),
    ("plans/<int:pk>/capabilities/<slug:number>/ask/", "plans/<int:pk>/capabilities/<slug:number>/needs/new/"),
    ("plans/<int:pk>/capabilities/<slug:number>/share/", "plans/<int:pk>/capabilities/<slug:number>/practices/new/"),
    ("meetings/agreed/", "meetings/register/"),
    (
        "meetings/<int:pk>/minutes/items/<int:item>/rule/",
        "meetings/<int:pk>/minutes/items/<int:item>/chatham-house-rule/",
    ),
    ("meetings/<int:pk>/report/as/<slug:shape>/", "meetings/<int:pk>/report/formats/<slug:shape>/"),
    (
        "meetings/<int:pk>/report/as/<slug:shape>.<slug:ending>",
        "meetings/<int:pk>/report/formats/<slug:shape>.<slug:ending>",
    ),
    ("meetings/entries/<int:pk>/raise/", "meetings/entries/<int:pk>/create-record/"),
    ("meetings/ideas/<int:pk>/support/take-back/", "meetings/ideas/<int:pk>/support/withdraw/"),
    ("proposals/<int:pk>/people/<int:participant>/settle/", "proposals/<int:pk>/people/<int:participant>/resolve/"),
    ("readings/<int:pk>/enter/", "report-imports/<int:pk>/add/"),
    ("readings/<int:pk>/give-up/", "report-imports/<int:pk>/cancel/"),
    ("readings/<int:pk>/take-up/", "report-imports/<int:pk>/resume/"),
    (
        "readings/<int:pk>/suggestions/<int:suggestion>/refuse/",
        "report-imports/<int:pk>/suggestions/<int:suggestion>/reject/",
    ),
    (
        "readings/<int:pk>/suggestions/<int:suggestion>/again/",
        "report-imports/<int:pk>/suggestions/<int:suggestion>/reopen/",
    ),
    ("texts/<int:pk>/write/taken-out/", "texts/<int:pk>/write/removed/"),
    ("texts/<int:pk>/clauses/<int:number>/now/", "texts/<int:pk>/clauses/<int:number>/current/"),
    ("texts/<int:pk>/answers/together/", "texts/<int:pk>/answers/several/"),
    ("texts/consultations/<int:pk>/voices/", "texts/consultations/<int:pk>/responses/"),
    ("texts/consultations/<int:pk>/nudge/", "texts/consultations/<int:pk>/reminder/"),
    ("texts/consultations/<int:pk>/give/", "texts/consultations/<int:pk>/inputs/new/"),
    ("texts/inputs/<int:pk>/take-back/", "texts/inputs/<int:pk>/withdraw/"),
    (
        "texts/<int:pk>/consultations/<int:consultation>/returned/<uuid:token>/enter/",
        "texts/<int:pk>/consultations/<int:consultation>/returned/<uuid:token>/add/",
    ),
    (
        "texts/<int:pk>/consultations/<int:consultation>/returned/<uuid:token>/drop/",
        "texts/<int:pk>/consultations/<int:consultation>/returned/<uuid:token>/discard/",
    ),
    ("together/matches/<int:pk>/take-back/<slug:side>/", "cooperation/matches/<int:pk>/withdraw/<slug:side>/"),
    ("together/matches/<int:pk>/move/", "cooperation/matches/<int:pk>/status/"),
    ("together/enquiries/<int:pk>/shelve/", "cooperation/enquiries/<int:pk>/close-unanswered/"),
    ("together/work/<int:pk>/charter/take-back/", "cooperation/work/<int:pk>/charter/withdraw/"),
    ("together/work/<int:pk>/charter/drop/", "cooperation/work/<int:pk>/charter/discard/"),
    ("events/pledges/<int:pk>/take-back/", "events/pledges/<int:pk>/withdraw/"),
    ("events/<int:pk>/dates/<int:occurrence>/call-off/", "events/<int:pk>/dates/<int:occurrence>/cancel/"),
    ("events/<int:pk>/dates/<int:occurrence>/call/", "events/<int:pk>/dates/<int:occurrence>/call-for-pledges/"),
    ("events/<int:pk>/dates/<int:occurrence>/took-part/", "events/<int:pk>/dates/<int:occurrence>/participation/"),
    ("library/collections/<int:pk>/whole.<slug:ending>", "library/collections/<int:pk>/collection.<slug:ending>"),
    ("library/collect/<int:pk>/", "library/collections/add/<int:pk>/"),
    ("library/<int:pk>/translation/holds/", "library/<int:pk>/translation/up-to-date/"),
    ("library/<int:pk>/travels/", "library/<int:pk>/usage/"),
    ("library/<int:pk>/used/", "library/<int:pk>/usage/new/"),
    ("library/uses/<int:pk>/take-back/", "library/uses/<int:pk>/withdraw/"),
    ("library/<int:pk>/review/take-back/", "library/<int:pk>/review/withdraw/"),
    ("library/<int:pk>/review/pass-on/", "library/<int:pk>/review/reassign/"),
    ("organisations/<int:pk>/belong/", "organisations/<int:pk>/affiliations/new/"),
    ("organisations/<int:pk>/merge/<int:other>/do/", "organisations/<int:pk>/merge/<int:other>/confirm/"),
    ("organisations/<int:pk>/apart/<int:other>/", "organisations/<int:pk>/keep-separate/<int:other>/"),
    ("imports/<int:pk>/enter/", "imports/<int:pk>/add/"),
    ("imports/<int:pk>/rows/<int:row>/leave-out/", "imports/<int:pk>/rows/<int:row>/skip/"),
    ("people/<int:pk>/take-out/", "people/<int:pk>/remove/"),
    ("affiliations/<int:pk>/speaks/", "affiliations/<int:pk>/representative/"),
    ("affiliations/<int:pk>/silent/", "affiliations/<int:pk>/not-representative/"),
    ("roles/give/", "roles/assign/"),
    ("records/not-taken/", "records/not-accepted/"),
    ("records/held/", "records/quarantine/"),
    ("records/held/<int:pk>/", "records/quarantine/<int:pk>/"),
    ("records/held/<int:pk>/release/", "records/quarantine/<int:pk>/release/"),
    ("records/held/<int:pk>/purge/", "records/quarantine/<int:pk>/delete/"),
    ("records/comments/<int:pk>/purge/", "records/comments/<int:pk>/delete/"),
    ("records/<int:pk>/talk/", "records/<int:pk>/discussion/"),
    ("records/<int:pk>/history/<int:number>/purge/", "records/<int:pk>/history/<int:number>/delete/"),
    ("records/<int:pk>/hold/", "records/<int:pk>/quarantine/"),
    ("records/<int:pk>/purge/", "records/<int:pk>/delete/"),
    ("desk/", "tasks/"),
    ("begin/", "getting-started/"),
    ("together/", "cooperation/"),
    ("together/<path:rest>", "cooperation/<path:rest>"),
    ("readings/", "report-imports/"),
    ("readings/<path:rest>", "report-imports/<path:rest>"),
    ("take/<path:rest>", "downloads/<path:rest>"),
    ("updates/list/", "mailing-list/"),
    ("updates/list/<path:rest>", "mailing-list/<path:rest>"),
    ("settings/list/", "settings/mailing-list/"),
    ("settings/list/<path:rest>", "settings/mailing-list/<path:rest>"),
)

_ROUTE_PARAMETER_PATTERN = re.compile(r"<(?:\w+:)?(\w+)>")


class OldAddressMiddleware:
    """Redirect an old address, with its method and its query string. It does not query the database."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        new = find_new_path(request.path_info)
        if new is None:
            return self.get_response(request)
        query = request.META.get("QUERY_STRING", "")
        address = get_script_prefix() + escape_uri_path(new) + (f"?{query}" if query else "")
        return HttpResponsePermanentRedirect(address, preserve_request=True)


def find_new_path(path: str) -> str | None:
    """Return the current path of an old path, without the first slash, or None if it is not an old path."""
    asked = path.removeprefix("/")
    spellings = [asked] if asked.endswith("/") else [asked, f"{asked}/"]
    found = ((old.match(spelling), new) for old, new in _build_old_route_patterns() for spelling in spellings)
    return next((_fill_route_parameters(new, match[2]) for match, new in found if match), None)


def _fill_route_parameters(route_pattern: str, route_values: Mapping[str, object]) -> str:
    return _ROUTE_PARAMETER_PATTERN.sub(lambda parameter: str(route_values[parameter[1]]), route_pattern)


@cache
def _build_old_route_patterns() -> list[tuple[RoutePattern, str]]:
    below = [(f"<slug:coalition>/{old}", f"<slug:coalition>/{new}") for old, new in MOVED_COALITION_PATHS]
    return [(RoutePattern(old, is_endpoint=True), new) for old, new in (*MOVED_SITE_PATHS, *below)]
