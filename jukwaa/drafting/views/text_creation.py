"""Beginning a text: with nothing, a template, a file, another text, or a record that it began as."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.circulation import excludes_members
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.http import render_page
from jukwaa.drafting import actions
from jukwaa.drafting.actions import ClauseDraft, TextStart
from jukwaa.drafting.clause_numbering import assign_clause_numbers
from jukwaa.drafting.consultation_hints import remove_email_addresses
from jukwaa.drafting.forms.texts import TextBeginForm, TextImportForm, sign_clause_drafts
from jukwaa.drafting.importing import ImportedFile, build_adapted_drafts
from jukwaa.drafting.models import SELECTABLE_TEXT_FORMS, Text
from jukwaa.drafting.text_templates import load_text_templates
from jukwaa.records import index
from jukwaa.records.models import Label, Link, Record, State
from jukwaa.records.policies import is_author

CHOICE_TEMPLATE, NEW_TEMPLATE, IMPORT_TEMPLATE = (
    "drafting/text_choice.html",
    "drafting/text_new.html",
    "drafting/text_bring.html",
)
MAX_PREVIEW_CLAUSES = 200  # clauses of a preview


@require_http_methods(["GET", "POST"])
def text_new(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    """First what it begins with, then what is said about it."""
    _require_coalition_member(request)
    adapts, began = (_get_record_or_404(request, coalition, name) for name in ("adapt", "from"))
    if request.method == "GET" and not (adapts or request.GET.get("form") in SELECTABLE_TEXT_FORMS):
        return _render_text_choice(request, coalition, began)
    form = _build_text_begin_form(request, adapts, began)
    return form_view(
        request,
        form,
        template=NEW_TEMPLATE,
        context=lambda: {
            "adapts": adapts,
            "began": began,
            "purpose": _get_purpose_of_form(request),
            **_build_drafts_context(form, adapts),
        },
        action=lambda: _begin_text_from_form(request, coalition, form, adapts, began),
        success_message=_("Draft saved. Only you can see it until you invite other drafters or share it with readers."),
        redirect_to=lambda text: text if form.cleaned_data["clauses"] else _get_writing_url(text),
    )


def _get_purpose_of_form(request: MemberRequest) -> object:
    form = request.GET.get("form", "")
    return load_text_templates()[form].purpose if form in SELECTABLE_TEXT_FORMS else ""


def _get_writing_url(text: Text) -> str:
    return reverse("drafting:text_write", args=[text.coalition.slug, text.pk])


def _build_text_begin_form(
    request: MemberRequest, adapted_record: Record | None, origin_record: Record | None
) -> TextBeginForm:
    source = adapted_record if adapted_record and not is_author(request.standing, adapted_record) else None
    initial = _build_initial_text_values(request, adapted_record or origin_record)
    form = TextBeginForm(get_form_data(request), standing=request.standing, source_record=source, initial=initial)
    if adapted_record or request.POST.get("clauses"):
        del form.fields["begins"]
    return form


@require_http_methods(["GET", "POST"])
def text_import(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    """A file is read and shown as clauses; nothing is kept before its bringer says that a text begins so."""
    _require_coalition_member(request)
    files = request.FILES if request.method == "POST" else None
    form = TextImportForm(get_form_data(request), files, coalition=coalition)
    return form_view(
        request,
        form,
        template=IMPORT_TEMPLATE,
        action=lambda: form.cleaned_data["file"],
        redirect_to=lambda brought: _render_import_preview(request, brought),
    )


def _render_import_preview(request: MemberRequest, imported_file: ImportedFile) -> HttpResponse:
    initial = {
        "summary": "\n".join(map(remove_email_addresses, imported_file.cover_lines))[:1000],
        "title": imported_file.title[:250],
        "clauses": sign_clause_drafts(imported_file.drafts),
    }
    if imported_file.circulation_limit:
        initial["label"] = Label.RED if excludes_members(imported_file.circulation_limit) else Label.GREEN
    began = TextBeginForm(standing=request.standing, initial=initial)
    del began.fields["begins"]
    return render_page(
        request, NEW_TEMPLATE, {"form": began, "brought": imported_file, **_build_preview_context(imported_file.drafts)}
    )


def _begin_text_from_form(
    request: MemberRequest,
    coalition: Coalition,
    form: TextBeginForm,
    adapted_record: Record | None,
    origin_record: Record | None,
) -> Text:
    beginning = TextStart(_get_clause_drafts(form, adapted_record))
    if adapted_record:
        beginning = TextStart(beginning.clauses, adapted_record, Link.Relation.ADAPTED_FROM)
    elif origin_record:
        beginning = TextStart(beginning.clauses, origin_record)
    return actions.begin_text(
        actor=request.user, coalition=coalition, beginning=beginning, **form.get_action_arguments()
    )


def _get_clause_drafts(form: TextBeginForm, adapted_record: Record | None) -> list[ClauseDraft]:
    if adapted_record:
        return build_adapted_drafts(adapted_record)
    if form.cleaned_data["clauses"]:
        return list(form.cleaned_data["clauses"])
    if form.cleaned_data.get("begins") == "blank":
        return []
    parts = load_text_templates()[form.cleaned_data["form"]].get_template_clauses(form.cleaned_data["language"])
    return [ClauseDraft(body, kind, level) for kind, level, body in parts]


def _render_text_choice(request: MemberRequest, coalition: Coalition, origin_record: Record | None) -> HttpResponse:
    q = request.GET.get("q", "")[:200]
    found = (
        index.search_records(coalition, request.user, q, own_language=get_language() or "en").hits if q.strip() else []
    )
    context = {
        "began": origin_record,
        "forms": [(form, form.label) for form in SELECTABLE_TEXT_FORMS],
        "q": q,
        "import_form": TextImportForm(coalition=coalition),
        "found": [hit.record for hit in found if hit.record.state == State.PUBLISHED],
    }
    return render_page(request, CHOICE_TEMPLATE, context)


def _build_initial_text_values(request: MemberRequest, record: Record | None) -> dict[str, Any]:
    """What the record says already, and no wider than that. Whom it names is told to nobody but who wrote it."""
    given: dict[str, Any] = {}
    if (form := request.GET.get("form")) in SELECTABLE_TEXT_FORMS:
        given["form"] = form
    if record is not None:
        is_own = is_author(request.standing, record)
        named = list(record.audience.select_related("organisation", "person")) if is_own else []
        given |= {
            "language": record.language,
            "label": record.label,
            "organisations": "\n".join(row.organisation.name for row in named if row.organisation),
            "persons": "\n".join(row.person.email or row.person.name for row in named if row.person),
            "areas": list(record.areas.all()),
        }
    if record is not None and isinstance(record.whole(), Text):
        given |= {"title": record.title, "summary": record.summary}
    return given


def _get_record_or_404(request: MemberRequest, coalition: Coalition, parameter_name: str) -> Record | None:
    """404 for a record that one may not see."""
    number = request.GET.get(parameter_name, "")
    if not number:
        return None
    readable = Record.objects.visible_to(request.user).of(coalition).filter(state=State.PUBLISHED)
    found = get_object_or_404(readable, pk=int(number) if number.isdecimal() and len(number) < 19 else 0)  # noqa: PLR2004 - longer than any number of a row
    found.coalition = coalition
    return found


def _build_drafts_context(form: TextBeginForm, adapted_record: Record | None) -> dict[str, Any]:
    """What it begins with: what was read from a file if the form came back, else the record that it is adapted from."""
    read = form.cleaned_data.get("clauses") if form.is_bound else None
    return _build_preview_context(read) or {
        "drafts": _label_clause_drafts(build_adapted_drafts(adapted_record))[:MAX_PREVIEW_CLAUSES]
        if adapted_record
        else []
    }


def _build_preview_context(clause_drafts: Any) -> dict[str, Any]:
    if not clause_drafts:
        return {}
    return {
        "drafts": _label_clause_drafts(clause_drafts)[:MAX_PREVIEW_CLAUSES],
        "more": max(len(clause_drafts) - MAX_PREVIEW_CLAUSES, 0),
    }


def _label_clause_drafts(clause_drafts: Sequence[ClauseDraft]) -> list[tuple[str, ClauseDraft]]:
    """Each with the number that it will have."""
    numbers = assign_clause_numbers([draft.own_number for draft in clause_drafts], 1)
    return [(own or str(number), draft) for (number, own), draft in zip(numbers, clause_drafts, strict=True)]


def _require_coalition_member(request: MemberRequest) -> None:
    if not request.standing.is_inside:
        raise PermissionDenied(_("Only members can draft texts. You can apply to join."))
