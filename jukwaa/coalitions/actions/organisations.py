"""The directory: organisations, their names of today and before."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Value
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions import policies
from jukwaa.coalitions.activities import action, record_activities, record_activity
from jukwaa.coalitions.models import AreaOfWork, Coalition, Organisation, OrganisationName
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.dates import get_utc_date
from jukwaa.core.refusals import ActionRefused, EditConflict
from jukwaa.core.transactions import lock_row
from jukwaa.places.countries import get_regional_group
from jukwaa.places.regions import RegionalGroup, StakeholderGroup


@dataclass(frozen=True, kw_only=True)
class OrganisationFacts:
    """What the directory keeps of an organisation. A regional group that nobody chose follows from the country."""

    name: str
    acronym: str = ""
    country: str = ""
    regional_group: str = ""
    stakeholder_group: str = StakeholderGroup.UNKNOWN
    languages: list[str] = field(default_factory=list)
    website: str = ""
    about: str = ""
    areas: list[AreaOfWork] = field(default_factory=list)

    def columns(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "acronym": self.acronym,
            "country": self.country,
            "regional_group": self.regional_group or get_default_regional_group(self.country, self.stakeholder_group),
            "stakeholder_group": self.stakeholder_group,
            "languages": self.languages,
            "website": self.website,
            "about": self.about,
        }


def get_default_regional_group(country: str, stakeholder_group: str) -> RegionalGroup:
    """The staff of intergovernmental organisations count in the forum's own group, all others by their country."""
    if stakeholder_group == StakeholderGroup.INTERGOVERNMENTAL:
        return RegionalGroup.IGO
    return get_regional_group(country) if country else RegionalGroup.UNKNOWN


@action
def add_organisation(
    *, actor: Person | None, coalition: Coalition, organisation_facts: OrganisationFacts, is_trusted: bool = False
) -> Organisation:
    """Enter an organisation into the directory. One that is there under this name already is that one.

    `is_trusted` is for callers whose own policy allows it, such as a reading that was confirmed.
    """
    if not is_trusted and not (actor and policies.can_add_organisation(ViewerContext(actor), coalition)):
        raise PermissionDenied
    if there := find_organisation_by_name(coalition, organisation_facts.name):
        return there
    organisation = create_organisation(coalition, organisation_facts)
    record_activity(actor=actor, verb="added", subject=organisation, coalition=coalition)
    return organisation


@action
def add_organisations(
    *, actor: Person, coalition: Coalition, new_organisation_facts: Sequence[OrganisationFacts]
) -> list[Organisation]:
    """As `add_organisation`, for a whole table: the directory is read once, and the new rows are written together."""
    if not policies.can_add_organisation(ViewerContext(actor), coalition):
        raise PermissionDenied
    known = {one.name.lower(): one for one in Organisation.objects.of(coalition)}
    new: dict[str, OrganisationFacts] = {}
    for facts in new_organisation_facts:
        if facts.name.lower() not in known:
            new.setdefault(facts.name.lower(), facts)
    rows = Organisation.objects.bulk_create(
        Organisation(coalition=coalition, **facts.columns()) for facts in new.values()
    )
    _add_areas_of_work(zip(rows, [facts.areas for facts in new.values()], strict=True))
    record_activities(actor=actor, verb="added", activity_subjects=rows, coalition=coalition)
    known |= zip(new, rows, strict=True)
    return [known[facts.name.lower()] for facts in new_organisation_facts]


@action
def fill_organisation_facts(
    *, actor: Person, coalition: Coalition, organisation_facts_pairs: Iterable[tuple[Organisation, OrganisationFacts]]
) -> None:
    """Say more of organisations than the directory does, whose rows the caller has locked. Names stay as they are.

    One after the other is asked for: a second row about an organisation may build on the first.
    """
    if not ViewerContext(actor).standing(coalition).is_coordinator:
        raise PermissionDenied
    filled: dict[int, Organisation] = {}
    areas = []
    for organisation, facts in organisation_facts_pairs:
        if not _has_unchanged_facts(organisation, facts):
            for name, value in facts.columns().items():
                setattr(organisation, name, value)
            areas.append((organisation, set(facts.areas) - set(organisation.areas.all())))
            filled[organisation.pk] = organisation
    for organisation in filled.values():
        organisation.version += 1
        organisation.save()
    _add_areas_of_work(areas)
    record_activities(actor=actor, verb="changed", activity_subjects=filled.values(), coalition=coalition)


@action
def change_organisation(
    *,
    actor: Person,
    organisation: Organisation,
    facts: OrganisationFacts,
    from_version: int,
    effective_on: date | None = None,
) -> Organisation:
    """Save on top of the version that the writer started from. A former name or acronym stays in the history.

    Raises PermissionDenied, EditConflict where somebody was faster or merged it away, and ActionRefused.
    """
    if not policies.can_change_organisation(ViewerContext(actor), organisation):
        raise PermissionDenied
    current = lock_row(organisation)
    if current.merged_into:
        raise EditConflict(
            current,
            sentence=_(
                "This organisation has been merged into %(name)s since you opened this page. You can save your version "
                "there."
            )
            % {"name": current.merged_into.name},
        )
    if current.version != from_version:
        raise EditConflict(current)
    columns = facts.columns()
    there = find_organisation_by_name(current.coalition, facts.name)
    if there is not None and there != current:
        raise ActionRefused(
            _(
                "Enter another name. This one belongs to another organisation in the directory. If they are the same "
                "organisation, merge them."
            ),
            "name",
        )
    if _has_unchanged_facts(current, facts):
        return current
    if not ViewerContext(actor).standing(current).is_coordinator:
        _refuse_restricted_changes(current, facts)
    _save_former_names(current, columns, effective_on or get_utc_date())
    for name, value in columns.items():
        setattr(current, name, value)
    current.version += 1
    current.save()
    current.areas.set(facts.areas)
    record_activity(actor=actor, verb="changed", subject=current, coalition=current.coalition)
    return current


def _refuse_restricted_changes(current_organisation: Organisation, organisation_facts: OrganisationFacts) -> None:
    """Of which country it is, and that it is a government, opens what is closed to others. Raises ActionRefused."""
    if organisation_facts.country != current_organisation.country:
        raise ActionRefused(
            _(
                "Keep the country as it was, and ask a coordinator to change it. Only coordinators can"
                " change the country."
            ),
            "country",
        )
    government = StakeholderGroup.GOVERNMENT
    if organisation_facts.stakeholder_group == government != current_organisation.stakeholder_group:
        raise ActionRefused(
            _(
                "Keep the stakeholder group as it was, and ask a coordinator to change it. Only coordinators can"
                " change the group to or from “Government”."
            ),
            "stakeholder_group",
        )


@action
def add_organisation_name(
    *,
    actor: Person,
    organisation: Organisation,
    name: str,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> OrganisationName:
    """A former name, or a way of writing it: the directory matches it from now on."""
    if not policies.can_change_organisation(ViewerContext(actor), organisation):
        raise PermissionDenied
    if starts_on and ends_on and ends_on < starts_on:
        raise ActionRefused(_("Enter a last day on or after the first day."), "ends_on")
    kept = organisation.names.filter(name__iexact=name).first()
    if kept is None:
        kept = OrganisationName.objects.create(
            organisation=organisation, name=name, starts_on=starts_on, ends_on=ends_on
        )
    elif (kept.starts_on, kept.ends_on) == (starts_on, ends_on):
        return kept
    else:
        kept.starts_on, kept.ends_on = starts_on, ends_on
        kept.save(update_fields=["starts_on", "ends_on"])
    record_activity(actor=actor, verb="named", subject=organisation, coalition=organisation.coalition)
    return kept


def find_organisation_by_name(coalition: Coalition, organisation_name: str) -> Organisation | None:
    """The organisation of exactly this name, whatever its case: asked as the index and the constraint have it."""
    of_this_name = Organisation.objects.of(coalition).alias(lower=Lower("name"))
    return of_this_name.filter(lower=Lower(Value(organisation_name.strip()))).first()


def create_organisation(coalition: Coalition, organisation_facts: OrganisationFacts) -> Organisation:
    """The rows of a new organisation, for actions that write an activity of their own."""
    organisation = Organisation.objects.create(coalition=coalition, **organisation_facts.columns())
    organisation.areas.set(organisation_facts.areas)
    return organisation


def _has_unchanged_facts(organisation: Organisation, organisation_facts: OrganisationFacts) -> bool:
    """Whether the directory says all that already."""
    same = all(getattr(organisation, name) == value for name, value in organisation_facts.columns().items())
    return same and set(organisation.areas.all()) == set(organisation_facts.areas)


def _add_areas_of_work(organisation_areas: Iterable[tuple[Organisation, Iterable[AreaOfWork]]]) -> None:
    tie = Organisation.areas.through
    tie.objects.bulk_create(
        [
            tie(organisation_id=organisation.pk, areaofwork_id=area.pk)
            for organisation, areas in organisation_areas
            for area in areas
        ],
        ignore_conflicts=True,
    )


def _save_former_names(organisation: Organisation, changed_columns: dict[str, Any], effective_on: date) -> None:
    """The name until the day before, from the end of the one before it; a new name that was a former one returns."""
    for column in ("name", "acronym"):
        former, new = getattr(organisation, column), changed_columns[column]
        if former == new or not former:
            continue
        if former.lower() == new.lower():
            continue  # a matter of spelling, not of history
        last_day = effective_on - timedelta(days=1)
        kept = organisation.names.annotate(lower=Lower("name")).filter(lower=former.lower()).first()
        if kept is None:
            OrganisationName.objects.create(organisation=organisation, name=former, ends_on=last_day)
        elif kept.ends_on is None:
            kept.ends_on = last_day if kept.starts_on is None else max(last_day, kept.starts_on)
            kept.save(update_fields=["ends_on"])
