"""Two rows of the directory that are one organisation: everything moves to the one that stays."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions import policies
from jukwaa.coalitions.activities import action, note
from jukwaa.coalitions.models import Affiliation, KeptApart, Membership, Organisation, OrganisationName
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.refusals import ActionRefused
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
        raise ActionRefused(_("One of the two was merged already. Load the list again."))
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


def what_points_to(row: models.Model) -> Iterator[tuple[type[models.Model], str, models.QuerySet[models.Model]]]:
    """Every foreign key of every app that holds this row, the hidden ones too: (model, field, rows)."""
    for relation in row._meta.get_fields(include_hidden=True):  # noqa: SLF001 - public by Django's word
        if isinstance(relation, models.ManyToOneRel):
            model = relation.related_model
            name = relation.field.name
            yield model, name, model._default_manager.filter(**{name: row.pk})  # noqa: SLF001 - public by Django's word


def repoint(old: models.Model, new: models.Model) -> None:
    """Make every row of every app that holds `old` hold `new`. What would stand there twice then stands once.

    What hangs on the row that goes is kept, on the one that stays. A model of which only one may be valid at a time
    says in `GIVES_WAY` how a row becomes history.
    """
    for model, name, rows in what_points_to(old):
        if _moved(rows, name, new):
            continue
        for row in rows.order_by("pk"):
            one = rows.filter(pk=row.pk)
            if _moved(one, name, new):
                continue
            if history := getattr(model, "GIVES_WAY", None):
                one.update(**history, **{name: new.pk})
                continue
            if twin := _twin(row, name, new):
                repoint(row, twin)
            row.delete()


def _twin(row: models.Model, name: str, new: models.Model) -> models.Model | None:
    """The row that stands there already, by the rule that lets only one of them stand."""
    meta = row._meta  # noqa: SLF001 - public by Django's word
    for rule in meta.constraints:
        if isinstance(rule, models.UniqueConstraint) and name in rule.fields:
            columns = {field: meta.get_field(field).attname for field in rule.fields}  # type: ignore[union-attr]  # a column
            values = {field: getattr(row, column) for field, column in columns.items()} | {name: new.pk}
            rows: models.QuerySet[models.Model] = meta.default_manager.all()  # type: ignore[union-attr]  # every model has one
            same = rows.filter(rule.condition or models.Q(), **values)
            if twin := same.exclude(pk=row.pk).first():
                return twin
    return None


def _moved(rows: models.QuerySet[models.Model], name: str, new: models.Model) -> bool:
    """False where the database says that such a row stands there already."""
    try:
        with transaction.atomic():
            rows.update(**{name: new.pk})
    except IntegrityError:
        return False
    return True


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
        twin.starts_on, twin.ends_on = _widest(twin, name)
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
    if theirs.standing == Membership.Standing.ACTIVE != ours.standing:
        ours.standing, ours.starts_on = theirs.standing, theirs.starts_on
    elif ours.standing == theirs.standing == Membership.Standing.ACTIVE:
        ours.starts_on, ours.ends_on = _widest(ours, theirs)
    ours.applied_on = min(filter(None, [ours.applied_on, theirs.applied_on]), default=None)
    ours.motivation = _both(ours.motivation, theirs.motivation)
    ours.reason = _both(ours.reason, theirs.reason)
    ours.applicant = ours.applicant or theirs.applicant
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
        twin.starts_on, twin.ends_on = _widest(twin, theirs)
        twin.position = _both(twin.position, theirs.position, between="; ")[:120]
        twin.may_speak = twin.may_speak or theirs.may_speak
        if theirs.confirmed_on and (twin.confirmed_on is None or theirs.confirmed_on > twin.confirmed_on):
            twin.confirmed_on, twin.confirmed_by = theirs.confirmed_on, theirs.confirmed_by
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


def _widest(one: Any, other: Any) -> tuple[date | None, date | None]:
    """From the earliest day that is known to the latest; without an end if either has none."""
    starts_on = min(filter(None, [one.starts_on, other.starts_on]), default=None)
    ends_on = max(one.ends_on, other.ends_on) if one.ends_on and other.ends_on else None
    return starts_on, ends_on


def _both(one: str, other: str, between: str = "\n\n") -> str:
    return one if not other or other in one else between.join(filter(None, [one, other]))
