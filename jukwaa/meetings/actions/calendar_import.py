"""Importing meetings from a calendar, and updating them when the calendar changes."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.transactions import lock_row
from jukwaa.meetings import policies
from jukwaa.meetings.actions.meetings import create_meeting_record
from jukwaa.meetings.calendar_import_plan import (
    WRITTEN_IMPORT_OUTCOMES,
    EventImportOutcome,
    PlannedEventImport,
    compute_meeting_details_fingerprint,
    find_missing_details,
    plan_calendar_import,
)
from jukwaa.meetings.calendar_reader import CalendarEvent
from jukwaa.meetings.models import ImportedCalendar, ImportedEvent, Meeting
from jukwaa.records.actions import change_record
from jukwaa.records.policies import can_change_record

MAX_CALENDAR_ADDRESSES = 10
MAX_CALENDAR_FAILURES = 7 * 24  # failures in a row, one an hour


@action
def import_calendar(
    *,
    actor: Person,
    coalition: Coalition,
    calendar_name: str,
    address: str,
    tlp_label: str,
    calendar_events: Iterable[CalendarEvent],
    selected_keys: Collection[str],
    recorded_meetings: Mapping[str, int] | None = None,
) -> Counter[EventImportOutcome]:
    """Import the new events whose keys were selected, and update those that were imported before.

    `recorded_meetings` has the keys of events that are meetings of the record, with the numbers of these.

    Past meetings are published at once, without an email about each of them. Those to come are drafts, since publishing
    one invites all members. Raises PermissionDenied and ActionRefused.
    """
    if not policies.can_manage_minutes(ViewerContext(actor), coalition):
        raise PermissionDenied
    calendar = _get_or_create_calendar(actor, coalition, calendar_name, address, tlp_label)
    recorded = recorded_meetings or {}
    planned = [
        _identify_recorded_meeting(row, recorded.get(row.event.event_key, 0))
        for row in plan_calendar_import(coalition, calendar_events, viewer=actor)
    ]
    left_out = [row for row in planned if row.is_new and row.event.event_key not in selected_keys]
    ImportedEvent.objects.bulk_create(
        (ImportedEvent(calendar=calendar, coalition=coalition, key=row.event.event_key) for row in left_out if address),
        ignore_conflicts=True,  # somebody else has just left them out too
    )
    written = _write_planned_imports(actor, calendar, [row for row in planned if row not in left_out])
    record_activity(actor=actor, verb="imported", subject=calendar, coalition=coalition, kind="imported-calendar")
    return written


def _identify_recorded_meeting(planned_import: PlannedEventImport, meeting_id: int) -> PlannedEventImport:
    """Return the event as the meeting of its day that has this number, if there is one."""
    for meeting in planned_import.same_day:
        if meeting.pk == meeting_id:
            return replace(planned_import, outcome=EventImportOutcome.FOUND, meeting=meeting)
    return planned_import


def _get_or_create_calendar(
    actor: Person, coalition: Coalition, calendar_name: str, address: str, tlp_label: str
) -> ImportedCalendar:
    """Return the calendar of this address, or a new one. Each uploaded file is a new one."""
    of_coalition = ImportedCalendar.objects.filter(coalition=coalition)
    there = of_coalition.updated_hourly().filter(address=address).first() if address else None
    if there is None and address and of_coalition.updated_hourly().count() >= MAX_CALENDAR_ADDRESSES:
        sentence = _(
            "A coalition can have at most %(limit)s calendars that update every hour. Stop updating another calendar"
            " first."
        )
        raise ActionRefused(sentence % {"limit": MAX_CALENDAR_ADDRESSES})
    calendar = there or ImportedCalendar(coalition=coalition, added_by=actor, address=address)
    calendar.name, calendar.label, calendar.read_at = calendar_name, tlp_label, timezone.now()
    calendar.problem, calendar.failures = "", 0
    calendar.save()
    return calendar


@action
def update_meetings_from_calendar(
    *, imported_calendar: ImportedCalendar, calendar_events: Iterable[CalendarEvent]
) -> int:
    """Do what the calendar says now, for whoever added it. New meetings are drafts. Return how many were written.

    Reading the same again writes no activity. Raises ActionRefused.
    """
    imported_calendar = lock_row(imported_calendar)
    if not imported_calendar.is_updated:
        return 0
    if not policies.can_manage_minutes(ViewerContext(imported_calendar.added_by), imported_calendar.coalition):
        _stop_failing_calendar(
            imported_calendar,
            _("The person who added this calendar can no longer edit meetings. Add the calendar again."),
        )
        return 0
    planned = plan_calendar_import(imported_calendar.coalition, calendar_events)
    written = _write_planned_imports(
        imported_calendar.added_by,
        imported_calendar,
        [row for row in planned if row.outcome in WRITTEN_IMPORT_OUTCOMES],
        imports_as_drafts=True,
    )
    imported_calendar.read_at, imported_calendar.problem, imported_calendar.failures = timezone.now(), "", 0
    imported_calendar.save(update_fields=["read_at", "problem", "failures"])
    return written.total()


@action
def record_calendar_failure(*, imported_calendar: ImportedCalendar, problem_text: str) -> None:
    """Keep why the calendar could not be read. After a week without success it is not read any more."""
    imported_calendar = lock_row(imported_calendar)
    imported_calendar.failures += 1
    imported_calendar.problem = problem_text
    imported_calendar.save(update_fields=["failures", "problem"])
    if imported_calendar.failures >= MAX_CALENDAR_FAILURES:
        _stop_failing_calendar(imported_calendar, problem_text)


@action
def stop_calendar_import(*, actor: Person, imported_calendar: ImportedCalendar) -> ImportedCalendar:
    """Stop reading the address, and forget it. The meetings stay. Raises PermissionDenied."""
    if not policies.can_manage_minutes(ViewerContext(actor), imported_calendar.coalition):
        raise PermissionDenied
    imported_calendar = lock_row(imported_calendar)
    if imported_calendar.is_updated:
        _stop_failing_calendar(imported_calendar, "")
        record_activity(
            actor=actor,
            verb="stopped",
            subject=imported_calendar,
            coalition=imported_calendar.coalition,
            kind="imported-calendar",
        )
    return imported_calendar


def _stop_failing_calendar(imported_calendar: ImportedCalendar, problem_text: str) -> None:
    imported_calendar.stopped_at, imported_calendar.problem, imported_calendar.address = (
        timezone.now(),
        problem_text,
        "",
    )
    imported_calendar.save(update_fields=["stopped_at", "problem", "address"])


def _write_planned_imports(
    actor: Person,
    imported_calendar: ImportedCalendar,
    planned_imports: list[PlannedEventImport],
    *,
    imports_as_drafts: bool = False,
) -> Counter[EventImportOutcome]:
    """Write what is to be written, and return how many of each kind were."""
    written = Counter[EventImportOutcome]()
    for row in planned_imports:
        if row.outcome not in WRITTEN_IMPORT_OUTCOMES:
            continue
        if row.outcome is EventImportOutcome.NEW:
            _import_planned_meeting(
                actor, imported_calendar, row, is_draft_meeting=imports_as_drafts or not _is_planned_meeting_over(row)
            )
        elif row.outcome is EventImportOutcome.FOUND:
            _link_existing_meeting(actor, imported_calendar, row)
            continue
        elif row.outcome is EventImportOutcome.CANCELLED:
            _cancel_imported_meeting(actor, row.meeting)
        else:
            _update_imported_meeting(actor, row)
        written[row.outcome] += 1
    return written


def _is_planned_meeting_over(planned_import: PlannedEventImport) -> bool:
    meeting = Meeting(**planned_import.details)
    meeting.set_moments()
    return meeting.is_held


def _import_planned_meeting(
    actor: Person, imported_calendar: ImportedCalendar, planned_import: PlannedEventImport, *, is_draft_meeting: bool
) -> None:
    coalition, label = imported_calendar.coalition, imported_calendar.label
    meeting = create_meeting_record(
        actor=actor,
        coalition=coalition,
        label=label,
        published=not is_draft_meeting,
        allows_same_title=True,
        **planned_import.details,
    )
    _save_imported_event(
        imported_calendar, planned_import, meeting, compute_meeting_details_fingerprint(planned_import.details)
    )


def _link_existing_meeting(
    actor: Person, imported_calendar: ImportedCalendar, planned_import: PlannedEventImport
) -> None:
    """Link the event to a meeting that was in the record before, so that it is not imported again.

    The meeting gets what its record lacks, and its page names the calendar. If another event is that meeting already,
    this one is noted without it.
    """
    meeting, imported = planned_import.meeting, planned_import.imported
    if meeting is None or imported is not None:
        return
    is_linked = ImportedEvent.objects.filter(meeting=meeting).exists()
    _save_imported_event(imported_calendar, planned_import, None if is_linked else meeting, "")
    missing = find_missing_details(planned_import, meeting, imported_calendar.label)
    if missing and not is_linked and can_change_record(ViewerContext(actor), meeting):
        change_record(actor=actor, record=meeting, changes=missing, from_version=meeting.version)


def _save_imported_event(
    imported_calendar: ImportedCalendar, planned_import: PlannedEventImport, meeting: Meeting | None, fingerprint: str
) -> None:
    imported = ImportedEvent(
        calendar=imported_calendar, coalition=imported_calendar.coalition, key=planned_import.event.event_key
    )
    imported.meeting, imported.fingerprint = meeting, fingerprint
    try:
        imported.save()
    except IntegrityError as error:
        sentence = _("Someone else has just imported these meetings. Choose the calendar again.")
        raise ActionRefused(sentence) from error


def _update_imported_meeting(actor: Person, planned_import: PlannedEventImport) -> None:
    meeting, imported = planned_import.meeting, planned_import.imported
    if meeting is None or imported is None:
        return
    change_record(
        actor=actor, record=meeting, changes=planned_import.details, from_version=meeting.version, is_trusted=True
    )
    imported.fingerprint = compute_meeting_details_fingerprint(planned_import.details)
    imported.save(update_fields=["fingerprint"])


def _cancel_imported_meeting(actor: Person, meeting: Meeting | None) -> None:
    """Cancel a meeting that its calendar has cancelled. Members are emailed about published meetings to come."""
    if meeting is None:
        return
    current = lock_row(meeting)
    current.cancelled_at = timezone.now()
    current.cancellation_reason = _("Cancelled in the calendar from which the meeting was imported.")
    current.sequence += 1
    current.save(update_fields=["cancelled_at", "cancellation_reason", "sequence"])
    record_activity(actor=actor, verb="cancelled", subject=current, coalition=current.coalition)


FAILURES_BEFORE_PAUSE = 10


def is_calendar_update_due(imported_calendar: ImportedCalendar, now: datetime) -> bool:
    """Return whether the calendar is due; after ten failures, only every sixth hour."""
    if imported_calendar.failures < FAILURES_BEFORE_PAUSE:
        return True
    return int(now.timestamp() // timedelta(hours=1).total_seconds()) % 6 == 0
