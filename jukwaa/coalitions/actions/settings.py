"""What the coalition is called, what it is for, and the areas in which its members work."""

import hashlib
import json
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jukwaa.accounts.models import Person
from jukwaa.coalitions import area_schemes, policies
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.models import AreaOfWork, Coalition, CoalitionName
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.dates import get_utc_date
from jukwaa.core.refusals import ActionRefused, EditConflict
from jukwaa.core.transactions import lock_row

EDITABLE_COALITION_FIELDS = (
    *("name", "forum", "about", "objectives", "founded", "country", "language", "time_zone"),
    *("contact_address", "press_address", "list_address", "list_page", "list_archive"),
)


@action
def change_coalition(
    *,
    actor: Person,
    coalition: Coalition,
    changed_fields: dict[str, Any],
    effective_on: date | None = None,
    seen_fingerprint: str = "",
) -> Coalition:
    """Save what changed. A name that is given up stays in the history, until the day before.

    `seen` is the fingerprint of the settings that the writer started from. Raises PermissionDenied, and EditConflict
    where somebody was faster.
    """
    if not policies.can_change_settings(ViewerContext(actor), coalition):
        raise PermissionDenied
    current = lock_row(coalition)
    if seen_fingerprint and seen_fingerprint != compute_settings_fingerprint(current):
        raise EditConflict(current)
    changed = {name: value for name, value in changed_fields.items() if getattr(current, name) != value}
    if not changed:
        return current
    if unknown := set(changed) - set(EDITABLE_COALITION_FIELDS):
        raise ValueError(f"not a setting of a coalition: {sorted(unknown)}")
    if "name" in changed and changed["name"].lower() != current.name.lower():
        last_day = (effective_on or get_utc_date()) - timedelta(days=1)
        CoalitionName.objects.create(coalition=current, name=current.name, ends_on=last_day)
    for name, value in changed.items():
        setattr(current, name, value)
    current.save(update_fields=list(changed))
    record_activity(actor=actor, verb="changed", subject=current, coalition=current)
    return current


def compute_settings_fingerprint(coalition: Coalition) -> str:
    """Of the settings as they read now: a form that was loaded before they changed is told by it."""
    values = json.dumps([str(getattr(coalition, name)) for name in EDITABLE_COALITION_FIELDS])
    return hashlib.sha256(values.encode()).hexdigest()[:16]


@action
def add_coalition_name(
    *,
    actor: Person,
    coalition: Coalition,
    name: str,
    acronym: str = "",
    starts_on: date | None = None,
    ends_on: date | None = None,
    source: str = "",
) -> CoalitionName:
    """A name of before, with the source that says so. Adding it again changes nothing."""
    if not policies.can_change_settings(ViewerContext(actor), coalition):
        raise PermissionDenied
    if starts_on and ends_on and ends_on < starts_on:
        raise ActionRefused(_("Enter a last day on or after the first day."), "ends_on")
    kept, new = CoalitionName.objects.get_or_create(
        coalition=coalition, name=name, acronym=acronym, starts_on=starts_on, ends_on=ends_on, source=source
    )
    if new:
        record_activity(actor=actor, verb="named", subject=coalition, coalition=coalition)
    return kept


@action
def add_area_of_work(*, actor: Person, coalition: Coalition, name: str) -> AreaOfWork:
    """Add an area of work at the end of the coalition's own list. One of that name is that one."""
    if not policies.can_change_settings(ViewerContext(actor), coalition):
        raise PermissionDenied
    own = coalition.areas.filter(scheme=AreaOfWork.Scheme.COALITION)
    if there := own.filter(name__iexact=name).first():
        return there
    last = own.aggregate(last=models.Max("position"))["last"] or 0
    area = AreaOfWork.objects.create(coalition=coalition, name=name, position=last + 1)
    record_activity(actor=actor, verb="added", subject=area, coalition=coalition)
    return area


@action
def rename_area_of_work(*, actor: Person, area: AreaOfWork, name: str) -> AreaOfWork:
    """The same area under another name, on everything that carries it."""
    if not policies.can_change_settings(ViewerContext(actor), area.coalition):
        raise PermissionDenied
    twins = area.coalition.areas.filter(scheme=area.scheme, name__iexact=name).exclude(pk=area.pk)
    if twins.exists():
        raise ActionRefused(_("Enter another name. There is already an area with this name."), "name")
    if area.name == name:
        return area
    area.name = name
    area.save(update_fields=["name"])
    record_activity(actor=actor, verb="renamed", subject=area, coalition=area.coalition)
    return area


@action
def remove_area_of_work(*, actor: Person, area_of_work: AreaOfWork) -> None:
    """Remove an area that nothing carries. Raises ActionRefused while something does."""
    if not policies.can_change_settings(ViewerContext(actor), area_of_work.coalition):
        raise PermissionDenied
    if used := count_area_uses(area_of_work):
        sentence = ngettext(
            "%(n)d entry uses this area. Rename the area instead, or remove it from the entry first.",
            "%(n)d entries use this area. Rename the area instead, or remove it from the entries first.",
            used,
        )
        raise ActionRefused(sentence % {"n": used})
    record_activity(actor=actor, verb="removed", subject=area_of_work, coalition=area_of_work.coalition)
    area_of_work.delete()


@action
def add_area_scheme(*, actor: Person, coalition: Coalition, scheme_name: str = "itu-cop") -> list[AreaOfWork]:
    """Add the areas and audiences of a known scheme beside the coalition's own. Adding it again changes nothing."""
    if not policies.can_change_settings(ViewerContext(actor), coalition):
        raise PermissionDenied
    known = area_schemes.load_area_scheme(scheme_name)
    there = {(area.scheme, area.name) for area in coalition.areas.all()}
    new = [
        AreaOfWork(coalition=coalition, scheme=part.scheme, name=name, position=position, source=known.source)
        for part in known.parts
        for position, name in enumerate(part.names, start=1)
        if (part.scheme, name) not in there
    ]
    if new:
        AreaOfWork.objects.bulk_create(new)
        record_activity(actor=actor, verb="added-scheme", subject=coalition, coalition=coalition)
    return new


def count_area_uses(area_of_work: AreaOfWork) -> int:
    """How many rows of any app carry this area."""
    uses = 0
    for relation in area_of_work._meta.get_fields(include_hidden=True):  # noqa: SLF001 - public by Django's word
        if isinstance(relation, models.ManyToManyRel):
            rows = relation.related_model._default_manager  # noqa: SLF001 - public by Django's word
            uses += rows.filter(**{relation.field.name: area_of_work}).count()
    return uses
