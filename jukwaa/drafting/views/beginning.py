"""Beginning a text: with nothing, a template, a file, another text, or a record that it began as."""

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
from jukwaa.core.form_view import form_data, form_view
from jukwaa.core.http import page
from jukwaa.drafting import actions
from jukwaa.drafting.actions import Beginning, Draft
from jukwaa.drafting.bringing import Brought, adapted
from jukwaa.drafting.forms.texts import BeginForm, FileForm, packed
from jukwaa.drafting.models import BEGUN_HERE, Text
from jukwaa.drafting.schema import templates
from jukwaa.records import index
from jukwaa.records.models import Link, Record, State
from jukwaa.records.policies import is_author

CHOICE, NEW, BRING = "drafting/text_choice.html", "drafting/text_new.html", "drafting/text_bring.html"
SHOWN = 200  # clauses of a preview


@require_http_methods(["GET", "POST"])
def text_new(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    """First what it begins with, then what is said about it."""
    _refuse_others(request)
    adapts, began = (_record(request, coalition, name) for name in ("adapt", "from"))
    if request.method == "GET" and not (adapts or request.GET.get("form") in BEGUN_HERE):
        return _choice(request, coalition, began)
    form = _begin_form(request, adapts, began)
    return form_view(
        request,
        form,
        template=NEW,
        context=lambda: {"adapts": adapts, "began": began, **_drafts_of(form, adapts)},
        action=lambda: _begin_text(request, coalition, form, adapts, began),
        success=_("Draft saved. Only you can see it until you invite other drafters or share it with readers."),
        redirect_to=lambda text: reverse("drafting:text_write", args=[coalition.slug, text.pk]),
    )


def _begin_form(request: MemberRequest, adapts: Record | None, began: Record | None) -> BeginForm:
    source = adapts if adapts and not is_author(request.standing, adapts) else None
    initial = _initial(request, adapts or began)
    form = BeginForm(form_data(request), standing=request.standing, source=source, initial=initial)
    if adapts or request.POST.get("clauses"):
        del form.fields["begins"]
    return form


@require_http_methods(["GET", "POST"])
def text_bring(request: MemberRequest, coalition: Coalition) -> HttpResponse:  # noqa: ARG001 - every page has it
    """A file is read and shown as clauses; nothing is kept before its bringer says that a text begins so."""
    _refuse_others(request)
    form = FileForm(form_data(request), request.FILES if request.method == "POST" else None)
    return form_view(
        request,
        form,
        template=BRING,
        action=lambda: form.cleaned_data["file"],
        redirect_to=lambda brought: _show_brought(request, brought),
    )


def _show_brought(request: MemberRequest, brought: Brought) -> HttpResponse:
    began = BeginForm(
        standing=request.standing, initial={"title": brought.title[:250], "clauses": packed(brought.drafts)}
    )
    del began.fields["begins"]
    return page(request, NEW, {"form": began, "brought": brought, **_preview(brought.drafts)})


def _begin_text(
    request: MemberRequest, coalition: Coalition, form: BeginForm, adapts: Record | None, began: Record | None
) -> Text:
    beginning = Beginning(_clauses(form, adapts))
    if adapts:
        beginning = Beginning(beginning.clauses, adapts, Link.Relation.ADAPTED_FROM)
    elif began:
        beginning = Beginning(beginning.clauses, began)
    return actions.begin_text(actor=request.user, coalition=coalition, beginning=beginning, **form.told())


def _clauses(form: BeginForm, adapts: Record | None) -> list[Draft]:
    if adapts:
        return adapted(adapts)
    if form.cleaned_data["clauses"]:
        return list(form.cleaned_data["clauses"])
    if form.cleaned_data.get("begins") == "blank":
        return []
    parts = templates()[form.cleaned_data["form"]].in_language(form.cleaned_data["language"])
    return [Draft(body, kind, level) for kind, level, body in parts]


def _choice(request: MemberRequest, coalition: Coalition, began: Record | None) -> HttpResponse:
    q = request.GET.get("q", "")[:200]
    found = index.search(coalition, request.user, q, own_language=get_language() or "en").hits if q.strip() else []
    context = {
        "began": began,
        "forms": [(form, form.label, templates()[form].purpose) for form in BEGUN_HERE],
        "q": q,
        "found": [hit.record for hit in found if hit.record.state == State.PUBLISHED],
    }
    return page(request, CHOICE, context)


def _initial(request: MemberRequest, record: Record | None) -> dict[str, Any]:
    """What the record says already, and no wider than that. Whom it names is told to nobody but who wrote it."""
    given: dict[str, Any] = {}
    if (form := request.GET.get("form")) in BEGUN_HERE:
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


def _record(request: MemberRequest, coalition: Coalition, name: str) -> Record | None:
    """404 for a record that one may not see."""
    number = request.GET.get(name, "")
    if not number:
        return None
    readable = Record.objects.visible_to(request.user).of(coalition).filter(state=State.PUBLISHED)
    found = get_object_or_404(readable, pk=int(number) if number.isdecimal() and len(number) < 19 else 0)  # noqa: PLR2004 - longer than any number of a row
    found.coalition = coalition
    return found


def _drafts_of(form: BeginForm, adapts: Record | None) -> dict[str, Any]:
    """What it begins with: what was read from a file if the form came back, else the record that it is adapted from."""
    read = form.cleaned_data.get("clauses") if form.is_bound else None
    return _preview(read) or {"drafts": adapted(adapts)[:SHOWN] if adapts else []}


def _preview(drafts: Any) -> dict[str, Any]:
    return {"drafts": drafts[:SHOWN], "more": max(len(drafts) - SHOWN, 0)} if drafts else {}


def _refuse_others(request: MemberRequest) -> None:
    if not request.standing.is_inside:
        raise PermissionDenied(_("Only members can draft texts. You can apply to join."))
