"""What an import adds and changes, noted so that it can be undone as a whole."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from jukwaa.coalitions.models import Affiliation, Import, ImportChange, Membership, Organisation

BATCH_SIZE = 500
Kind = ImportChange.Kind
ORGANISATION_FIELDS = ("acronym", "country", "regional_group", "stakeholder_group", "languages", "website")
AFFILIATION_FIELDS = ("position", "phone")


@dataclass
class ImportLedger:
    """The changes of one import: collected while rows are imported, and written with them.

    Of what existed before, the state of the first note counts, so that rows can be imported in several steps.
    """

    source: Import
    changes: dict[tuple[str, int], ImportChange] = field(default_factory=dict)

    def note_new(self, kind: Kind, rows: Iterable[Model], **after: Any) -> None:
        for row in rows:
            self._note(ImportChange(kind=kind, object_id=row.pk, after=after))

    def note_new_memberships(self, rows: Iterable[Membership]) -> None:
        for row in rows:
            self._note(ImportChange(kind=Kind.MEMBERSHIP, object_id=row.pk, after=describe_membership(row)))

    def note_changed(self, kind: Kind, row: Model, before: dict[str, Any], after: dict[str, Any]) -> None:
        self._note(ImportChange(kind=kind, object_id=row.pk, is_new=False, before=before, after=after))

    def _note(self, change: ImportChange) -> None:
        change.source = self.source
        self.changes.setdefault((str(change.kind), change.object_id), change)

    def save(self) -> None:
        """What an earlier step noted stays, but for the version after which somebody else's changes begin."""
        known = {(change.kind, change.object_id): change for change in self.source.changes.all()}
        for key, change in self.changes.items():
            if key in known and known[key].after != change.after:
                known[key].after = change.after
                known[key].save(update_fields=["after"])
        new = [change for key, change in self.changes.items() if key not in known]
        ImportChange.objects.bulk_create(new, batch_size=BATCH_SIZE)


def describe_organisation(organisation: Organisation) -> dict[str, Any]:
    """The fields that an import may fill, and the areas, as they are."""
    facts = {name: getattr(organisation, name) for name in ORGANISATION_FIELDS}
    return {**facts, "areas": sorted(area.pk for area in organisation.areas.all())}


def describe_membership(membership: Membership) -> dict[str, Any]:
    """What tells that nobody has changed it."""
    days = {"starts_on": membership.starts_on, "ends_on": membership.ends_on}
    return {name: day.isoformat() if day else "" for name, day in days.items()}


def describe_affiliation(tie: Affiliation) -> dict[str, Any]:
    """What an import may change, without words: which fields were empty, and who had confirmed it."""
    return {
        "empty": [name for name in AFFILIATION_FIELDS if not getattr(tie, name)],
        "may_speak": tie.may_speak,
        "confirmed_on": tie.confirmed_on.isoformat() if tie.confirmed_on else "",
        "confirmed_by": tie.confirmed_by_id,
    }
