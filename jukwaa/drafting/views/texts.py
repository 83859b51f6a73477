"""What is said about a text, who drafts it, and opening it to its readers."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jukwaa.coalitions import directory
from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.views.common import typed
from jukwaa.core.http import invalid, page
from jukwaa.core.overtaken import overtaken
from jukwaa.drafting import actions, policies
from jukwaa.drafting.actions.clauses import OUT
from jukwaa.drafting.forms.texts import AboutTextForm
from jukwaa.drafting.models import Text
from jukwaa.drafting.views.common import around, drafted_text
from jukwaa.records.actions import Stale
from jukwaa.records.doors import at_the_door
from jukwaa.records.models import Authorship
from jukwaa.records.policies import wrote

EDIT = "drafting/text_edit.html"
FOUND = 20


@require_http_methods(["GET", "POST"])
def text_edit(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    text = drafted_text(request, coalition, pk)
    if not text.is_open_to_change:
        raise PermissionDenied(OUT)
    form = AboutTextForm(
        typed(request), standing=request.standing, text=text, sets_readers=wrote(request.standing, text)
    )
    context = {**around(request, text, "write"), "form": form}
    if request.method == "GET":
        return page(request, EDIT, context)
    if answer := at_the_door(request, coalition, "form", text=form.people_text):
        return answer
    if not form.is_valid():
        return invalid(request, EDIT, context)
    try:
        _save(request, text, form)
    except Stale:
        now = AboutTextForm.initial_of(drafted_text(request, coalition, pk))
        return overtaken(request, EDIT, form, now, context)
    messages.success(request, _("Saved. The version before is kept in the history."))
    return redirect("drafting:text_write", coalition.slug, pk)


def _save(request: MemberRequest, text: Text, form: AboutTextForm) -> None:
    """Raises Stale."""
    actions.change_text(
        actor=request.user,
        text=text,
        changes=form.changes(),
        from_version=form.cleaned_data["version"],
        areas=list(form.cleaned_data["areas"]),
        readers=form.readers() if form.sets_readers else None,
    )


@require_POST
def text_open(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    text = drafted_text(request, coalition, pk)
    if text.latest_revision() is None:
        messages.error(request, _("Name a revision first: that is what its readers read."))
        return redirect("drafting:revision_new", coalition.slug, pk)
    actions.open_text(actor=request.user, text=text)
    messages.success(request, _("It is open to its readers."))
    return redirect(text)


@require_GET
def text_drafters(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """Who drafts it; its authors find others here by name."""
    text = drafted_text(request, coalition, pk)
    drafters = list(Authorship.objects.filter(record=text.pk).select_related("person", "capacity").order_by("pk"))
    may_invite = text.is_open_to_change and policies.can_invite(request.user, text)
    q = request.GET.get("q", "").replace("\x00", "").strip()[:100]  # PostgreSQL takes no such letter
    found = []
    if may_invite and q:
        known = directory.people(request.standing).filter(name__icontains=q)
        found = list(known.exclude(pk__in=[one.person_id for one in drafters]).order_by("name", "pk")[:FOUND])
    context = {**around(request, text, "write"), "drafters": drafters, "may_invite": may_invite, "q": q, "found": found}
    return page(request, "drafting/text_drafters.html", context)


@require_POST
def drafter_invite(request: MemberRequest, coalition: Coalition, pk: int, person: int) -> HttpResponse:
    text = drafted_text(request, coalition, pk)
    chosen = get_object_or_404(directory.people(request.standing), pk=person)
    actions.invite_drafter(actor=request.user, text=text, person=chosen)
    messages.success(request, _("%(name)s drafts along now.") % {"name": chosen})
    return redirect("drafting:text_drafters", coalition.slug, pk)
