"""The accepted sessions of a forum: imported, marked by theme, and letters to those who organise them."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.http import render_page
from jukwaa.proposals import actions, policies
from jukwaa.proposals.call import CallForProposals
from jukwaa.proposals.call_catalogue import get_call_catalogue
from jukwaa.proposals.forms import SessionImportForm
from jukwaa.proposals.models import SessionList
from jukwaa.proposals.session_page import build_invitation_letter, build_session_page
from jukwaa.proposals.views.calls import get_call_entry_or_404, require_call_reader


def _get_call_or_404(coalition: Coalition, call_name: str) -> CallForProposals:
    call = get_call_entry_or_404(get_call_catalogue(coalition), call_name).call
    if call is None:
        raise Http404
    return call


def _require_session_importer(request: MemberRequest, coalition: Coalition) -> None:
    if not policies.can_import_sessions(request.standing, coalition):
        raise PermissionDenied(_("Only coordinators, chairs and rapporteurs can import sessions."))


@require_GET
def session_list(request: MemberRequest, coalition: Coalition, name: str) -> HttpResponse:
    """The imported list. `?all` shows every session, and not only those that concern the coalition."""
    require_call_reader(request, coalition)
    call = _get_call_or_404(coalition, name)
    listed = SessionList.objects.filter(coalition=coalition, call_name=name).first()
    can_import = policies.can_import_sessions(request.standing, coalition)
    if listed is None:
        return (
            redirect("proposals:session_import", coalition.slug, name)
            if can_import
            else _render_empty_session_list(request, call)
        )
    shown = build_session_page(request.user, coalition, listed)
    context = {"call": call, "shown": shown, "can_import": can_import, "shows_all": "all" in request.GET}
    return render_page(request, "proposals/session_list.html", context)


def _render_empty_session_list(request: MemberRequest, call: CallForProposals) -> HttpResponse:
    return render_page(request, "proposals/session_list.html", {"call": call, "shown": None})


@require_http_methods(["GET", "POST"])
def session_import(request: MemberRequest, coalition: Coalition, name: str) -> HttpResponse:
    _require_session_importer(request, coalition)
    call = _get_call_or_404(coalition, name)
    files = request.FILES if request.method == "POST" else None
    form = SessionImportForm(get_form_data(request), files, initial={"zone": coalition.time_zone})
    return form_view(
        request,
        form,
        template="proposals/session_import.html",
        context={"call": call},
        action=lambda: actions.import_session_list(
            actor=request.user, coalition=coalition, call_name=name, parsed_sessions=form.reading
        ),
        success_message=_("List imported. Sessions on our theme are marked."),
        redirect_to=reverse("proposals:session_list", args=[coalition.slug, name]),
    )


@require_POST
def session_remove(request: MemberRequest, coalition: Coalition, name: str) -> HttpResponse:
    return form_view(
        request,
        action=lambda: actions.remove_session_list(actor=request.user, coalition=coalition, call_name=name),
        success_message=_("List removed."),
        redirect_to=reverse("proposals:call_detail", args=[coalition.slug, name]),
    )


@require_GET
def session_letter(request: MemberRequest, coalition: Coalition, name: str, row: int) -> HttpResponse:
    """A draft of a letter to those who organise a session. It is sent from the reader's own mail."""
    _require_session_importer(request, coalition)
    call = _get_call_or_404(coalition, name)
    listed = get_object_or_404(SessionList, coalition=coalition, call_name=name)
    marked = build_session_page(request.user, coalition, listed).find_session(row)
    if marked is None:
        raise Http404
    address = request.build_absolute_uri(reverse("coalitions:apply", args=[coalition.slug]))
    context = {"call": call, "marked": marked, "letter": build_invitation_letter(coalition, marked, address)}
    return render_page(request, "proposals/session_letter.html", context)
