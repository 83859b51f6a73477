"""The glossary: words that mean something particular in the texts of a coalition."""

from itertools import groupby
from operator import attrgetter

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from jukwaa.coalitions.caching import cache_for_visitors
from jukwaa.coalitions.http import MemberRequest, Request
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.http import render_page
from jukwaa.drafting import actions
from jukwaa.drafting.forms.glossary import TermForm
from jukwaa.drafting.models import Term

TERM_FORM_TEMPLATE = "drafting/term_form.html"
TERMS_PER_PAGE = 100


@login_not_required
@require_GET
@cache_for_visitors
def glossary_term_list(request: Request, coalition: Coalition) -> HttpResponse:
    terms = Term.objects.filter(coalition=coalition).order_by("language", "name")
    found = Paginator(terms, TERMS_PER_PAGE).get_page(request.GET.get("page"))
    languages = [(language, list(of_it)) for language, of_it in groupby(found, attrgetter("language"))]
    context = {"page": found, "languages": languages, "may_define": request.standing.is_inside}
    return render_page(request, "drafting/term_list.html", context)


@require_http_methods(["GET", "POST"])
def glossary_term_new(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    _require_coalition_member(request)
    form = TermForm(get_form_data(request), language=coalition.language)
    return form_view(
        request,
        form,
        template=TERM_FORM_TEMPLATE,
        action=lambda: actions.define_glossary_term(
            actor=request.user,
            coalition=coalition,
            language=form.cleaned_data["language"],
            **form.get_action_arguments(),
        ),
        success_message=_("Term saved. The definition will be shown at the end of each text that uses the term."),
        redirect_to=reverse("drafting:term_list", args=[coalition.slug]),
    )


@require_http_methods(["GET", "POST"])
def glossary_term_edit(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    term = get_object_or_404(Term, coalition=coalition, pk=pk)
    term.coalition = coalition
    _require_coalition_member(request)
    form = TermForm(get_form_data(request), language=term.language, term=term)
    return form_view(
        request,
        form,
        template=TERM_FORM_TEMPLATE,
        context={"term": term},
        action=lambda: actions.change_glossary_term(
            actor=request.user, term=term, seen_stamp=form.cleaned_data["version"] or 0, **form.get_action_arguments()
        ),
        current_values=lambda conflict: TermForm.get_initial(conflict.current),
        success_message=_("Term saved."),
        redirect_to=reverse("drafting:term_list", args=[coalition.slug]),
    )


def _require_coalition_member(request: MemberRequest) -> None:
    if not request.standing.is_inside:
        raise PermissionDenied(_("Only members can edit the glossary. You can apply to join."))
