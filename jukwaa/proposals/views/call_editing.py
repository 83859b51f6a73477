"""Add a call: from last year's in a form, as a file, or as text. Nothing is saved before the preview."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import HTTP_INVALID_FORM_STATUS, form_view, get_form_data
from jukwaa.core.http import render_page
from jukwaa.core.refusals import EditConflict
from jukwaa.proposals import actions, policies
from jukwaa.proposals.call import CallForProposals
from jukwaa.proposals.call_catalogue import CallCatalogueEntry, get_call_catalogue, get_last_call_version_number
from jukwaa.proposals.call_page import build_call_page
from jukwaa.proposals.call_writer import format_call_as_toml
from jukwaa.proposals.forms import CallForm, CallTextForm, CallUploadForm
from jukwaa.proposals.models import CallFile
from jukwaa.proposals.views.calls import get_call_entry_or_404

NEW_TEMPLATE, FORM_TEMPLATE, TEXT_TEMPLATE = (
    "proposals/call_new.html",
    "proposals/call_form.html",
    "proposals/call_text.html",
)
CALL_PREVIEW_TEMPLATE = "proposals/call_preview.html"


def require_call_editor(request: MemberRequest, coalition: Coalition) -> None:
    if not policies.can_edit_calls(request.standing, coalition):
        raise PermissionDenied(_("Only coordinators can add or change calls for proposals."))


@require_GET
def call_new(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    require_call_editor(request, coalition)
    return render_page(request, NEW_TEMPLATE, _get_call_choices_context(coalition) | {"form": CallUploadForm()})


@require_POST
def call_upload(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    require_call_editor(request, coalition)
    form = CallUploadForm(request.POST, request.FILES)
    return form_view(
        request,
        form,
        template=NEW_TEMPLATE,
        context=lambda: _get_call_choices_context(coalition),
        action=lambda: form.text,
        redirect_to=lambda text: _show_preview_or_errors(request, coalition, text),
    )


def _get_call_choices_context(coalition: Coalition) -> dict[str, Any]:
    calls = [entry.call for entry in get_call_catalogue(coalition).values() if entry.call]
    return {"calls": sorted(calls, key=lambda call: (-call.year, call.title))}


@require_http_methods(["GET", "POST"])
def call_form(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    """The new call as a form that begins with what an earlier one says. `from` in the address is its name."""
    require_call_editor(request, coalition)
    before = _get_call_or_404(get_call_catalogue(coalition), request.GET.get("from", ""))
    form = CallForm(get_form_data(request), previous_call=before)
    return form_view(
        request,
        form,
        template=FORM_TEMPLATE,
        context={"before": before},
        action=lambda: format_call_as_toml(form.build_call()),
        redirect_to=lambda text: _show_preview_or_errors(request, coalition, text),
    )


def _get_call_or_404(catalogue_entries: dict[str, CallCatalogueEntry], call_name: str) -> CallForProposals:
    call = get_call_entry_or_404(catalogue_entries, call_name).call
    if call is None:
        raise Http404
    return call


@require_http_methods(["GET", "POST"])
def call_text(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    """The file as text: of the call `name` in the address, to edit it, or of a new one.

    It is saved by the button of the preview, which every other POST leads to.
    """
    require_call_editor(request, coalition)
    form = CallTextForm(get_form_data(request), initial=_get_initial_call_text(request, coalition))
    return form_view(
        request,
        form,
        template=TEXT_TEMPLATE,
        confirm=lambda: _confirm_call_changes(request, coalition, form),
        action=lambda: actions.save_call_file(
            actor=request.user,
            coalition=coalition,
            text=form.cleaned_data["text"],
            edited_call_name=form.cleaned_data["edited"],
            version=form.cleaned_data["version"],
        ),
        current_values=_get_current_call_values,
        success_message=_("Call for proposals saved."),
        redirect_to=lambda saved: redirect("proposals:call_detail", coalition.slug, saved.name),
    )


def _confirm_call_changes(request: MemberRequest, coalition: Coalition, form: CallTextForm) -> HttpResponse | None:
    match request.POST.get("step"):
        case "save":
            return None
        case "edit":
            return render_page(request, TEXT_TEMPLATE, {"form": form})
        case _:
            return _show_call_preview(request, coalition, form)


def _get_initial_call_text(request: MemberRequest, coalition: Coalition) -> dict[str, Any]:
    name = request.GET.get("name", "")
    if request.method != "GET" or not name:
        return {}
    entry = get_call_entry_or_404(get_call_catalogue(coalition), name)
    return {"text": entry.text, "edited": name, "version": get_last_call_version_number(coalition, name)}


def _show_preview_or_errors(request: MemberRequest, coalition: Coalition, text: str) -> HttpResponse:
    """Show the preview of a new call, or its text with what is wrong in it."""
    form = CallTextForm({"text": text})
    if form.is_valid():
        return _show_call_preview(request, coalition, form)
    return render_page(request, TEXT_TEMPLATE, {"form": form}, status=HTTP_INVALID_FORM_STATUS)


def _show_call_preview(request: MemberRequest, coalition: Coalition, form: CallTextForm) -> HttpResponse:
    shown = build_call_page(get_call_catalogue(coalition), form.call, timezone.now())
    return render_page(request, CALL_PREVIEW_TEMPLATE, {"form": form, "call": form.call, "shown": shown})


def _get_current_call_values(edit_conflict: EditConflict) -> dict[str, Any]:
    current: CallFile = edit_conflict.current
    return {"text": current.text, "edited": current.name, "version": current.number}
