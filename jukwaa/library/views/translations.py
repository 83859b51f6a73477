"""An item in another language: begun, brought up to date, and withdrawn along with its original."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jukwaa.coalitions.caching import cache_for_visitors
from jukwaa.coalitions.http import MemberRequest, Request
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.http import render_page
from jukwaa.library import actions, policies
from jukwaa.library.forms import NewTranslationForm, SeenVersionForm, UpdateTranslationForm, WithdrawItemForm
from jukwaa.library.item_languages import ItemLanguages, diff_since_version, get_item_languages
from jukwaa.library.models import Item
from jukwaa.library.views.common import get_item_or_404
from jukwaa.records.policies import can_withdraw_record
from jukwaa.records.views.common import CONFIRMATION_TEMPLATE, build_withdrawal_confirmation

TRANSLATION_NEW_TEMPLATE = "library/translation_new.html"
TRANSLATION_EDIT_TEMPLATE = "library/translation_edit.html"


@require_http_methods(["GET", "POST"])
def translation_new(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """From a translation one is led to its original: there is one text that all others follow."""
    original = get_item_or_404(request, coalition, pk)
    if not original.is_open_to_change or not policies.can_translate_item(request.standing, original):
        raise PermissionDenied(_("Only members can translate library items. To join, apply on the members page."))
    languages = get_item_languages(original, request.user)
    if languages.is_translation:
        return redirect("library:translation_new", coalition.slug, languages.original.pk)
    used_languages = [record.language for record in languages.all]
    form = NewTranslationForm(
        get_form_data(request), standing=request.standing, original=original, used_languages=used_languages
    )
    return form_view(
        request,
        form,
        template=TRANSLATION_NEW_TEMPLATE,
        context={"item": original, "languages": languages},
        action=lambda: _create_item_translation(request, original, form),
        success_message=_("Draft saved. Only you can see it. Check it, then publish it."),
        redirect_to=lambda item: item,
    )


def _create_item_translation(request: MemberRequest, original: Item, form: NewTranslationForm) -> Item:
    return actions.translate_item(
        actor=request.user,
        original=original,
        language=form.cleaned_data["language"],
        organisation=form.get_organisation(),
        token=form.cleaned_data["token"],
        **form.written(),
    )


@require_http_methods(["GET", "POST"])
def translation_edit(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """Beside the original as it is now, with what has changed in it since."""
    item = get_item_or_404(request, coalition, pk)
    languages = _get_languages_or_404(request, item)
    if not (item.is_open_to_change and policies.can_edit_library_record(request.standing, item)):
        raise PermissionDenied(
            _("Only the person who shared this item, the rapporteur, an editor or a coordinator can change it.")
        )
    original = get_item_or_404(request, coalition, languages.original.pk)
    form = UpdateTranslationForm(get_form_data(request), translation=item, original=original)
    return form_view(
        request,
        form,
        template=TRANSLATION_EDIT_TEMPLATE,
        context={
            "item": item,
            "languages": languages,
            "changes": _get_original_changes(request, languages, original),
        },
        action=lambda: _save_item_translation(
            request, item, form.written(), form.cleaned_data["version"], form.cleaned_data["seen"]
        ),
        current_values=lambda _conflict: UpdateTranslationForm.get_initial(get_item_or_404(request, coalition, pk)),
        success_message=_("Translation saved. It matches the current original."),
        redirect_to=item,
    )


@require_POST
def translation_confirm_current(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """It is still right, although the original has changed: as far as the version that was on screen."""
    item = get_item_or_404(request, coalition, pk)
    _get_languages_or_404(request, item)
    form = SeenVersionForm(request.POST)
    return form_view(
        request,
        form,
        action=lambda: _save_item_translation(request, item, {}, item.version, form.cleaned_data["seen"]),
        success_message=_("Translation confirmed as still correct."),
        redirect_to=item,
    )


def _save_item_translation(
    request: MemberRequest, item: Item, changes: dict[str, Any], item_version: int, seen_version: int
) -> None:
    actions.update_translation(
        actor=request.user, translation=item, changes=changes, from_version=item_version, original_version=seen_version
    )


@login_not_required
@require_GET
@cache_for_visitors
def original_changes(request: Request, coalition: Coalition, pk: int) -> HttpResponse:
    """What has changed in the original since it was translated."""
    item = get_item_or_404(request, coalition, pk)
    languages = _get_languages_or_404(request, item)
    original = get_item_or_404(request, coalition, languages.original.pk)
    may_edit = (
        request.user.is_authenticated
        and item.is_open_to_change
        and policies.can_edit_library_record(request.standing, item)
    )
    context = {"item": item, "languages": languages, "may_edit": may_edit}
    context["changes"] = _get_original_changes(request, languages, original)
    return render_page(request, "library/translation_changes.html", context)


def _get_languages_or_404(request: Request | MemberRequest, item: Item) -> ItemLanguages:
    """404 for what is no translation of anything that one may see."""
    languages = get_item_languages(item, request.user)
    if not languages.is_translation:
        raise Http404
    return languages


def _get_original_changes(request: Request | MemberRequest, languages: ItemLanguages, original: Item) -> Any:
    return diff_since_version(original, languages.version, request.user)


@require_http_methods(["GET", "POST"])
def item_withdraw(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """As any record; what was translated from it can go with it."""
    item = get_item_or_404(request, coalition, pk)
    if not can_withdraw_record(request.standing, item):
        raise PermissionDenied
    languages = get_item_languages(item, request.user)
    has_translations = not languages.is_translation and bool(languages.translations)
    form = WithdrawItemForm(get_form_data(request), has_translations=has_translations)
    return form_view(
        request,
        form,
        template=CONFIRMATION_TEMPLATE,
        context=build_withdrawal_confirmation(item),
        action=lambda: actions.withdraw_item_and_translations(
            actor=request.user, item=item, **form.get_action_arguments()
        ),
        success_message=_("“%(title)s” has been withdrawn.") % {"title": item.title},
        redirect_to=reverse("library:item_list", args=[coalition.slug]),
    )
