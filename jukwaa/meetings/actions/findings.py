"""Key findings of a year: writing them from its records, and publishing them."""

from collections.abc import Collection
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.refusals import ActionRefused
from jukwaa.meetings import policies
from jukwaa.meetings.chatham_house_rule import ForbiddenNames
from jukwaa.meetings.findings import find_key_findings
from jukwaa.meetings.models import KEY_FINDING_RECORD_KIND, Entry, FindingSource, KeyFinding
from jukwaa.records.actions import begin_record, change_record, publish_record
from jukwaa.records.models import Label, Record, State
from jukwaa.records.models.record import LABELS_OPEN_TO_ROLES


@action
def add_key_finding(
    *, actor: Person, coalition: Coalition, year: int, title: str, summary: str, label: str, sources: Collection[Record]
) -> KeyFinding:
    """Write a key finding as a draft. Raises PermissionDenied, ActionRefused and NamesFoundError."""
    if not policies.can_manage_minutes(ViewerContext(actor), coalition):
        raise PermissionDenied
    _check_finding_sources(sources, label, title, summary)
    finding = KeyFinding(
        kind=KEY_FINDING_RECORD_KIND,
        coalition=coalition,
        year=year,
        title=title,
        summary=summary,
        label=label,
        language=coalition.language,
    )
    finding = begin_record(actor=actor, record=finding)
    _set_finding_sources(actor, finding, sources)
    return finding


@action
def change_key_finding(
    *,
    actor: Person,
    finding: KeyFinding,
    changes: dict[str, Any],
    source_records: Collection[Record],
    from_version: int,
) -> KeyFinding:
    """Save changes. Raises PermissionDenied, ActionRefused, EditConflict and NamesFoundError."""
    if not policies.can_manage_minutes(ViewerContext(actor), finding.coalition):
        raise PermissionDenied
    if finding.state == State.WITHDRAWN:
        raise ActionRefused(_("This key finding was withdrawn and can no longer be changed."))
    _check_finding_sources(source_records, changes["label"], changes["title"], changes["summary"])
    changed = change_record(actor=actor, record=finding, changes=changes, from_version=from_version)
    _set_finding_sources(actor, changed, source_records)
    return changed


@action
def publish_key_findings(*, actor: Person, coalition: Coalition, year: int) -> int:
    """Publish the actor's drafts of this year, and return how many they were. Raises PermissionDenied."""
    if not policies.can_manage_minutes(ViewerContext(actor), coalition):
        raise PermissionDenied
    drafts = list(find_key_findings(actor, coalition, year).filter(state=State.DRAFT))
    for finding in drafts:
        publish_record(actor=actor, record=finding)
    return len(drafts)


def _set_finding_sources(actor: Person, finding: KeyFinding, source_records: Collection[Record]) -> None:
    """Those that the actor may not read were not on their page, and stay."""
    wanted = {record.pk for record in source_records}
    there = set(finding.finding_sources.values_list("record", flat=True))
    readable = Record.objects.visible_to(actor)
    finding.finding_sources.filter(readable.exists_for("record")).exclude(record__in=wanted).delete()
    FindingSource.objects.bulk_create(FindingSource(finding=finding, record_id=pk) for pk in sorted(wanted - there))


def _check_finding_sources(source_records: Collection[Record], tlp_label: str, *texts: str) -> None:
    """Raise if the finding would tell its readers more than they may read, or has nothing to be based on."""
    if not source_records:
        raise ActionRefused(_("Select at least one record that the finding is based on."), "sources")
    if any(record.label not in LABELS_OPEN_TO_ROLES for record in source_records):
        raise ActionRefused(_("Only some people can read one of these records. Remove that record."), "sources")
    if tlp_label == Label.CLEAR and any(record.label != Label.CLEAR for record in source_records):
        raise ActionRefused(
            _("Only members can read one of these records. Remove that record, or choose “Members”."), "sources"
        )
    for record in source_records:
        entry = record.whole()
        if isinstance(entry, Entry) and entry.is_chatham:
            ForbiddenNames(entry.meeting).refuse_names_in_texts(*texts)
