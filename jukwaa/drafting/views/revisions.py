"""Revisions: named, listed, read again, and compared."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from jukwaa.coalitions.caching import cache_for_visitors
from jukwaa.coalitions.http import MemberRequest, Request
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.public_names import screen_fields_for_names
from jukwaa.coalitions.views.public_names import build_names_context, confirm_public_names
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.http import render_page
from jukwaa.drafting import actions
from jukwaa.drafting.answer_queries import find_credited_inputs
from jukwaa.drafting.comparison import ComparisonRow, compare_clause_states, fold_unchanged_rows
from jukwaa.drafting.draft_changes import load_clause_states
from jukwaa.drafting.forms.clauses import RevisionForm
from jukwaa.drafting.models import Placement, Revision, Text
from jukwaa.drafting.policies import can_draft_text
from jukwaa.drafting.public_names import find_names_new_in_draft, will_everyone_read_text
from jukwaa.drafting.text_outline import get_descendants_by_clause
from jukwaa.drafting.views.common import build_text_context, get_draft_text_or_404, get_revision_or_404, get_text_or_404
from jukwaa.drafting.views.text_pages import build_clauses_context
from jukwaa.records.models import State

CONTINUE_TO_PUBLISH_VALUE = "publish"
REVISION_NEW_TEMPLATE = "drafting/revision_new.html"
REVISIONS_PER_PAGE = 20
COMPARISON_ROWS_PER_PAGE = 50  # of a comparison
CURRENT_DRAFT_VALUE = "now"
MAX_CREDITED_INPUTS = 100  # inputs that a revision names


@login_not_required
@require_GET
@cache_for_visitors
def revision_list(request: Request, coalition: Coalition, pk: int) -> HttpResponse:
    text = get_text_or_404(request, coalition, pk)
    revisions = list(text.revisions.order_by("-number"))
    context = {
        **build_text_context(request, text, "revisions"),
        "revisions": revisions,
        "is_new": not revisions or revisions[0].step != text.step,
        "page": Paginator(revisions, REVISIONS_PER_PAGE).get_page(request.GET.get("page")),
    }
    now = [(CURRENT_DRAFT_VALUE, _describe_compared_revision(None))] if context["may_draft"] else []
    context["choices"] = [
        *now,
        *((str(revision.number), _describe_compared_revision(revision)) for revision in revisions),
    ]
    return render_page(request, "drafting/revision_list.html", context)


@login_not_required
@require_GET
@cache_for_visitors
def revision_detail(request: Request, coalition: Coalition, pk: int, number: int) -> HttpResponse:
    text = get_text_or_404(request, coalition, pk)
    revision = get_revision_or_404(text, number)
    context = {
        **build_text_context(request, text, "revisions"),
        "revision": revision,
        "latest": text.get_latest_revision(),
        "credited": find_credited_inputs(revision)[:MAX_CREDITED_INPUTS],
        **build_clauses_context(request, text, Placement.objects.at(text, revision.step), revision),
    }
    return render_page(request, "drafting/revision_detail.html", context)


@require_http_methods(["GET", "POST"])
def revision_new(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    text = get_draft_text_or_404(request, coalition, pk)
    form = RevisionForm(get_form_data(request))
    if will_everyone_read_text(text):
        screen_fields_for_names(form, request.standing, "name", "note")
    found = find_names_new_in_draft(request.standing, text)
    is_for_publishing = request.POST.get("continue") == CONTINUE_TO_PUBLISH_VALUE
    return form_view(
        request,
        form,
        template=REVISION_NEW_TEMPLATE,
        context=lambda: {
            **build_text_context(request, text, "revisions"),
            "same_as": _find_unchanged_revision(request, text),
            **build_names_context(found),
        },
        confirm=lambda: confirm_public_names(
            request,
            found,
            template=REVISION_NEW_TEMPLATE,
            context=build_text_context(request, text, "revisions")
            | {"form": form, "continue_to": request.POST.get("continue", "")},
            for_members=True,
        ),
        action=lambda: actions.create_named_revision_once(
            actor=request.user,
            text=text,
            revision_name=form.cleaned_data["name"],
            revision_note=form.cleaned_data["note"],
        ),
        success_message=lambda revision: _format_created_message(text, revision),
        redirect_to=reverse("drafting:edition_new", args=[coalition.slug, text.pk]) if is_for_publishing else text,
    )


def _find_unchanged_revision(request: MemberRequest, text: Text) -> Revision | None:
    """Return the revision that reads as the text does, for the page as it is first opened."""
    latest = text.get_latest_revision() if request.method == "GET" else None
    return latest if latest and latest.step == text.step else None


def _format_created_message(text: Text, revision: Revision) -> str:
    told = _("Revision %(number)s created. Readers can now see it.")
    if text.state == State.DRAFT:
        told = _("Revision %(number)s created. Share the text so that readers can see it.")
    return told % {"number": revision.number}


@login_not_required
@require_GET
@cache_for_visitors
def revision_compare(request: Request, coalition: Coalition, pk: int) -> HttpResponse:
    """Two revisions, word by word. Drafters compare also with what is in the making."""
    text = get_text_or_404(request, coalition, pk)
    may_draft = can_draft_text(request.standing, text)
    earlier, later = (
        _get_chosen_revision(text, request.GET.get(name, ""), can_draft=may_draft) for name in ("from", "to")
    )
    if _get_step_or_infinity(later) < _get_step_or_infinity(earlier):
        earlier, later = later, earlier
    rows = compare_clause_states(
        load_clause_states(text, earlier), load_clause_states(text, later), get_descendants_by_clause(text)
    )
    context: dict[str, Any] = {
        **build_text_context(request, text, "revisions"),
        "earlier": _describe_compared_revision(earlier),
        "later": _describe_compared_revision(later),
        "in_words": _describe_changed_clause_count(rows),
        "page": Paginator(fold_unchanged_rows(rows), COMPARISON_ROWS_PER_PAGE).get_page(request.GET.get("page")),
        "both": (earlier, later) if earlier and later else None,
    }
    return render_page(request, "drafting/text_compare.html", context)


def _get_chosen_revision(text: Text, parameter_name: str, *, can_draft: bool) -> Revision | None:
    """None is what is in the making. 404 for what is not there for this viewer."""
    if parameter_name == CURRENT_DRAFT_VALUE and can_draft:
        return None
    if not (parameter_name.isascii() and parameter_name.isdigit() and len(parameter_name) < 9):  # noqa: PLR2004 - no text has so many revisions
        raise Http404
    return get_revision_or_404(text, int(parameter_name))


def _get_step_or_infinity(revision: Revision | None) -> float:
    return float("inf") if revision is None else revision.step


def _describe_compared_revision(revision: Revision | None) -> str:
    if revision is None:
        return _("the current draft")
    number = _("revision %(number)s") % {"number": revision.number}
    return f"{number}: {revision.name}" if revision.name else number


def _describe_changed_clause_count(comparison_rows: list[ComparisonRow]) -> str:
    """How many clauses are not as they were."""
    changed = sum(1 for row in comparison_rows if row.fate not in {"same", "away"})
    if not changed:
        return ""
    sentence = ngettext("%(n)s of %(all)s clauses has changed.", "%(n)s of %(all)s clauses have changed.", changed)
    return sentence % {"n": changed, "all": sum(1 for row in comparison_rows if row.fate != "away")}
