"""The calls of forums, for members: a list, and a page for each."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_view
from jukwaa.core.http import render_page
from jukwaa.core.uploads import build_download_headers
from jukwaa.proposals import actions, policies
from jukwaa.proposals.call_catalogue import CallCatalogueEntry, get_call_catalogue
from jukwaa.proposals.call_page import build_call_page, group_calls_by_phase
from jukwaa.records.views.common import get_origin_or_404

TOML_MEDIA_TYPE = "application/toml; charset=utf-8"


def require_call_reader(request: MemberRequest, coalition: Coalition) -> None:
    if not policies.can_read_calls(request.standing, coalition):
        raise PermissionDenied(_("Only members can see calls for proposals."))


def get_call_entry_or_404(catalogue_entries: dict[str, CallCatalogueEntry], call_name: str) -> CallCatalogueEntry:
    if call_name not in catalogue_entries:
        raise Http404
    return catalogue_entries[call_name]


@require_GET
def call_list(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    require_call_reader(request, coalition)
    entries = get_call_catalogue(coalition)
    context = {
        "origin": get_origin_or_404(request, coalition),
        "groups": group_calls_by_phase(entries, timezone.now()),
        "unreadable": [entry for entry in entries.values() if entry.call is None],
        "can_edit": policies.can_edit_calls(request.standing, coalition),
    }
    return render_page(request, "proposals/call_list.html", context)


@require_GET
def call_detail(request: MemberRequest, coalition: Coalition, name: str) -> HttpResponse:
    require_call_reader(request, coalition)
    entries = get_call_catalogue(coalition)
    entry = get_call_entry_or_404(entries, name)
    if entry.call is None:
        raise Http404
    context = {
        "entry": entry,
        "call": entry.call,
        "shown": build_call_page(entries, entry.call, timezone.now()),
        "origin": get_origin_or_404(request, coalition),
        "can_propose": policies.can_start_proposal(request.standing, coalition),
        "can_edit": policies.can_edit_calls(request.standing, coalition),
    }
    return render_page(request, "proposals/call_detail.html", context)


@require_GET
def call_file(request: MemberRequest, coalition: Coalition, name: str) -> HttpResponse:
    require_call_reader(request, coalition)
    entry = get_call_entry_or_404(get_call_catalogue(coalition), name)
    return HttpResponse(entry.text, headers=build_download_headers(f"{entry.name}.toml", TOML_MEDIA_TYPE))


@require_POST
def call_remove(request: MemberRequest, coalition: Coalition, name: str) -> HttpResponse:
    return form_view(
        request,
        action=lambda: actions.remove_call_file(actor=request.user, coalition=coalition, call_name=name),
        success_message=_("Call for proposals removed."),
        redirect_to=reverse("proposals:call_list", args=[coalition.slug]),
    )
