"""An item in another language: begun beside its original, and brought up to date when that moves on."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.capacities import create_capacity
from jukwaa.coalitions.models import Organisation
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.transactions import lock_rows
from jukwaa.library import policies
from jukwaa.library.actions.items import change_item
from jukwaa.library.actions.readers import copy_record_audience
from jukwaa.library.item_languages import TEXT_FIELD_TYPES, TRANSLATES_RELATION, get_item_languages
from jukwaa.library.models import Item
from jukwaa.records.actions import begin_record, get_or_create_link, withdraw_record
from jukwaa.records.models import Link, Record


@action
def translate_item(
    *,
    actor: Person,
    original: Item,
    language: str,
    title: str,
    organisation: Organisation | None = None,
    token: UUID | None = None,
    details: dict[str, str] | None = None,
    **texts: str,
) -> Item:
    """Begin an item in another language as a draft: what needs no translating is taken over, and so are its readers.

    The same form sent twice makes one. Raises PermissionDenied, and ActionRefused where it can be read in that
    language already.
    """
    if not original.is_open_to_change or not policies.can_translate_item(ViewerContext(actor), original):
        raise PermissionDenied
    if token is not None and (there := Item.objects.visible_to(actor).filter(token=token).first()):
        return there
    _check_language_available(actor, original, language)
    chosen = {field.name: answer for field, answer in original.answers if field.type not in TEXT_FIELD_TYPES}
    capacity = create_capacity(coalition=original.coalition, person=actor, organisation=organisation)
    item = Item(coalition=original.coalition, kind=original.kind, title=title, language=language, token=token, **texts)
    item.label, item.countries, item.review_by = original.label, original.countries, original.review_by
    item.asks_for_review, item.details = original.asks_for_review, {**chosen, **(details or {})}
    begin_record(actor=actor, record=item, capacity=capacity)
    item.areas.set(original.areas.all())
    copy_record_audience(original, item)
    get_or_create_link(item, original, TRANSLATES_RELATION, source_version=original.version)
    return item


def _check_language_available(actor: Person, original: Item, language: str) -> None:
    languages = get_item_languages(original, actor)
    if languages.is_translation:
        raise ActionRefused(_("Translate the original instead. This item is already a translation."))
    if any(record.language == language for record in languages.all):
        raise ActionRefused(
            _(
                "Choose another language, or improve the existing translation. This "
                "item is already available in this language."
            )
        )


@action
def update_translation(
    *, actor: Person, translation: Item, changes: dict[str, Any], from_version: int, original_version: int
) -> Item:
    """Bring it up to date with the version of the original that its translator had before them.

    Without changes it says that the translation still holds. Raises PermissionDenied and EditConflict.
    """
    changed = change_item(actor=actor, item=translation, changes=changes, from_version=from_version)
    link = lock_rows(Link.objects.filter(from_record=translation.pk, relation=TRANSLATES_RELATION)).get()
    seen = min(original_version, link.to_record.version)
    if seen > (link.version or 0):
        link.version = seen
        link.save(update_fields=["version"])
    if changed.version == from_version:
        record_activity(actor=actor, verb="confirmed-translation", subject=translation, coalition=translation.coalition)
    return changed


@action
def withdraw_item_and_translations(*, actor: Person, item: Item, reason: str, translations: bool) -> Record:
    """As `withdraw_record`; its translations too, if one wants that. Whoever may withdraw the original may do so."""
    withdrawn = withdraw_record(actor=actor, record=item, reason=reason)
    if translations:
        links = Link.objects.filter(to_record=item.pk, relation=TRANSLATES_RELATION).select_related(
            "from_record__coalition"
        )
        for link in links.order_by("pk"):
            withdraw_record(actor=actor, record=link.from_record, reason=reason, is_trusted=True)
    return withdrawn
