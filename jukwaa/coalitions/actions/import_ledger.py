"""What an import adds and changes, noted so that it can be undone as a whole."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from jukwaa.accounts.identity import compute_keyed_digest
from jukwaa.coalitions.models import Affiliation, Import, ImportChange, Membership, Organisation

BATCH_SIZE = 500
ChangeKind = ImportChange.Kind
LEDGER_ORGANISATION_FIELDS = ("acronym", "country", "regional_group", "stakeholder_group", "languages", "website")
LEDGER_AFFILIATION_FIELDS = ("position", "phone")


@dataclass
class ImportLedger:
    """The changes of one import: collected while rows are imported, and written with them.

    Of what existed before, the state of the first note counts, so that rows can be imported in several steps.
    """

    source: Import
    changes: dict[tuple[str, int], ImportChange] = field(default_factory=dict)

    def record_new_rows(self, change_kind: ChangeKind, new_rows: Iterable[Model], **after: Any) -> None:
        for row in new_rows:
            self._note(ImportChange(kind=change_kind, object_id=row.pk, after=after))

    def note_new_memberships(self, memberships: Iterable[Membership]) -> None:
        for row in memberships:
            self._note(
                ImportChange(kind=ChangeKind.MEMBERSHIP, object_id=row.pk, after=get_membership_ledger_values(row))
            )

    def note_new_affiliations(self, affiliations: Iterable[Affiliation]) -> None:
        for tie in affiliations:
            self._note(
                ImportChange(kind=ChangeKind.AFFILIATION, object_id=tie.pk, after=get_affiliation_ledger_values(tie))
            )

    def record_changed_row(
        self, change_kind: ChangeKind, changed_row: Model, values_before: dict[str, Any], values_after: dict[str, Any]
    ) -> None:
        self._note(
            ImportChange(
                kind=change_kind, object_id=changed_row.pk, is_new=False, before=values_before, after=values_after
            )
        )

    def update_affiliation(self, affiliation: Affiliation, values_before: dict[str, Any]) -> None:
        """Note a change of an affiliation that this import may have added or changed already."""
        values_after = get_affiliation_ledger_values(affiliation)
        if change := self.changes.get((str(ChangeKind.AFFILIATION), affiliation.pk)):
            change.after = values_after
        else:
            self.record_changed_row(ChangeKind.AFFILIATION, affiliation, values_before, values_after)

    def _note(self, import_change: ImportChange) -> None:
        import_change.source = self.source
        self.changes.setdefault((str(import_change.kind), import_change.object_id), import_change)

    def save(self) -> None:
        """What an earlier step noted stays, except the version after which other people's changes begin.

        An affiliation that another person changed between two steps keeps the earlier one: that change stops undo.
        """
        known = {(change.kind, change.object_id): change for change in self.source.changes.all()}
        for key, change in self.changes.items():
            if key in known and change.kind == ChangeKind.AFFILIATION and change.before != known[key].after:
                continue
            if key in known and known[key].after != change.after:
                known[key].after = change.after
                known[key].save(update_fields=["after"])
        new = [change for key, change in self.changes.items() if key not in known]
        ImportChange.objects.bulk_create(new, batch_size=BATCH_SIZE)


def get_organisation_ledger_values(organisation: Organisation) -> dict[str, Any]:
    """The fields that an import may fill, and the areas, as they are."""
    facts = {name: getattr(organisation, name) for name in LEDGER_ORGANISATION_FIELDS}
    return {**facts, "areas": sorted(area.pk for area in organisation.areas.all())}


def get_membership_ledger_values(membership: Membership) -> dict[str, Any]:
    """What tells that nobody has changed it."""
    days = {"starts_on": membership.starts_on, "ends_on": membership.ends_on}
    return {name: day.isoformat() if day else "" for name, day in days.items()}


def get_affiliation_ledger_values(affiliation: Affiliation) -> dict[str, Any]:
    """What tells that nobody has changed it, and what an import may change: digests stand for words of people."""
    words = {name: str(getattr(affiliation, name)) for name in LEDGER_AFFILIATION_FIELDS}
    days = {
        "starts_on": affiliation.starts_on,
        "ends_on": affiliation.ends_on,
        "confirmed_on": affiliation.confirmed_on,
    }
    return {
        **{name: compute_keyed_digest(f"affiliation.{name}", text) if text else "" for name, text in words.items()},
        **{name: day.isoformat() if day else "" for name, day in days.items()},
        "empty": [name for name, text in words.items() if not text],
        **({"no_invitations": affiliation.no_invitations} if affiliation.no_invitations else {}),
        "may_speak": affiliation.may_speak,
        "confirmed_by": affiliation.confirmed_by_id,
    }
