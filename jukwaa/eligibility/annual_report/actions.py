"""Editing an annual report, publishing it, and recording that it was submitted to the forum."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.edited_paragraphs import store_paragraph_edit
from jukwaa.core.refusals import ActionRefused, EditConflict
from jukwaa.core.transactions import lock_row
from jukwaa.eligibility import policies
from jukwaa.eligibility.annual_report.all_statistics import STATISTICS_BY_KEY
from jukwaa.eligibility.annual_report.composition import compose_report_sections
from jukwaa.eligibility.annual_report.models import AnnualReport
from jukwaa.eligibility.annual_report.number_markers import find_unknown_statistic_key
from jukwaa.eligibility.annual_report.period import ReportPeriod


@action
def edit_report_section(
    *, actor: Person, coalition: Coalition, year: int, section_key: str, text: str, version: int
) -> AnnualReport:
    """Keep what the rapporteur made of a section, with what it started from. `version` is the one it was edited from.

    Writing what the record says anyway takes the edit back. Raises PermissionDenied, ActionRefused and EditConflict,
    and LookupError for a section that no report has.
    """
    report, text = _lock_annual_report(actor, coalition, year), _normalise_line_breaks(text)
    if section_key in report.edits and report.edits[section_key]["text"] == text:
        return report
    _check_report_version(report, version)
    if unknown := find_unknown_statistic_key(text, STATISTICS_BY_KEY):
        sentence = _(
            "Remove “%(name)s”, or replace it with a number in square brackets from the draft. The report has no"
            " number with this name."
        )
        raise ActionRefused(sentence % {"name": unknown}, "text")
    section = compose_report_sections(ReportPeriod.of_year(coalition, year), report.edits).get_section(section_key)
    store_paragraph_edit(report.edits, section.paragraph, text)
    return _save_annual_report(actor, report, "edited")


def _normalise_line_breaks(text: str) -> str:
    """Browsers send line breaks in two characters."""
    return "\n".join(text.strip().splitlines())


@action
def restore_report_section(*, actor: Person, coalition: Coalition, year: int, key: str) -> AnnualReport:
    """Let a section read as the record says. Raises PermissionDenied. Without an edit, nothing changes."""
    report = _lock_annual_report(actor, coalition, year)
    if report.edits.pop(key, None) is None:
        return report
    return _save_annual_report(actor, report, "restored")


@action
def publish_annual_report(*, actor: Person, coalition: Coalition, year: int) -> AnnualReport:
    """Open the report to everyone. Publishing it again changes nothing. Raises PermissionDenied."""
    report = _lock_annual_report(actor, coalition, year)
    if report.published_at is None:
        report.published_at = timezone.now()
        _save_annual_report(actor, report, "published")
    return report


@action
def unpublish_annual_report(*, actor: Person, coalition: Coalition, year: int) -> AnnualReport:
    """Keep the report for members again. Raises PermissionDenied."""
    report = _lock_annual_report(actor, coalition, year)
    if report.published_at is not None:
        report.published_at = None
        _save_annual_report(actor, report, "unpublished")
    return report


@action
def record_report_submission(
    *, actor: Person, coalition: Coalition, year: int, sent_on: date | None, sent_to: str, version: int
) -> AnnualReport:
    """Record when the report was submitted to the forum and where it can be read. Without a day, take that back.

    Raises PermissionDenied, ActionRefused and EditConflict.
    """
    report = _lock_annual_report(actor, coalition, year)
    if (report.sent_on, report.sent_to) == (sent_on, sent_to):
        return report
    _check_report_version(report, version)
    if bool(sent_on) != bool(sent_to):
        raise ActionRefused(_("Enter both the date and the link, or neither."), "sent_to" if sent_on else "sent_on")
    if sent_on and sent_on > timezone.localdate():
        raise ActionRefused(
            _("Enter the date on which the report was submitted. The date must be today or earlier."), "sent_on"
        )
    report.sent_on, report.sent_to = sent_on, sent_to
    return _save_annual_report(actor, report, "submitted" if sent_on else "edited")


def _lock_annual_report(actor: Person, coalition: Coalition, year: int) -> AnnualReport:
    """Return the locked row of the report, made where there is none. A refusal takes a new row back."""
    if not policies.can_edit_annual_report(ViewerContext(actor), coalition):
        raise PermissionDenied(_("Only rapporteurs, editors and coordinators can edit the annual report."))
    row, _is_new = AnnualReport.objects.get_or_create(coalition=coalition, year=year, defaults={"version": 0})
    report = lock_row(row)
    report.coalition = coalition
    return report


def _check_report_version(report: AnnualReport, version: int) -> None:
    if report.version != version:
        raise EditConflict(report)


def _save_annual_report(actor: Person, report: AnnualReport, activity_verb: str) -> AnnualReport:
    report.version += 1
    report.save()
    record_activity(actor=actor, verb=activity_verb, subject=report, coalition=report.coalition)
    return report
