"""Searches that a person keeps: theirs alone."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.http import render_page
from jukwaa.search import actions
from jukwaa.search.facets import describe_search_request
from jukwaa.search.forms import SearchNameForm
from jukwaa.search.models import SavedSearch
from jukwaa.search.search_requests import load_areas_of_work, parse_search_request

SAVED_FORM_TEMPLATE = "search/saved_form.html"


@require_GET
def saved_search_list(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    own = SavedSearch.objects.filter(person=request.user, coalition=coalition)
    return render_page(request, "search/saved_list.html", {"searches": list(own)})


@require_http_methods(["GET", "POST"])
def saved_search_new(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    """The search stands in the address, as on its own page. 404 where there are no words to look for."""
    asked = parse_search_request(request.GET, load_areas_of_work(coalition))
    if not asked.query:
        raise Http404
    words = describe_search_request(asked, get_language() or "en")
    form = SearchNameForm(get_form_data(request), initial={"name": words})
    return form_view(
        request,
        form,
        template=SAVED_FORM_TEMPLATE,
        context={"words": words, "title": _("Save this search"), "asked": asked},
        action=lambda: actions.save_search(
            person=request.user, coalition=coalition, name=form.cleaned_data["name"], query_text=asked.address
        ),
        success_message=_("Search saved. You can find it in your saved searches."),
        redirect_to=f"{reverse('search:search', args=[coalition.slug])}?{asked.address}",
    )


@require_http_methods(["GET", "POST"])
def saved_search_rename(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    saved = _get_own_search_or_404(request, coalition, pk)
    form = SearchNameForm(get_form_data(request), initial={"name": saved.name})
    asked = parse_search_request(saved.parse_query(), load_areas_of_work(coalition))
    words = describe_search_request(asked, get_language() or "en")
    return form_view(
        request,
        form,
        template=SAVED_FORM_TEMPLATE,
        context={"words": words, "title": _("Rename this search"), "asked": asked},
        action=lambda: actions.rename_saved_search(saved_search=saved, search_name=form.cleaned_data["name"]),
        success_message=_("Search renamed."),
        redirect_to=reverse("search:saved_list", args=[coalition.slug]),
    )


@require_POST
def saved_search_remove(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    saved = _get_own_search_or_404(request, coalition, pk)
    return form_view(
        request,
        action=lambda: actions.remove_saved_search(saved_search=saved),
        success_message=_("“%(name)s” has been removed from your saved searches.") % {"name": saved.name},
        redirect_to=reverse("search:saved_list", args=[coalition.slug]),
    )


def _get_own_search_or_404(request: MemberRequest, coalition: Coalition, pk: int) -> SavedSearch:
    return get_object_or_404(SavedSearch, pk=pk, person=request.user, coalition=coalition)
