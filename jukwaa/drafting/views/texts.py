"""What is said about a text, who drafts it, and opening it to its readers."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jukwaa.coalitions import directory
from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.public_names import screen_fields_for_names
from jukwaa.coalitions.views.public_names import confirm_public_names
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.http import render_page
from jukwaa.drafting import actions, policies
from jukwaa.drafting.actions.clauses import TEXT_WITHDRAWN_MESSAGE
from jukwaa.drafting.forms.texts import TextEditForm
from jukwaa.drafting.models import Text
from jukwaa.drafting.public_names import find_names_in_revisions
from jukwaa.drafting.views.common import build_text_context, get_draft_text_or_404
from jukwaa.records.models import Authorship, Label
from jukwaa.records.policies import is_author

CONFIRM_TEMPLATE = "records/ask.html"
TEXT_EDIT_TEMPLATE = "drafting/text_edit.html"
MAX_PEOPLE_FOUND = 20


@require_http_methods(["GET", "POST"])
def text_edit(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    text = get_draft_text_or_404(request, coalition, pk)
    if not text.is_open_to_change:
        raise PermissionDenied(TEXT_WITHDRAWN_MESSAGE)
    form = TextEditForm(
        get_form_data(request), standing=request.standing, text=text, sets_readers=is_author(request.standing, text)
    )
    context = build_text_context(request, text, "write")
    if form.will_everyone_read_text():
        screen_fields_for_names(form, request.standing, *{"title", "summary"}.intersection(form.changed_data))
    return form_view(
        request,
        form,
        template=TEXT_EDIT_TEMPLATE,
        context=context,
        confirm=lambda: confirm_public_names(
            request,
            find_names_in_revisions(request.standing, text) if form.opens_to_everyone() else [],
            template=TEXT_EDIT_TEMPLATE,
            context=context | {"form": form},
            for_members=True,
        ),
        action=lambda: _save_text_from_form(request, text, form),
        current_values=lambda _conflict: TextEditForm.get_initial(get_draft_text_or_404(request, coalition, pk)),
        success_message=_("Changes saved. You can find the previous version in the history."),
        redirect_to=reverse("drafting:text_write", args=[coalition.slug, pk]),
    )


def _save_text_from_form(request: MemberRequest, text: Text, form: TextEditForm) -> Text:
    return actions.change_text(
        actor=request.user,
        text=text,
        changed_fields=form.get_changed_fields(),
        from_version=form.cleaned_data["version"],
        areas_of_work=list(form.cleaned_data["areas"]),
        readers=form.readers() if form.sets_readers else None,
    )


@require_POST
def text_open_to_members(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    text = get_draft_text_or_404(request, coalition, pk)
    return form_view(
        request,
        confirm=lambda: _redirect_if_no_revision(request, text) or _confirm_names_in_shared_text(request, text),
        action=lambda: actions.open_text_to_readers(actor=request.user, text=text),
        success_message=_("Text shared. Its readers can now see its revisions."),
        redirect_to=text,
    )


def _redirect_if_no_revision(request: MemberRequest, text: Text) -> HttpResponse | None:
    """Lead to the form that names a revision if there is none yet."""
    if text.get_latest_revision() is not None:
        return None
    messages.error(request, _("Create a revision first. Readers can only see revisions."))
    return redirect("drafting:revision_new", text.coalition.slug, text.pk)


def _confirm_names_in_shared_text(request: MemberRequest, text: Text) -> HttpResponse | None:
    found = find_names_in_revisions(request.standing, text) if text.label == Label.CLEAR else []
    context = {
        "title": _("Share this text with everyone?"),
        "object": text.title,
        "button": _("Share with readers"),
        "back": text.get_absolute_url(),
    }
    return confirm_public_names(request, found, template=CONFIRM_TEMPLATE, context=context, for_members=True)


@require_GET
def text_drafter_list(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """Who drafts it; its authors find others here by name."""
    text = get_draft_text_or_404(request, coalition, pk)
    drafters = list(Authorship.objects.filter(record=text.pk).select_related("person", "capacity").order_by("pk"))
    may_invite = text.is_open_to_change and policies.can_invite_drafter(request.standing, text)
    q = request.GET.get("q", "").replace("\x00", "").strip()[:100]  # PostgreSQL takes no such letter
    found = []
    if may_invite and q:
        known = directory.get_visible_people(request.standing).filter(name__icontains=q)
        found = list(
            known.exclude(pk__in=[one.person_id for one in drafters]).order_by("name", "pk")[:MAX_PEOPLE_FOUND]
        )
    context = {
        **build_text_context(request, text, "write"),
        "drafters": drafters,
        "may_invite": may_invite,
        "q": q,
        "found": found,
    }
    return render_page(request, "drafting/text_drafters.html", context)


@require_POST
def text_drafter_invite(request: MemberRequest, coalition: Coalition, pk: int, person: int) -> HttpResponse:
    text = get_draft_text_or_404(request, coalition, pk)
    chosen = get_object_or_404(directory.get_visible_people(request.standing), pk=person)
    return form_view(
        request,
        action=lambda: actions.invite_text_drafter(actor=request.user, text=text, person=chosen),
        success_message=_("%(name)s is now a drafter of this text.") % {"name": chosen},
        redirect_to=reverse("drafting:text_drafters", args=[coalition.slug, pk]),
    )
