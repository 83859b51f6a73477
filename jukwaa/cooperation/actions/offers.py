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
from jukwaa.coalitions.activities import action, note
from jukwaa.coalitions.capacities import capacity_of
from jukwaa.coalitions.models import Affiliation, AreaOfWork, Coalition, Membership, Organisation
from jukwaa.coalitions.standing import Standing, ViewerContext
from jukwaa.cooperation import policies
from jukwaa.cooperation.models import NEED, OFFER, Need, Offer
from jukwaa.cooperation.models.help import words_of
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.transactions import lock_row
from jukwaa.library.actions.readers import Readers, set_readers
from jukwaa.records.actions import begin_record, change_record
from jukwaa.records.actions.trace import take_over_sources, tie
from jukwaa.records.models import Link, Record, State

TRUE_FOR = timedelta(days=180)  # then whose it is is asked whether it is still true

type Given = Offer | Need

KINDS: dict[type[Given], str] = {Offer: OFFER, Need: NEED}


@dataclass(frozen=True, kw_only=True)
class Whose:
    """An organisation for which the actor speaks; or whom the source names, in the directory or as it is written."""

    organisation: Organisation | None = None
    as_written: str = ""
    origin: Record | None = None


@action
def offer_help(
    *,
    actor: Person,
    coalition: Coalition,
    model: type[Given],
    whose: Whose,
    said: dict[str, Any],
    areas: Sequence[AreaOfWork] = (),
    readers: Readers | None = None,
    token: UUID | None = None,
) -> Given:
    """Say what an organisation offers or needs; it is open at once. The same form sent twice says it once.

    `said` are values of the model's fields. Raises PermissionDenied, and ActionRefused with a sentence.
    """
    if token is not None and (there := model.objects.visible_to(actor).filter(token=token).first()):
        return there
    _allow(actor, coalition, whose)
    readers = readers or Readers()
    words: dict[str, Any] = {"language": coalition.language, "review_by": timezone.localdate() + TRUE_FOR, **said}
    given = model(
        coalition=coalition,
        kind=KINDS[model],
        label=readers.label,
        organisation=whose.organisation,
        whose=whose.as_written,
        confirmed_on=timezone.localdate(),
        token=token,
        **words,
    )
    _refuse_days(given.starts_on, given.until)
    _refuse_contact(given, given.contact)
    given.terms = words_of(given)
    speaks = whose.organisation is not None and policies.can_offer(ViewerContext(actor), whose.organisation)
    capacity = capacity_of(coalition=coalition, person=actor, organisation=whose.organisation if speaks else None)
    begin_record(actor=actor, record=given, capacity=capacity, published=True)
    given.areas.set(areas)
    set_readers(actor=actor, record=given, readers=readers)
    if whose.origin is not None:
        tie(given, whose.origin, Link.Relation.BEGAN_AS)
        take_over_sources(given, whose.origin)
    return given


def _allow(actor: Person, coalition: Coalition, whose: Whose) -> None:
    """Raises PermissionDenied, and ActionRefused."""
    organisation = whose.organisation
    if organisation is not None and has_left(organisation):
        raise ActionRefused(
            _("%(name)s has left the coalition. It can offer and ask for help again once it is a member.")
            % {"name": organisation.name}
        )
    if organisation is not None and policies.can_offer(ViewerContext(actor), organisation):
        return
    if not policies.can_write_down(ViewerContext(actor), coalition):
        raise PermissionDenied(
            _("You can publish offers and needs once your organisation has confirmed that you may represent it.")
        )
    if whose.origin is None:
        raise PermissionDenied(
            _("To record what another organisation offers or needs, start from the record where this was mentioned.")
        )
    if getattr(whose.origin.whole(), "is_chatham", False):
        raise ActionRefused(
            _(
                "This meeting was held under the Chatham House Rule, so speakers are not recorded. Ask the "
                "organisation to publish this itself."
            )
        )


def has_left(organisation: Organisation) -> bool:
    """Was a member, and is none today. Whoever never was one may offer all the same."""
    rows = Membership.objects.filter(organisation=organisation)
    return rows.belonged().exists() and not rows.active().exists()


def whose_left() -> Any:
    """The same, of the rows of a query."""
    rows = Membership.objects.filter(organisation=OuterRef("organisation"))
    return Exists(rows.belonged()) & ~Exists(rows.active())


def _refuse_days(starts_on: date | None, until: date | None) -> None:
    if starts_on and until and until < starts_on:
        raise ActionRefused(_("Choose an end date that is not before the start date."), "until")


def _refuse_contact(given: Offer | Need, person: Person | None) -> None:
    """Who is introduced has to speak for it. Raises ActionRefused."""
    if person is None:
        return
    speaking = Affiliation.objects.confirmed().filter(organisation=given.organisation, person=person, may_speak=True)
    if given.organisation_id is None or not speaking.exists():
        raise ActionRefused(_("Choose a person who may represent this organisation."), "contact")


@action
def change_help(
    *,
    actor: Person,
    given: Given,
    changes: dict[str, Any],
    from_version: int,
    areas: Sequence[AreaOfWork] | None = None,
    readers: Readers | None = None,
    contact: tuple[Person | None, str] | None = None,
    owner: Organisation | None = None,
) -> Given:
    """Say it anew, on top of the version the writer started from. `contact` is who is introduced, and by which way.

    `owner` is whose it is, where the source named somebody whom the directory did not have. Raises PermissionDenied,
    ActionRefused, and EditConflict.
    """
    standing = Standing(actor, given.coalition)
    if not policies.can_change_help(standing, given):
        raise PermissionDenied
    if not given.is_open_to_change:
        raise ActionRefused(_("This record has been withdrawn and can no longer be changed."))
    _refuse_days(changes.get("starts_on", given.starts_on), changes.get("until", given.until))
    if readers is not None:
        changes = {**changes, "label": readers.label}
    if "details" in changes:
        changes = {**changes, "details": {**given.details, **changes["details"]}}
    changed = change_record(actor=actor, record=given, changes=changes, from_version=from_version, trusted=True)
    if areas is not None:
        changed.areas.set(areas)
    if readers is not None:
        set_readers(actor=actor, record=changed, readers=readers)
    if contact is not None and policies.answers_for(standing, changed):
        _set_contact(actor, changed, *contact)
    if owner is not None:
        _set_owner(actor, changed, owner)
    return changed


def _set_owner(actor: Person, given: Offer | Need, organisation: Organisation) -> None:
    """From now on it answers for it; what the source said stays. Raises PermissionDenied and ActionRefused."""
    if given.organisation_id == organisation.pk:
        return
    if not policies.can_write_down(ViewerContext(actor), given.coalition):
        raise PermissionDenied(_("Only rapporteurs, editors and coordinators can link a source to an organisation."))
    if given.organisation is not None:
        raise ActionRefused(_("This has already been linked to %(name)s.") % {"name": given.organisation.name}, "whose")
    if has_left(organisation):
        raise ActionRefused(_("%(name)s has left the coalition.") % {"name": organisation.name}, "whose")
    given.organisation = organisation
    given.save(update_fields=["organisation"])
    note(actor=actor, verb="said-whose", subject=given, coalition=given.coalition)


def _set_contact(actor: Person, given: Offer | Need, person: Person | None, reach: str) -> None:
    """No version keeps it: history is read by more people than a contact is for."""
    if (given.contact_id, given.reach) == (person.pk if person else None, reach):
        return
    _refuse_contact(given, person)
    given.contact, given.reach = person, reach
    given.save(update_fields=["contact", "reach"])
    note(actor=actor, verb="changed-contact", subject=given, coalition=given.coalition)


@action
def confirm_help(*, actor: Person, given: Given) -> Given:
    """It is still true, or true again: asked next in half a year. On the same day it changes nothing.

    Raises PermissionDenied, and ActionRefused.
    """
    current = _kept_true(actor, given)
    if current.is_over:
        raise ActionRefused(_("The end date has passed. Edit this page and choose a later end date, or remove it."))
    today = timezone.localdate()
    if current.confirmed_on == today and current.closed_at is None and not current.is_to_review:
        return current
    current.confirmed_on, current.review_by = today, today + TRUE_FOR
    current.closed_at, current.closed_because = None, ""
    current.save(update_fields=["confirmed_on", "review_by", "closed_at", "closed_because"])
    note(actor=actor, verb="confirmed", subject=current, coalition=current.coalition)
    return current


@action
def close_help(*, actor: Person, given: Given, reason: str) -> Given:
    """It is no longer offered, or needed. Closed twice, it is closed once.

    Raises PermissionDenied and ActionRefused.
    """
    current = _kept_true(actor, given)
    if current.closed_at is not None:
        return current
    if not reason.strip():
        raise ActionRefused(_("Give a short reason."), "reason")
    current.closed_at, current.closed_because = timezone.now(), reason.strip()
    current.save(update_fields=["closed_at", "closed_because"])
    note(actor=actor, verb="closed", subject=current, coalition=current.coalition)
    return current


def _kept_true(actor: Person, given: Given) -> Given:
    """As it stands now, for whoever may say whether it is true. Raises PermissionDenied and ActionRefused."""
    standing = Standing(actor, given.coalition)
    if not (policies.can_confirm_help(standing, given) or standing.is_coordinator):
        raise PermissionDenied(_("Only people who represent the organisation, or a coordinator, can do this."))
    current = lock_row(given)
    if current.state != State.PUBLISHED:
        raise ActionRefused(_("This record has been withdrawn and can no longer be changed."))
    return current
