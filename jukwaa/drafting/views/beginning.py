"""Beginning a text: with nothing, a template, a file, another text, or a record that it began as."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.views.common import typed
from jukwaa.core.http import invalid, page
from jukwaa.drafting import actions
from jukwaa.drafting.actions import Beginning, Draft
from jukwaa.drafting.bringing import Brought, adapted
from jukwaa.drafting.forms.texts import BeginForm, FileForm, packed
from jukwaa.drafting.models import Form, Text
from jukwaa.drafting.schema import templates
from jukwaa.records import index
from jukwaa.records.doors import at_the_door
from jukwaa.records.models import Link, Record, State
from jukwaa.records.policies import is_author

CHOICE, NEW, BRING = "drafting/text_choice.html", "drafting/text_new.html", "drafting/text_bring.html"
SHOWN = 200  # clauses of a preview


@require_http_methods(["GET", "POST"])
def text_new(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    """First what it begins with, then what is said about it."""
    _refuse_others(request)
    adapts, began = (_record(request, coalition, name) for name in ("adapt", "from"))
    if request.method == "GET" and not (adapts or request.GET.get("form") in Form.values):
        return _choice(request, coalition, began)
    source = adapts if adapts and not is_author(request.user, adapts) else None
    initial = _initial(request, adapts or began)
    form = BeginForm(typed(request), standing=request.standing, source=source, initial=initial)
    if adapts or request.POST.get("clauses"):
        del form.fields["begins"]
    context = {"here": "texts", "form": form, "adapts": adapts, "began": began}
    context["drafts"] = adapted(adapts)[:SHOWN] if adapts else []
    if request.method == "GET":
        return page(request, NEW, context)
    if answer := at_the_door(request, coalition, "form", text=form.people_text):
        return answer
    if not form.is_valid():
        return invalid(request, NEW, context | _brought(form))
    try:
        text = _begin(request, coalition, form, adapts, began)
    except actions.TooLong as refused:
        form.add_error(None, str(refused))
        return invalid(request, NEW, context | _brought(form))
    messages.success(request, _("It is kept as a draft, which you alone see until you invite others or open it."))
    return redirect("drafting:text_write", coalition.slug, text.pk)


@require_http_methods(["GET", "POST"])
def text_bring(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    """A file is read and shown as clauses; nothing is kept before its bringer says that a text begins so."""
    _refuse_others(request)
    form = FileForm(typed(request), request.FILES or None)
    context = {"here": "texts", "form": form}
    if request.method == "GET":
        return page(request, BRING, context)
    form.is_valid()
    brought: Brought | None = form.cleaned_data.get("file")
    said = "\n\n".join(draft.body for draft in brought.drafts) if brought else ""
    name, data = form.upload
    if answer := at_the_door(request, coalition, "attachment", name=name, data=data, text=said):
        return answer
    if brought is None:
        return invalid(request, BRING, context)
    began = BeginForm(
        standing=request.standing, initial={"title": brought.title[:250], "clauses": packed(brought.drafts)}
    )
    del began.fields["begins"]
    return page(request, NEW, {"here": "texts", "form": began, "brought": brought, **_preview(brought.drafts)})


def _begin(
    request: MemberRequest, coalition: Coalition, form: BeginForm, adapts: Record | None, began: Record | None
) -> Text:
    """Raises TooLong."""
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
        "here": "texts",
        "began": began,
        "forms": [(form, form.label, templates()[form].purpose) for form in Form],
        "q": q,
        "found": [hit.record for hit in found if hit.record.state == State.PUBLISHED],
    }
    return page(request, CHOICE, context)


def _initial(request: MemberRequest, record: Record | None) -> dict[str, Any]:
    """What the record says already, and no wider than that. Whom it names is told to nobody but who wrote it."""
    given: dict[str, Any] = {}
    if (form := request.GET.get("form")) in Form.values:
        given["form"] = form
    if record is not None:
        is_own = is_author(request.user, record)
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


def _brought(form: BeginForm) -> dict[str, Any]:
    """The preview once more, where the form came back."""
    return _preview(form.cleaned_data.get("clauses") or [])


def _preview(drafts: Any) -> dict[str, Any]:
    return {"drafts": drafts[:SHOWN], "more": max(len(drafts) - SHOWN, 0)} if drafts else {}


def _refuse_others(request: MemberRequest) -> None:
    if not request.standing.is_inside:
        raise PermissionDenied(_("Members draft texts here. You can apply to join."))
