"""Undo an import as a whole: what it added goes, what it filled is empty again. Not once something depends on it."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jukwaa.accounts.models import Person
from jukwaa.coalitions import policies
from jukwaa.coalitions.actions.import_ledger import (
    LEDGER_AFFILIATION_FIELDS,
    get_affiliation_ledger_values,
    get_membership_ledger_values,
)
from jukwaa.coalitions.actions.import_objections import find_people_refusing_in_other_imports
from jukwaa.coalitions.actions.imports import check_import_rows, copy_validated_fields
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.departures import sync_person_departures
from jukwaa.coalitions.imports.undo_parts import find_removable_rows
from jukwaa.coalitions.models import (
    Affiliation,
    AreaOfWork,
    Capacity,
    Import,
    ImportChange,
    ImportRow,
    ListEntry,
    Membership,
    Organisation,
    OrganisationName,
)
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.list_formatting import join_with_separator
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.transactions import lock_rows

ChangeKind = ImportChange.Kind
MODEL_BY_CHANGE_KIND: dict[str, type[Model]] = {
    ChangeKind.ORGANISATION: Organisation,
    ChangeKind.NAME: OrganisationName,
    ChangeKind.AREA: AreaOfWork,
    ChangeKind.MEMBERSHIP: Membership,
    ChangeKind.PERSON: Person,
    ChangeKind.AFFILIATION: Affiliation,
    ChangeKind.LIST_ENTRY: ListEntry,
}
# Each before what it refers to.
IMPORT_DELETION_ORDER = (
    ChangeKind.LIST_ENTRY,
    ChangeKind.AFFILIATION,
    ChangeKind.MEMBERSHIP,
    ChangeKind.PERSON,
    ChangeKind.NAME,
    ChangeKind.ORGANISATION,
)
MAX_NAMED_ORGANISATIONS = 5
BATCH_SIZE = 500


@dataclass
class UndoPlan:
    """What undoing an import would remove, by kind, and the sentences that say why it can't be undone."""

    source: Import
    added: dict[str, list[int]] = field(default_factory=dict)
    changed: dict[str, list[ImportChange]] = field(default_factory=dict)
    obstacles: list[str] = field(default_factory=list)
    removable: list[QuerySet[Any]] = field(default_factory=list)

    @property
    def counts(self) -> list[str]:
        """A line for each kind of thing that would be removed, with its number."""
        lines = (
            (
                ChangeKind.ORGANISATION,
                ngettext("%(n)s organisation", "%(n)s organisations", self._count(ChangeKind.ORGANISATION)),
            ),
            (
                ChangeKind.MEMBERSHIP,
                ngettext("%(n)s membership", "%(n)s memberships", self._count(ChangeKind.MEMBERSHIP)),
            ),
            (ChangeKind.PERSON, ngettext("%(n)s person", "%(n)s people", self._count(ChangeKind.PERSON))),
            (
                ChangeKind.AFFILIATION,
                ngettext("%(n)s affiliation", "%(n)s affiliations", self._count(ChangeKind.AFFILIATION)),
            ),
            (
                ChangeKind.LIST_ENTRY,
                ngettext(
                    "%(n)s mailing list entry",
                    "%(n)s mailing list entries",
                    self._count(ChangeKind.LIST_ENTRY),
                ),
            ),
        )
        return [line % {"n": n} for kind, line in lines if (n := self._count(kind))]

    def _count(self, change_kind: str) -> int:
        return len(self.added.get(change_kind, ()))


def plan_import_undo(source_import: Import) -> UndoPlan:
    """Find out what an import added and changed, and what depends on it by now. Nothing is written."""
    plan = UndoPlan(source_import)
    for change in source_import.changes.all():
        if change.is_new:
            plan.added.setdefault(change.kind, []).append(change.object_id)
        else:
            plan.changed.setdefault(change.kind, []).append(change)
    plan.removable = find_removable_rows(plan.added.get(ChangeKind.PERSON, []))
    plan.obstacles = list(_find_undo_obstacles(plan))
    return plan


@action
def undo_import(*, actor: Person, spreadsheet_import: Import) -> Import:
    """Remove what the import added and empty what it filled. Its rows can then be corrected and imported again.

    Undoing what was undone changes nothing. Raises PermissionDenied, and ActionRefused if something depends on it.
    """
    if not policies.can_import_members(ViewerContext(actor), spreadsheet_import.coalition):
        raise PermissionDenied
    current = lock_rows(Import.objects.defer("table").filter(pk=spreadsheet_import.pk)).get()
    if current.state != Import.State.ENTERED or not current.changes.exists():
        return current
    plan = plan_import_undo(current)
    if plan.obstacles:
        raise ActionRefused(
            _("This import can no longer be undone. %(reasons)s") % {"reasons": " ".join(plan.obstacles)}
        )
    _restore_changed_rows(plan)
    _delete_added_rows(plan)
    current.changes.all().delete()
    current.state = Import.State.PREVIEW
    current.save(update_fields=["state"])
    rows = list(lock_rows(current.rows.order_by("number")))
    before = copy_validated_fields(rows)
    for row in rows:
        if row.state == ImportRow.State.ENTERED:
            row.state = ImportRow.State.WAITING
    check_import_rows(current, rows, before)
    record_activity(actor=actor, verb="undid", subject=current, coalition=current.coalition)
    return current


def _restore_changed_rows(plan: UndoPlan) -> None:
    for change, organisation in _pair_changed_rows(plan, ChangeKind.ORGANISATION):
        facts = {**change.before}
        areas = facts.pop("areas")
        for name, value in facts.items():
            setattr(organisation, name, value)
        organisation.version += 1
        organisation.save()
        organisation.areas.set(AreaOfWork.objects.filter(pk__in=areas))  # one may have been deleted since
    affiliations = _pair_changed_rows(plan, ChangeKind.AFFILIATION)
    refused = any(tie.no_invitations == Affiliation.InvitationObjection.OPTED_OUT for _change, tie in affiliations)
    refusing = find_people_refusing_in_other_imports(plan.source) if refused else set()
    for change, tie in affiliations:
        for name in change.before["empty"]:
            setattr(tie, name, "")
        if tie.person_id not in refusing:
            tie.no_invitations = change.before.get("no_invitations", "")
        confirmed_on = change.before["confirmed_on"]
        tie.may_speak = tie.may_speak and change.before["may_speak"]  # undo takes rights away, and never gives one
        tie.confirmed_on = date.fromisoformat(confirmed_on) if confirmed_on else None
        tie.confirmed_by_id = change.before["confirmed_by"]
        columns = (*LEDGER_AFFILIATION_FIELDS, "no_invitations", "may_speak", "confirmed_on", "confirmed_by")
        tie.save(update_fields=columns)
    memberships = _pair_changed_rows(plan, ChangeKind.MEMBERSHIP)
    for change, membership in memberships:
        ends_on = change.before["ends_on"]
        membership.standing = change.before["standing"]
        membership.ends_on = date.fromisoformat(ends_on) if ends_on else None
        membership.save(update_fields=["standing", "ends_on"])
    people = [tie.person_id for _change, tie in affiliations]
    people += [membership.applicant_id for _change, membership in memberships if membership.applicant_id]
    sync_person_departures(plan.source.coalition, people)


def _delete_added_rows(plan: UndoPlan) -> None:
    for rows in plan.removable:
        rows.delete()
    ties = Affiliation.objects.filter(pk__in=plan.added.get(ChangeKind.AFFILIATION, []))
    known = set(ties.values_list("person_id", flat=True)) - set(plan.added.get(ChangeKind.PERSON, []))
    for kind in IMPORT_DELETION_ORDER:
        for chunk in _split_into_chunks(plan.added.get(kind, [])):
            MODEL_BY_CHANGE_KIND[kind]._base_manager.filter(pk__in=chunk).order_by().delete()  # noqa: SLF001 - public by Django's word
    sync_person_departures(plan.source.coalition, known)
    areas = AreaOfWork.objects.filter(pk__in=plan.added.get(ChangeKind.AREA, []))
    for area in areas:  # one that is used elsewhere by now stays
        if not any(rows.exists() for _label, rows in _find_row_references(AreaOfWork, [area.pk])):
            area.delete()


def _pair_changed_rows(plan: UndoPlan, change_kind: str) -> list[tuple[ImportChange, Any]]:
    changes = plan.changed.get(change_kind, [])
    rows = MODEL_BY_CHANGE_KIND[change_kind]._base_manager.in_bulk([change.object_id for change in changes])  # noqa: SLF001 - as above
    return [(change, rows[change.object_id]) for change in changes if change.object_id in rows]


def _find_undo_obstacles(plan: UndoPlan) -> Iterator[str]:
    """Sentences about what happened since the import, each with some names."""
    yield from _describe_changed_organisations(plan)
    yield from _describe_removed_memberships(plan)
    yield from _describe_changed_people(plan)
    yield from _describe_removed_people(plan)
    used = _find_used_organisation_names(plan)
    if used:
        sentence = ngettext(
            "%(names)s is now used in the record.",
            "These organisations are now used in the record: %(names)s.",
            len(used),
        )
        yield sentence % {"names": _join_organisation_names(used)}


def _describe_changed_organisations(plan: UndoPlan) -> Iterator[str]:
    added = plan.source.changes.filter(kind=ChangeKind.ORGANISATION).values_list("object_id", "after")
    versions = {pk: after.get("version") for pk, after in added}
    rows = Organisation.objects.filter(pk__in=versions)
    edited = [row.name for row in rows if row.version != versions[row.pk] or row.merged_into_id]
    if edited:
        sentence = ngettext(
            "%(names)s has been edited since the import.",
            "These organisations have been edited since the import: %(names)s.",
            len(edited),
        )
        yield sentence % {"names": _join_organisation_names(edited)}


def _describe_removed_memberships(plan: UndoPlan) -> Iterator[str]:
    rows_by_change = _pair_changed_rows(plan, ChangeKind.MEMBERSHIP)
    accepted = [str(row) for change, row in rows_by_change if change.before["standing"] == Membership.Standing.APPLIED]
    if accepted:
        sentence = _("The import accepted these applications, and the applicants have been notified: %(names)s.")
        yield sentence % {"names": _join_organisation_names(accepted)}
    changes = plan.source.changes.filter(kind=ChangeKind.MEMBERSHIP)
    after = {
        change.object_id: change.after
        for change in changes
        if change.before.get("standing") != Membership.Standing.APPLIED
    }
    rows = Membership.objects.filter(pk__in=after).select_related("organisation", "person")
    changed = [str(row) for row in rows if get_membership_ledger_values(row) != after[row.pk] or row.reason]
    if changed:
        yield _("These memberships have been changed since the import: %(names)s.") % {
            "names": _join_organisation_names(changed)
        }


def _describe_changed_people(plan: UndoPlan) -> Iterator[str]:
    """Affiliations that were changed since, and those and entries in the mailing list that have ended.

    An import of an earlier version noted nothing of how it left an affiliation.
    """
    after = dict(plan.source.changes.filter(kind=ChangeKind.AFFILIATION).values_list("object_id", "after"))
    added = set(plan.added.get(ChangeKind.AFFILIATION, []))
    changed = []
    for chunk in _split_into_chunks(list(after)):
        for tie in Affiliation.objects.filter(pk__in=chunk).select_related("person", "organisation"):
            now = get_affiliation_ledger_values(tie)
            is_changed = after[tie.pk] and now != after[tie.pk]
            if is_changed or (tie.ends_on and tie.pk in added):
                changed.append(str(tie))
    for chunk in _split_into_chunks(plan.added.get(ChangeKind.LIST_ENTRY, [])):
        left = ListEntry.objects.filter(pk__in=chunk, ends_on__isnull=False).select_related("person")
        changed += [str(entry) for entry in left]
    if changed:
        sentence = _("These people's details have been changed since the import: %(names)s.")
        yield sentence % {"names": _join_organisation_names(changed)}


def _describe_removed_people(plan: UndoPlan) -> Iterator[str]:
    numbers = plan.added.get(ChangeKind.PERSON, [])
    people = Person.objects.filter(pk__in=numbers)
    told = sum(1 for person in people if person.told_at or person.last_login or person.erased_at)
    if told:
        yield ngettext(
            "%(n)s person has been emailed, has signed in or has been removed since the import.",
            "%(n)s people have been emailed, have signed in or have been removed since the import.",
            told,
        ) % {"n": told}
        return
    ignored = {
        "coalitions.Affiliation": plan.added.get(ChangeKind.AFFILIATION, []),
        "coalitions.ListEntry": plan.added.get(ChangeKind.LIST_ENTRY, []),
        **{rows.model._meta.label: list(rows.values_list("pk", flat=True)) for rows in plan.removable},  # noqa: SLF001 - as above
    }
    active = _count_referenced_rows(Person, numbers, ignored)
    if not active:
        active = _count_removed_representatives(plan)
    if active:
        yield ngettext(
            "%(n)s person is now named in the record.", "%(n)s people are now named in the record.", active
        ) % {"n": active}


def _count_removed_representatives(plan: UndoPlan) -> int:
    """People who spoke for an organisation to which only the import says that they belong."""
    ties = Affiliation.objects.filter(pk__in=plan.added.get(ChangeKind.AFFILIATION, []))
    spoken = Capacity.objects.filter(taken_at__gte=plan.source.at, coalition=plan.source.coalition)
    pairs = set(spoken.values_list("person_id", "organisation_id"))
    return sum(1 for pair in ties.values_list("person_id", "organisation_id") if pair in pairs)


def _find_used_organisation_names(plan: UndoPlan) -> list[str]:
    ignored = {
        "coalitions.Affiliation": plan.added.get(ChangeKind.AFFILIATION, []),
        "coalitions.Membership": plan.added.get(ChangeKind.MEMBERSHIP, []),
        "coalitions.OrganisationName": plan.added.get(ChangeKind.NAME, []),
    }
    numbers = _find_referenced_rows(Organisation, plan.added.get(ChangeKind.ORGANISATION, []), ignored)
    return list(Organisation.objects.filter(pk__in=numbers).values_list("name", flat=True))


def _count_referenced_rows(row_model: type[Model], row_ids: list[int], ignored_rows: dict[str, list[int]]) -> int:
    return len(_find_referenced_rows(row_model, row_ids, ignored_rows))


def _find_referenced_rows(row_model: type[Model], row_ids: list[int], ignored_rows: dict[str, list[int]]) -> set[int]:
    """Which of these rows something of any app refers to, but for rows of imports and those that are ignored."""
    found: set[int] = set()
    for chunk in _split_into_chunks(row_ids):
        for column, rows in _find_row_references(row_model, chunk):
            label = rows.model._meta.label  # noqa: SLF001 - as above
            skipped = set(ignored_rows.get(label, ()))
            found |= {pk for row, pk in rows.values_list("pk", column) if row not in skipped}
    return found


def _find_row_references(row_model: type[Model], row_ids: Collection[int]) -> Iterator[tuple[str, QuerySet[Any]]]:
    """The rows of each relation to these rows, hidden ones too, but for what an import itself keeps."""
    for relation in row_model._meta.get_fields(include_hidden=True):  # noqa: SLF001 - as above
        if not (relation.auto_created and (relation.one_to_many or relation.one_to_one)):
            continue
        related: Any = relation.related_model
        column = relation.field.attname  # type: ignore[union-attr]  # a foreign key
        is_own = related is ImportRow or (related._meta.auto_created is Organisation and row_model is Organisation)  # noqa: SLF001 - as above
        if not is_own:
            yield column, related._base_manager.filter(**{f"{column}__in": row_ids}).order_by()  # noqa: SLF001 - as above


def _split_into_chunks(row_ids: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(row_ids), BATCH_SIZE):
        yield row_ids[start : start + BATCH_SIZE]


def _join_organisation_names(organisation_names: list[str]) -> str:
    more = len(organisation_names) - MAX_NAMED_ORGANISATIONS
    shown = join_with_separator((f"“{name}”" for name in organisation_names[:MAX_NAMED_ORGANISATIONS]), ";")
    return shown if more <= 0 else _("%(names)s and %(n)s more") % {"names": shown, "n": more}
