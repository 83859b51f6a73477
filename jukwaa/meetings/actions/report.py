"""Editing the session report, and publishing it."""

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.edited_paragraphs import store_paragraph_edit
from jukwaa.core.refusals import EditConflict
from jukwaa.core.transactions import lock_row
from jukwaa.meetings import policies
from jukwaa.meetings.models import Meeting, Report
from jukwaa.meetings.report import compose_meeting_report


def get_or_build_report(meeting: Meeting) -> Report:
    """Return the report of a meeting, or an unsaved one."""
    return Report.objects.filter(meeting=meeting).first() or Report(meeting=meeting, version=0)


@action
def edit_report_paragraph(*, actor: Person, meeting: Meeting, key: str, text: str, from_version: int) -> Report:
    """Keep what the rapporteur made of a paragraph, with what it started from.

    Raises PermissionDenied, EditConflict, and LookupError for a paragraph that isn't there. Writing what the record
    says anyway takes the edit back.
    """
    report = _lock_report_version(actor, meeting, from_version)
    paragraph = compose_meeting_report(meeting, report.edits).get_paragraph(key)
    if paragraph is None:
        raise LookupError(key)
    store_paragraph_edit(report.edits, paragraph, text.strip())
    return _save_meeting_report(actor, report, "edited")


@action
def restore_report_paragraph(*, actor: Person, meeting: Meeting, paragraph_key: str, from_version: int) -> Report:
    """Let a paragraph read as the record says. Raises PermissionDenied and EditConflict."""
    report = _lock_report_version(actor, meeting, from_version)
    report.edits.pop(paragraph_key, None)
    return _save_meeting_report(actor, report, "restored")


@action
def publish_meeting_report(*, actor: Person, meeting: Meeting) -> Report:
    """Open the report to whoever may read the meeting. Publishing it again changes nothing."""
    if not policies.can_manage_minutes(ViewerContext(actor), meeting.coalition):
        raise PermissionDenied
    report = _lock_meeting_report_row(meeting)
    if report.published_at is None:
        report.published_at = timezone.now()
        _save_meeting_report(actor, report, "published")
    return report


@action
def unpublish_meeting_report(*, actor: Person, meeting: Meeting) -> Report:
    """Close it again, for as long as it is being mended."""
    if not policies.can_manage_minutes(ViewerContext(actor), meeting.coalition):
        raise PermissionDenied
    report = _lock_meeting_report_row(meeting)
    if report.published_at is not None:
        report.published_at = None
        _save_meeting_report(actor, report, "unpublished")
    return report


def _lock_report_version(actor: Person, meeting: Meeting, from_version: int) -> Report:
    if not policies.can_manage_minutes(ViewerContext(actor), meeting.coalition):
        raise PermissionDenied
    report = _lock_meeting_report_row(meeting)
    if report.version != from_version:
        raise EditConflict(report)
    return report


def _lock_meeting_report_row(meeting: Meeting) -> Report:
    lock_row(meeting)  # two first edits at once make one row
    return get_or_build_report(meeting)


def _save_meeting_report(actor: Person, report: Report, activity_verb: str) -> Report:
    report.version += 1
    report.save()
    record_activity(actor=actor, verb=activity_verb, subject=report, coalition=report.meeting.coalition, kind="report")
    return report
