"""Two rows of the directory that are one organisation: everything moves to the one that stays."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions import policies
from jukwaa.coalitions.activities import action, note
from jukwaa.coalitions.joining import find_longest_time, join_affiliations, join_memberships
from jukwaa.coalitions.models import Affiliation, KeptApart, Membership, Organisation, OrganisationName
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.repointing import repoint
from jukwaa.core.transactions import lock_rows

CURRENT = (Membership.Standing.APPLIED, Membership.Standing.ACTIVE)
FILLED_IF_EMPTY = ("acronym", "country", "website", "about")
FILLED_IF_UNKNOWN = ("regional_group", "stakeholder_group")


@action
def merge_organisations(*, actor: Person, survivor: Organisation, merged: Organisation) -> Organisation:
    """Move all that points to `merged` to `survivor`, which keeps its own name; merging twice changes nothing.

    Capacities move as well, and read as they did: they hold what was said of the organisation then.
    """
    if survivor.coalition_id != merged.coalition_id:
        raise PermissionDenied
    if not policies.can_merge_organisations(ViewerContext(actor), survivor.coalition):
        raise PermissionDenied
    both = Organisation.objects.filter(pk__in=[survivor.pk, merged.pk]).order_by("pk")
    rows = {row.pk: row for row in lock_rows(both)}
    stays, goes = rows[survivor.pk], rows[merged.pk]
    if goes.merged_into_id == stays.pk:
        return stays
    if stays == goes or stays.merged_into_id or goes.merged_into_id:
        raise ActionRefused(_("Load the list again. One of these organisations has already been merged."))
    KeptApart.objects.filter(first_id=min(rows), second_id=max(rows)).delete()
    _keep_names(stays, goes)
    _join_memberships(stays, goes)
    _join_affiliations(stays, goes)
    repoint(goes, stays)
    _fill_in(stays, goes)
    goes.merged_into = stays
    goes.version += 1
    goes.save(update_fields=["merged_into", "version"])
    note(actor=actor, verb="merged", subject=stays, coalition=stays.coalition)
    return stays


@action
def keep_apart(*, actor: Person, first: Organisation, second: Organisation) -> KeptApart:
    """Say that two organisations that look like one are two."""
    if first.coalition_id != second.coalition_id:
        raise PermissionDenied
    if not policies.can_merge_organisations(ViewerContext(actor), first.coalition):
        raise PermissionDenied
    low, high = sorted([first, second], key=lambda organisation: organisation.pk)
    kept, new = KeptApart.objects.get_or_create(first=low, second=high)
    if new:
        note(actor=actor, verb="kept-apart", subject=low, coalition=low.coalition)
    return kept


def _keep_names(stays: Organisation, goes: Organisation) -> None:
    """The survivor is found under each name of both. A name that both had keeps its longest time."""
    have = {kept.name.lower(): kept for kept in stays.names.all()}
    for name in goes.names.all():
        twin = have.get(name.name.lower())
        if twin is None:
            name.organisation = stays
            name.save(update_fields=["organisation"])
            have[name.name.lower()] = name
            continue
        twin.starts_on, twin.ends_on = find_longest_time(twin, name)
        twin.save(update_fields=["starts_on", "ends_on"])
        name.delete()
    taken = {*have, stays.name.lower(), stays.acronym.lower()}
    for text in (goes.name, goes.acronym if stays.acronym else ""):
        if text and text.lower() not in taken:
            OrganisationName.objects.create(organisation=stays, name=text)
            taken.add(text.lower())


def _join_memberships(stays: Organisation, goes: Organisation) -> None:
    """Two current memberships become one, with the earlier start; what either said is in it. Past ones only move."""
    ours = stays.memberships.filter(standing__in=CURRENT).first()
    theirs = goes.memberships.filter(standing__in=CURRENT).first()
    if ours is None or theirs is None:
        return
    join_memberships(ours, theirs)
    repoint(theirs, ours)
    theirs.delete()
    ours.save()


def _join_affiliations(stays: Organisation, goes: Organisation) -> None:
    """Times of one person that overlap become one; others move as they are."""
    for theirs in goes.affiliations.order_by("pk"):
        twin = next((ours for ours in stays.affiliations.filter(person=theirs.person) if _overlap(ours, theirs)), None)
        if twin is None:
            theirs.organisation = stays
            theirs.save(update_fields=["organisation"])
            continue
        join_affiliations(twin, theirs)
        repoint(theirs, twin)
        theirs.delete()
        twin.save()


def _fill_in(stays: Organisation, goes: Organisation) -> None:
    """What the survivor doesn't say, the other does; what both say, the survivor says."""
    for name in FILLED_IF_EMPTY:
        setattr(stays, name, getattr(stays, name) or getattr(goes, name))
    for name in FILLED_IF_UNKNOWN:
        if getattr(stays, name) == "unknown":
            setattr(stays, name, getattr(goes, name))
    stays.languages = [*stays.languages, *(tag for tag in goes.languages if tag not in stays.languages)]
    stays.version += 1
    stays.save()


def _overlap(one: Affiliation, other: Affiliation) -> bool:
    return _begins_by_the_end(one, other) and _begins_by_the_end(other, one)


def _begins_by_the_end(one: Affiliation, other: Affiliation) -> bool:
    return one.starts_on is None or other.ends_on is None or one.starts_on <= other.ends_on
