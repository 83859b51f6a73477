"""Editing the session report, and publishing it."""

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, note
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.edited_paragraphs import keep_edit
from jukwaa.core.refusals import EditConflict
from jukwaa.core.transactions import lock_row
from jukwaa.meetings import policies
from jukwaa.meetings.models import Meeting, Report
from jukwaa.meetings.report import compose


def report_of(meeting: Meeting) -> Report:
    """The report's row, or one that nobody has saved yet: looking at a report writes nothing."""
    return Report.objects.filter(meeting=meeting).first() or Report(meeting=meeting, version=0)


@action
def edit_paragraph(*, actor: Person, meeting: Meeting, key: str, text: str, from_version: int) -> Report:
    """Keep what the rapporteur made of a paragraph, with what it started from.

    Raises PermissionDenied, EditConflict, and LookupError for a paragraph that isn't there. Writing what the record
    says anyway takes the edit back.
    """
    report = _mine(actor, meeting, from_version)
    paragraph = compose(meeting, report.edits).paragraph(key)
    if paragraph is None:
        raise LookupError(key)
    keep_edit(report.edits, paragraph, text.strip())
    return _keep(actor, report, "edited")


@action
def restore_paragraph(*, actor: Person, meeting: Meeting, key: str, from_version: int) -> Report:
    """Let a paragraph read as the record says. Raises PermissionDenied and EditConflict."""
    report = _mine(actor, meeting, from_version)
    report.edits.pop(key, None)
    return _keep(actor, report, "restored")


@action
def publish_report(*, actor: Person, meeting: Meeting) -> Report:
    """Open the report to whoever may read the meeting. Publishing it again changes nothing."""
    if not policies.can_keep_minutes(ViewerContext(actor), meeting.coalition):
        raise PermissionDenied
    report = _locked(meeting)
    if report.published_at is None:
        report.published_at = timezone.now()
        _keep(actor, report, "published")
    return report


@action
def unpublish_report(*, actor: Person, meeting: Meeting) -> Report:
    """Close it again, for as long as it is being mended."""
    if not policies.can_keep_minutes(ViewerContext(actor), meeting.coalition):
        raise PermissionDenied
    report = _locked(meeting)
    if report.published_at is not None:
        report.published_at = None
        _keep(actor, report, "unpublished")
    return report


def _mine(actor: Person, meeting: Meeting, from_version: int) -> Report:
    if not policies.can_keep_minutes(ViewerContext(actor), meeting.coalition):
        raise PermissionDenied
    report = _locked(meeting)
    if report.version != from_version:
        raise EditConflict(report)
    return report


def _locked(meeting: Meeting) -> Report:
    lock_row(meeting)  # two first edits at once make one row
    return report_of(meeting)


def _keep(actor: Person, report: Report, verb: str) -> Report:
    report.version += 1
    report.save()
    note(actor=actor, verb=verb, subject=report, coalition=report.meeting.coalition, kind="report")
    return report
