"""The glossary: words that mean something particular in the texts of a coalition."""

from itertools import groupby
from operator import attrgetter

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from jukwaa.coalitions.caching import kept_for_visitors
from jukwaa.coalitions.http import MemberRequest, Request
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.views.common import typed
from jukwaa.core.http import invalid, page
from jukwaa.core.overtaken import overtaken
from jukwaa.drafting import actions
from jukwaa.drafting.forms.glossary import TermForm
from jukwaa.drafting.models import Term
from jukwaa.records.doors import at_the_door

FORM = "drafting/term_form.html"
ON_A_PAGE = 100


@login_not_required
@require_GET
@kept_for_visitors
def term_list(request: Request, coalition: Coalition) -> HttpResponse:
    terms = Term.objects.filter(coalition=coalition).order_by("language", "name")
    found = Paginator(terms, ON_A_PAGE).get_page(request.GET.get("page"))
    languages = [(language, list(of_it)) for language, of_it in groupby(found, attrgetter("language"))]
    context = {"here": "texts", "page": found, "languages": languages, "may_define": request.standing.is_inside}
    return page(request, "drafting/term_list.html", context)


@require_http_methods(["GET", "POST"])
def term_new(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    _refuse_others(request)
    form = TermForm(typed(request), language=coalition.language)
    context = {"here": "texts", "form": form}
    if request.method == "GET":
        return page(request, FORM, context)
    if answer := at_the_door(request, coalition, "form", text=form.people_text):
        return answer
    if not form.is_valid():
        return invalid(request, FORM, context)
    try:
        language = form.cleaned_data["language"]
        actions.define_term(actor=request.user, coalition=coalition, language=language, **form.said())
    except actions.Known as known:
        form.add_error("name", str(known))
        return invalid(request, FORM, context)
    messages.success(request, _("It stands at the foot of each text that uses the word."))
    return redirect("drafting:term_list", coalition.slug)


@require_http_methods(["GET", "POST"])
def term_edit(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    term = get_object_or_404(Term, coalition=coalition, pk=pk)
    term.coalition = coalition
    _refuse_others(request)
    form = TermForm(typed(request), language=term.language, term=term)
    context = {"here": "texts", "form": form, "term": term}
    if request.method == "GET":
        return page(request, FORM, context)
    if answer := at_the_door(request, coalition, "form", text=form.people_text):
        return answer
    if not form.is_valid():
        return invalid(request, FORM, context)
    stamp = form.cleaned_data["version"] or 0
    try:
        actions.change_term(actor=request.user, term=term, from_stamp=stamp, **form.said())
    except actions.StaleTerm as stale:
        return overtaken(request, FORM, form, TermForm.initial_of(stale.current), context)
    except actions.Known as known:
        form.add_error("name", str(known))
        return invalid(request, FORM, context)
    messages.success(request, _("Saved."))
    return redirect("drafting:term_list", coalition.slug)


def _refuse_others(request: MemberRequest) -> None:
    if not request.standing.is_inside:
        raise PermissionDenied(_("Members write the glossary. You can apply to join."))
