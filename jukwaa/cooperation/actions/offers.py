"""Offering help and asking for it: said, changed, confirmed, closed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.capacities import create_capacity
from jukwaa.coalitions.models import Affiliation, AreaOfWork, Coalition, Membership, Organisation
from jukwaa.coalitions.standing import Standing, ViewerContext
from jukwaa.cooperation import policies
from jukwaa.cooperation.models import NEED_KIND, OFFER_KIND, Need, Offer
from jukwaa.cooperation.models.help import extract_help_terms
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.transactions import lock_row
from jukwaa.library.actions.readers import RecordReaders, set_record_readers
from jukwaa.records.actions import begin_record, change_record
from jukwaa.records.actions.links import copy_record_sources, get_or_create_link
from jukwaa.records.models import Link, Record, State

HELP_REVIEW_INTERVAL = timedelta(days=180)  # then whose it is is asked whether it is still true

type HelpRecord = Offer | Need

HELP_KIND_BY_MODEL: dict[type[HelpRecord], str] = {Offer: OFFER_KIND, Need: NEED_KIND}


@dataclass(frozen=True, kw_only=True)
class HelpOwner:
    """An organisation for which the actor speaks; or whom the source names, in the directory or as it is written."""

    organisation: Organisation | None = None
    as_written: str = ""
    origin: Record | None = None


@action
def create_offer_or_need(
    *,
    actor: Person,
    coalition: Coalition,
    help_model: type[HelpRecord],
    whose: HelpOwner,
    said: dict[str, Any],
    areas: Sequence[AreaOfWork] = (),
    readers: RecordReaders | None = None,
    token: UUID | None = None,
) -> HelpRecord:
    """Say what an organisation offers or needs; it is open at once. The same form sent twice says it once.

    `said` are values of the model's fields. Raises PermissionDenied, and ActionRefused with a sentence.
    """
    if token is not None and (there := help_model.objects.visible_to(actor).filter(token=token).first()):
        return there
    _require_owner_permission(actor, coalition, whose)
    readers = readers or RecordReaders()
    words: dict[str, Any] = {
        "language": coalition.language,
        "review_by": timezone.localdate() + HELP_REVIEW_INTERVAL,
        **said,
    }
    given = help_model(
        coalition=coalition,
        kind=HELP_KIND_BY_MODEL[help_model],
        label=readers.label,
        organisation=whose.organisation,
        whose=whose.as_written,
        confirmed_on=timezone.localdate(),
        token=token,
        **words,
    )
    _refuse_invalid_dates(given.starts_on, given.until)
    _refuse_invalid_contact(given, given.contact)
    given.terms = extract_help_terms(given)
    speaks = whose.organisation is not None and policies.can_offer_help(ViewerContext(actor), whose.organisation)
    capacity = create_capacity(coalition=coalition, person=actor, organisation=whose.organisation if speaks else None)
    begin_record(actor=actor, record=given, capacity=capacity, is_published=True)
    given.areas.set(areas)
    set_record_readers(actor=actor, record=given, readers=readers)
    if whose.origin is not None:
        get_or_create_link(given, whose.origin, Link.Relation.BEGAN_AS)
        copy_record_sources(given, whose.origin)
    return given


def _require_owner_permission(actor: Person, coalition: Coalition, help_owner: HelpOwner) -> None:
    """Raises PermissionDenied, and ActionRefused."""
    organisation = help_owner.organisation
    if organisation is not None and has_left_coalition(organisation):
        raise ActionRefused(
            _("%(name)s has left the coalition. It can offer and ask for help again once it is a member again.")
            % {"name": organisation.name}
        )
    if organisation is not None and policies.can_offer_help(ViewerContext(actor), organisation):
        return
    if not policies.can_record_help_for_others(ViewerContext(actor), coalition):
        raise PermissionDenied(
            _("You can publish offers and needs once your organisation has confirmed that you may represent it.")
        )
    if help_owner.origin is None:
        raise PermissionDenied(
            _("To record what another organisation offers or needs, start from the record where this was mentioned.")
        )
    if getattr(help_owner.origin.whole(), "is_chatham", False):
        raise ActionRefused(
            _(
                "This meeting was held under the Chatham House Rule, so speakers are not recorded. Ask the"
                " organisation to publish its own offer or need."
            )
        )


def has_left_coalition(organisation: Organisation) -> bool:
    """Was a member, and is none today. Whoever never was one may offer all the same."""
    rows = Membership.objects.filter(organisation=organisation)
    return rows.ever_belonged().exists() and not rows.active().exists()


def build_has_left_condition() -> Any:
    """Build the condition of `has_left_coalition` for the rows of a query."""
    rows = Membership.objects.filter(organisation=OuterRef("organisation"))
    return Exists(rows.ever_belonged()) & ~Exists(rows.active())


def _refuse_invalid_dates(starts_on: date | None, valid_until: date | None) -> None:
    if starts_on and valid_until and valid_until < starts_on:
        raise ActionRefused(_("Choose an end date on or after the start date."), "until")


def _refuse_invalid_contact(help_record: Offer | Need, person: Person | None) -> None:
    """Who is introduced has to speak for it. Raises ActionRefused."""
    if person is None:
        return
    speaking = Affiliation.objects.confirmed().filter(
        organisation=help_record.organisation, person=person, may_speak=True
    )
    if help_record.organisation_id is None or not speaking.exists():
        raise ActionRefused(_("Choose a person who may represent this organisation."), "contact")


@action
def change_offer_or_need(
    *,
    actor: Person,
    offer_or_need: HelpRecord,
    changes: dict[str, Any],
    from_version: int,
    areas: Sequence[AreaOfWork] | None = None,
    readers: RecordReaders | None = None,
    contact: tuple[Person | None, str] | None = None,
    owner: Organisation | None = None,
) -> HelpRecord:
    """Say it anew, on top of the version the writer started from. `contact` is who is introduced, and by which way.

    `owner` is whose it is, where the source named somebody whom the directory did not have. Raises
    PermissionDenied, ActionRefused, and EditConflict.
    """
    standing = Standing(actor, offer_or_need.coalition)
    if not policies.can_change_help(standing, offer_or_need):
        raise PermissionDenied
    if not offer_or_need.is_open_to_change:
        raise ActionRefused(_("This record has been withdrawn and can no longer be changed."))
    _refuse_invalid_dates(changes.get("starts_on", offer_or_need.starts_on), changes.get("until", offer_or_need.until))
    if readers is not None:
        changes = {**changes, "label": readers.label}
    if "details" in changes:
        changes = {**changes, "details": {**offer_or_need.details, **changes["details"]}}
    changed = change_record(
        actor=actor, record=offer_or_need, changes=changes, from_version=from_version, is_trusted=True
    )
    if areas is not None:
        changed.areas.set(areas)
    if readers is not None:
        set_record_readers(actor=actor, record=changed, readers=readers)
    if contact is not None and policies.represents_help_owner(standing, changed):
        _set_help_contact(actor, changed, *contact)
    if owner is not None:
        _set_help_owner(actor, changed, owner)
    return changed


def _set_help_owner(actor: Person, help_record: Offer | Need, organisation: Organisation) -> None:
    """From now on it answers for it; what the source said stays. Raises PermissionDenied and ActionRefused."""
    if help_record.organisation_id == organisation.pk:
        return
    if not policies.can_record_help_for_others(ViewerContext(actor), help_record.coalition):
        raise PermissionDenied(_("Only rapporteurs, editors and coordinators can link a source to an organisation."))
    if help_record.organisation is not None:
        raise ActionRefused(
            _("This offer or need has already been linked to %(name)s.") % {"name": help_record.organisation.name},
            "whose",
        )
    if has_left_coalition(organisation):
        raise ActionRefused(_("%(name)s has left the coalition.") % {"name": organisation.name}, "whose")
    help_record.organisation = organisation
    help_record.save(update_fields=["organisation"])
    record_activity(actor=actor, verb="said-whose", subject=help_record, coalition=help_record.coalition)


def _set_help_contact(actor: Person, help_record: Offer | Need, person: Person | None, contact_reach: str) -> None:
    """No version keeps it: history is read by more people than a contact is for."""
    if (help_record.contact_id, help_record.reach) == (person.pk if person else None, contact_reach):
        return
    _refuse_invalid_contact(help_record, person)
    help_record.contact, help_record.reach = person, contact_reach
    help_record.save(update_fields=["contact", "reach"])
    record_activity(actor=actor, verb="changed-contact", subject=help_record, coalition=help_record.coalition)


@action
def confirm_offer_or_need(*, actor: Person, help_record: HelpRecord) -> HelpRecord:
    """It is still true, or true again: asked next in half a year. On the same day it changes nothing.

    Raises PermissionDenied, and ActionRefused.
    """
    current = _lock_confirmable_help(actor, help_record)
    if current.is_over:
        raise ActionRefused(
            _("The end date has passed. Edit this page to choose a later end date or to remove the end date.")
        )
    today = timezone.localdate()
    if current.confirmed_on == today and current.closed_at is None and not current.is_to_review:
        return current
    current.confirmed_on, current.review_by = today, today + HELP_REVIEW_INTERVAL
    current.closed_at, current.closed_because = None, ""
    current.save(update_fields=["confirmed_on", "review_by", "closed_at", "closed_because"])
    record_activity(actor=actor, verb="confirmed", subject=current, coalition=current.coalition)
    return current


@action
def close_offer_or_need(*, actor: Person, help_record: HelpRecord, reason: str) -> HelpRecord:
    """It is no longer offered, or needed. Closed twice, it is closed once.

    Raises PermissionDenied and ActionRefused.
    """
    current = _lock_confirmable_help(actor, help_record)
    if current.closed_at is not None:
        return current
    if not reason.strip():
        raise ActionRefused(_("Give a short reason."), "reason")
    current.closed_at, current.closed_because = timezone.now(), reason.strip()
    current.save(update_fields=["closed_at", "closed_because"])
    record_activity(actor=actor, verb="closed", subject=current, coalition=current.coalition)
    return current


def _lock_confirmable_help(actor: Person, help_record: HelpRecord) -> HelpRecord:
    """As it stands now, for whoever may say whether it is true. Raises PermissionDenied and ActionRefused."""
    standing = Standing(actor, help_record.coalition)
    if not (policies.can_confirm_help(standing, help_record) or standing.is_coordinator):
        raise PermissionDenied(
            _("Only coordinators and people who represent the organisation can confirm or close this offer or need.")
        )
    current = lock_row(help_record)
    if current.state != State.PUBLISHED:
        raise ActionRefused(_("This record has been withdrawn and can no longer be changed."))
    return current
