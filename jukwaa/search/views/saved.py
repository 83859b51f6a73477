"""Searches that a person keeps: theirs alone."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.http import invalid, page
from jukwaa.search import actions
from jukwaa.search.facets import in_words
from jukwaa.search.forms import NameForm
from jukwaa.search.models import SavedSearch
from jukwaa.search.narrowing import areas_of, narrowing

FORM = "search/saved_form.html"


@require_GET
def saved_list(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    own = SavedSearch.objects.filter(person=request.user, coalition=coalition)
    return page(request, "search/saved_list.html", {"here": "search", "searches": list(own)})


@require_http_methods(["GET", "POST"])
def saved_new(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    """The search stands in the address, as on its own page. 404 where there are no words to look for."""
    asked = narrowing(request.GET, areas_of(coalition))
    if not asked.query:
        raise Http404
    words = in_words(asked, get_language() or "en")
    form = NameForm(request.POST or None, initial={"name": words})
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["name"]
        try:
            actions.save_search(person=request.user, coalition=coalition, name=name, query=asked.address)
        except actions.TooMany as refused:
            form.add_error(None, str(refused.sentence))
        else:
            messages.success(request, _("The search is saved. It stands among your searches."))
            return redirect(f"{reverse('search:search', args=[coalition.slug])}?{asked.address}")
    context = {"here": "search", "form": form, "words": words, "title": _("Save this search"), "asked": asked}
    return invalid(request, FORM, context) if form.errors else page(request, FORM, context)


@require_http_methods(["GET", "POST"])
def saved_rename(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    saved = _own(request, coalition, pk)
    form = NameForm(request.POST or None, initial={"name": saved.name})
    if request.method == "POST" and form.is_valid():
        actions.rename_search(saved=saved, name=form.cleaned_data["name"])
        messages.success(request, _("The search has its new name."))
        return redirect("search:saved_list", coalition.slug)
    asked = narrowing(saved.as_asked(), areas_of(coalition))
    words = in_words(asked, get_language() or "en")
    context = {"here": "search", "form": form, "words": words, "title": _("Rename a search"), "asked": asked}
    return invalid(request, FORM, context) if form.errors else page(request, FORM, context)


@require_POST
def saved_remove(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    saved = _own(request, coalition, pk)
    actions.remove_search(saved=saved)
    messages.success(request, _("“%(name)s” is gone from your searches.") % {"name": saved.name})
    return redirect("search:saved_list", coalition.slug)


def _own(request: MemberRequest, coalition: Coalition, pk: int) -> SavedSearch:
    return get_object_or_404(SavedSearch, pk=pk, person=request.user, coalition=coalition)
