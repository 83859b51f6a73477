"""An item in another language: begun, brought up to date, and withdrawn along with its original."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jukwaa.coalitions.caching import kept_for_visitors
from jukwaa.coalitions.http import MemberRequest, Request
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_data, form_view
from jukwaa.core.http import page
from jukwaa.library import actions, policies
from jukwaa.library.forms import SeenForm, TranslateForm, UpdateForm, WithdrawItemForm
from jukwaa.library.languages import Languages, changes_since, languages_of
from jukwaa.library.models import Item
from jukwaa.library.views.common import visible_item
from jukwaa.records.policies import can_withdraw
from jukwaa.records.views.common import QUESTION, withdrawal_question

NEW = "library/translation_new.html"
EDIT = "library/translation_edit.html"


@require_http_methods(["GET", "POST"])
def translation_new(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """From a translation one is led to its original: there is one text that all others follow."""
    original = visible_item(request, coalition, pk)
    if not original.is_open_to_change or not policies.can_translate(request.standing, original):
        raise PermissionDenied(_("Only members can translate. To join, apply on the members page."))
    languages = languages_of(original, request.user)
    if languages.is_translation:
        return redirect("library:translation_new", coalition.slug, languages.original.pk)
    taken = [record.language for record in languages.all]
    form = TranslateForm(form_data(request), standing=request.standing, original=original, taken=taken)
    return form_view(
        request,
        form,
        template=NEW,
        context={"item": original, "languages": languages},
        action=lambda: _translate(request, original, form),
        success=_("Draft saved. Only you can see it. Check it, then publish it."),
        redirect_to=lambda item: item,
    )


def _translate(request: MemberRequest, original: Item, form: TranslateForm) -> Item:
    return actions.translate_item(
        actor=request.user,
        original=original,
        language=form.cleaned_data["language"],
        organisation=form.organisation(),
        token=form.cleaned_data["token"],
        **form.written(),
    )


@require_http_methods(["GET", "POST"])
def translation_edit(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """Beside the original as it is now, with what has changed in it since."""
    item = visible_item(request, coalition, pk)
    languages = _of_translation(request, item)
    if not (item.is_open_to_change and policies.can_edit(request.standing, item)):
        raise PermissionDenied(
            _("Only the person who shared this, the rapporteur, an editor or a coordinator can change it.")
        )
    original = visible_item(request, coalition, languages.original.pk)
    form = UpdateForm(form_data(request), translation=item, original=original)
    return form_view(
        request,
        form,
        template=EDIT,
        context={
            "item": item,
            "languages": languages,
            "changes": _changes(request, languages, original),
        },
        action=lambda: _save(request, item, form.written(), form.cleaned_data["version"], form.cleaned_data["seen"]),
        current_values=lambda _conflict: UpdateForm.initial_of(visible_item(request, coalition, pk)),
        success=_("Translation saved. It matches the current original."),
        redirect_to=item,
    )


@require_POST
def translation_holds(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """It is still right, although the original has changed: as far as the version that was on screen."""
    item = visible_item(request, coalition, pk)
    _of_translation(request, item)
    form = SeenForm(request.POST)
    return form_view(
        request,
        form,
        action=lambda: _save(request, item, {}, item.version, form.cleaned_data["seen"]),
        success=_("Translation confirmed as still correct."),
        redirect_to=item,
    )


def _save(request: MemberRequest, item: Item, changes: dict[str, Any], version: int, seen: int) -> None:
    actions.update_translation(
        actor=request.user, translation=item, changes=changes, from_version=version, original_version=seen
    )


@login_not_required
@require_GET
@kept_for_visitors
def translation_changes(request: Request, coalition: Coalition, pk: int) -> HttpResponse:
    """What has changed in the original since it was translated."""
    item = visible_item(request, coalition, pk)
    languages = _of_translation(request, item)
    original = visible_item(request, coalition, languages.original.pk)
    may_edit = request.user.is_authenticated and item.is_open_to_change and policies.can_edit(request.standing, item)
    context = {"item": item, "languages": languages, "may_edit": may_edit}
    context["changes"] = _changes(request, languages, original)
    return page(request, "library/translation_changes.html", context)


def _of_translation(request: Request | MemberRequest, item: Item) -> Languages:
    """404 for what is no translation of anything that one may see."""
    languages = languages_of(item, request.user)
    if not languages.is_translation:
        raise Http404
    return languages


def _changes(request: Request | MemberRequest, languages: Languages, original: Item) -> Any:
    return changes_since(original, languages.version, request.user)


@require_http_methods(["GET", "POST"])
def item_withdraw(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """As any record; what was translated from it can go with it."""
    item = visible_item(request, coalition, pk)
    if not can_withdraw(request.standing, item):
        raise PermissionDenied
    languages = languages_of(item, request.user)
    has_translations = not languages.is_translation and bool(languages.translations)
    form = WithdrawItemForm(form_data(request), has_translations=has_translations)
    return form_view(
        request,
        form,
        template=QUESTION,
        context=withdrawal_question(item),
        action=lambda: actions.withdraw_with_translations(actor=request.user, item=item, **form.said()),
        success=_("“%(title)s” has been withdrawn.") % {"title": item.title},
        redirect_to=reverse("library:item_list", args=[coalition.slug]),
    )
