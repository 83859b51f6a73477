"""Two rows of the directory that are one organisation: everything moves to the one that stays."""

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions import policies
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.merge_rules import get_longest_period, merge_affiliations, merge_memberships
from jukwaa.coalitions.models import Affiliation, KeptApart, Membership, Organisation, OrganisationName
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.foreign_key_moves import repoint_foreign_keys
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.transactions import lock_rows

# Of which the database allows an organisation one.
CURRENT_MEMBERSHIP_Q = Q(standing__in=[Membership.Standing.APPLIED, Membership.Standing.ACTIVE])
CURRENT_OBSERVER_Q = Q(standing=Membership.Standing.OBSERVER, ends_on__isnull=True)
FIELDS_FILLED_IF_EMPTY = ("acronym", "country", "website", "about")
FIELDS_FILLED_IF_UNKNOWN = ("regional_group", "stakeholder_group")


@action
def merge_organisations(
    *, actor: Person, surviving_organisation: Organisation, merged_organisation: Organisation
) -> Organisation:
    """Move all that points to `merged` to `survivor`, which keeps its own name; merging twice changes nothing.

    Capacities move as well, and read as they did: they hold what was said of the organisation then.
    """
    if surviving_organisation.coalition_id != merged_organisation.coalition_id:
        raise PermissionDenied
    if not policies.can_merge_organisations(ViewerContext(actor), surviving_organisation.coalition):
        raise PermissionDenied
    both = Organisation.objects.filter(pk__in=[surviving_organisation.pk, merged_organisation.pk]).order_by("pk")
    rows = {row.pk: row for row in lock_rows(both)}
    stays, goes = rows[surviving_organisation.pk], rows[merged_organisation.pk]
    if goes.merged_into_id == stays.pk:
        return stays
    if stays == goes or stays.merged_into_id or goes.merged_into_id:
        raise ActionRefused(_("Load the list again. One of these organisations has already been merged."))
    KeptApart.objects.filter(first_id=min(rows), second_id=max(rows)).delete()
    _merge_organisation_names(stays, goes)
    _merge_organisation_memberships(stays, goes)
    _merge_organisation_affiliations(stays, goes)
    repoint_foreign_keys(goes, stays)
    _fill_missing_facts(stays, goes)
    goes.merged_into = stays
    goes.version += 1
    goes.save(update_fields=["merged_into", "version"])
    record_activity(actor=actor, verb="merged", subject=stays, coalition=stays.coalition)
    return stays


@action
def mark_organisations_as_distinct(
    *, actor: Person, first_organisation: Organisation, second_organisation: Organisation
) -> KeptApart:
    """Say that two organisations that look like one are two."""
    if first_organisation.coalition_id != second_organisation.coalition_id:
        raise PermissionDenied
    if not policies.can_merge_organisations(ViewerContext(actor), first_organisation.coalition):
        raise PermissionDenied
    low, high = sorted([first_organisation, second_organisation], key=lambda organisation: organisation.pk)
    kept, new = KeptApart.objects.get_or_create(first=low, second=high)
    if new:
        record_activity(actor=actor, verb="kept-apart", subject=low, coalition=low.coalition)
    return kept


def _merge_organisation_names(surviving_organisation: Organisation, merged_organisation: Organisation) -> None:
    """The survivor is found under each name of both. A name that both had keeps its longest time."""
    have = {kept.name.lower(): kept for kept in surviving_organisation.names.all()}
    for name in merged_organisation.names.all():
        twin = have.get(name.name.lower())
        if twin is None:
            name.organisation = surviving_organisation
            name.save(update_fields=["organisation"])
            have[name.name.lower()] = name
            continue
        twin.starts_on, twin.ends_on = get_longest_period(twin, name)
        twin.save(update_fields=["starts_on", "ends_on"])
        name.delete()
    taken = {*have, surviving_organisation.name.lower(), surviving_organisation.acronym.lower()}
    for text in (merged_organisation.name, merged_organisation.acronym if surviving_organisation.acronym else ""):
        if text and text.lower() not in taken:
            OrganisationName.objects.create(organisation=surviving_organisation, name=text)
            taken.add(text.lower())


def _merge_organisation_memberships(surviving_organisation: Organisation, merged_organisation: Organisation) -> None:
    """Two current memberships become one, with the earlier start; what either said is in it. Past ones only move."""
    for condition in (CURRENT_MEMBERSHIP_Q, CURRENT_OBSERVER_Q):
        _merge_current_membership(surviving_organisation, merged_organisation, condition)


def _merge_current_membership(
    surviving_organisation: Organisation, merged_organisation: Organisation, condition: Q
) -> None:
    ours, theirs = (
        surviving_organisation.memberships.filter(condition).first(),
        merged_organisation.memberships.filter(condition).first(),
    )
    if ours is None or theirs is None:
        return
    merge_memberships(ours, theirs)
    repoint_foreign_keys(theirs, ours)
    theirs.delete()
    ours.save()


def _merge_organisation_affiliations(surviving_organisation: Organisation, merged_organisation: Organisation) -> None:
    """Times of one person that overlap become one; others move as they are."""
    for theirs in merged_organisation.affiliations.order_by("pk"):
        twin = next(
            (
                ours
                for ours in surviving_organisation.affiliations.filter(person=theirs.person)
                if _do_affiliations_overlap(ours, theirs)
            ),
            None,
        )
        if twin is None:
            theirs.organisation = surviving_organisation
            theirs.save(update_fields=["organisation"])
            continue
        merge_affiliations(twin, theirs)
        repoint_foreign_keys(theirs, twin)
        theirs.delete()
        twin.save()


def _fill_missing_facts(surviving_organisation: Organisation, merged_organisation: Organisation) -> None:
    """What the survivor doesn't say, the other does; what both say, the survivor says."""
    for name in FIELDS_FILLED_IF_EMPTY:
        setattr(
            surviving_organisation, name, getattr(surviving_organisation, name) or getattr(merged_organisation, name)
        )
    for name in FIELDS_FILLED_IF_UNKNOWN:
        if getattr(surviving_organisation, name) == "unknown":
            setattr(surviving_organisation, name, getattr(merged_organisation, name))
    surviving_organisation.languages = [
        *surviving_organisation.languages,
        *(tag for tag in merged_organisation.languages if tag not in surviving_organisation.languages),
    ]
    surviving_organisation.version += 1
    surviving_organisation.save()


def _do_affiliations_overlap(first_period: Affiliation, second_period: Affiliation) -> bool:
    return _does_start_before_end(first_period, second_period) and _does_start_before_end(second_period, first_period)


def _does_start_before_end(first_period: Affiliation, second_period: Affiliation) -> bool:
    return (
        first_period.starts_on is None
        or second_period.ends_on is None
        or first_period.starts_on <= second_period.ends_on
    )
