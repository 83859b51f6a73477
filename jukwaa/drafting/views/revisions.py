"""Revisions: named, listed, read again, and compared."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from jukwaa.coalitions.caching import kept_for_visitors
from jukwaa.coalitions.http import MemberRequest, Request
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_data, form_view
from jukwaa.core.http import page
from jukwaa.drafting import actions
from jukwaa.drafting.answered import credited
from jukwaa.drafting.comparing import Piece, Row, compare, folded
from jukwaa.drafting.forms.writing import RevisionForm
from jukwaa.drafting.models import Placement, Revision, Text
from jukwaa.drafting.policies import can_draft
from jukwaa.drafting.reading import offspring_of
from jukwaa.drafting.resting import shown_at
from jukwaa.drafting.views.common import around, drafted_text, revision_of, visible_text
from jukwaa.drafting.views.reading import body_of
from jukwaa.records.models import State

NEW = "drafting/revision_new.html"
ON_A_PAGE = 20
ROWS = 50  # of a comparison
NOW = "now"
CREDITED = 100  # inputs that a revision names


@login_not_required
@require_GET
@kept_for_visitors
def revision_list(request: Request, coalition: Coalition, pk: int) -> HttpResponse:
    text = visible_text(request, coalition, pk)
    revisions = list(text.revisions.order_by("-number"))
    context = {
        **around(request, text, "revisions"),
        "revisions": revisions,
        "is_new": not revisions or revisions[0].step != text.step,
        "page": Paginator(revisions, ON_A_PAGE).get_page(request.GET.get("page")),
    }
    now = [(NOW, _said(None))] if context["may_draft"] else []
    context["choices"] = [*now, *((str(revision.number), _said(revision)) for revision in revisions)]
    return page(request, "drafting/revision_list.html", context)


@login_not_required
@require_GET
@kept_for_visitors
def revision_detail(request: Request, coalition: Coalition, pk: int, number: int) -> HttpResponse:
    text = visible_text(request, coalition, pk)
    revision = revision_of(text, number)
    context = {
        **around(request, text, "revisions"),
        "revision": revision,
        "latest": text.latest_revision(),
        "credited": credited(revision)[:CREDITED],
        **body_of(request, text, Placement.objects.at(text, revision.step), revision),
    }
    return page(request, "drafting/revision_detail.html", context)


@require_http_methods(["GET", "POST"])
def revision_new(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    text = drafted_text(request, coalition, pk)
    form = RevisionForm(form_data(request))
    return form_view(
        request,
        form,
        template=NEW,
        context=lambda: {**around(request, text, "revisions"), "same_as": _find_same(request, text)},
        action=lambda: actions.name_revision_once(
            actor=request.user, text=text, name=form.cleaned_data["name"], note_on_it=form.cleaned_data["note"]
        ),
        success=lambda revision: _tell_named(text, revision),
        redirect_to=text,
    )


def _find_same(request: MemberRequest, text: Text) -> Revision | None:
    """Return the revision that reads as the text does, for the page as it is first opened."""
    latest = text.latest_revision() if request.method == "GET" else None
    return latest if latest and latest.step == text.step else None


def _tell_named(text: Text, revision: Revision) -> str:
    told = _("Revision %(number)s created. Readers can now see it.")
    if text.state == State.DRAFT:
        told = _("Revision %(number)s created. Share the text so that readers can see it.")
    return told % {"number": revision.number}


@login_not_required
@require_GET
@kept_for_visitors
def text_compare(request: Request, coalition: Coalition, pk: int) -> HttpResponse:
    """Two revisions, word by word. Drafters compare also with what is in the making."""
    text = visible_text(request, coalition, pk)
    may_draft = can_draft(request.standing, text)
    earlier, later = (_chosen(text, request.GET.get(name, ""), may_draft=may_draft) for name in ("from", "to"))
    if _step(later) < _step(earlier):
        earlier, later = later, earlier
    rows = compare(_pieces(text, earlier), _pieces(text, later), offspring_of(text))
    context: dict[str, Any] = {
        **around(request, text, "revisions"),
        "earlier": _said(earlier),
        "later": _said(later),
        "in_words": _in_words(rows),
        "page": Paginator(folded(rows), ROWS).get_page(request.GET.get("page")),
        "both": (earlier, later) if earlier and later else None,
    }
    return page(request, "drafting/text_compare.html", context)


def _chosen(text: Text, name: str, *, may_draft: bool) -> Revision | None:
    """None is what is in the making. 404 for what is not there for this viewer."""
    if name == NOW and may_draft:
        return None
    if not (name.isascii() and name.isdigit() and len(name) < 9):  # noqa: PLR2004 - no text has so many revisions
        raise Http404
    return revision_of(text, int(name))


def _step(revision: Revision | None) -> float:
    return float("inf") if revision is None else revision.step


def _pieces(text: Text, revision: Revision | None) -> list[Piece]:
    rows = Placement.objects.now(text) if revision is None else shown_at(text, revision)
    return [Piece(p.clause.number, p.wording.body, p.kind, p.level) for p in rows]


def _said(revision: Revision | None) -> str:
    if revision is None:
        return _("the current draft")
    number = _("revision %(number)s") % {"number": revision.number}
    return f"{number}: {revision.name}" if revision.name else number


def _in_words(rows: list[Row]) -> str:
    """How many clauses are not as they were."""
    changed = sum(1 for row in rows if row.fate not in {"same", "away"})
    if not changed:
        return ""
    sentence = ngettext("%(n)s of %(all)s clauses has changed.", "%(n)s of %(all)s clauses have changed.", changed)
    return sentence % {"n": changed, "all": sum(1 for row in rows if row.fate != "away")}
