"""The session report: written from the record of a meeting, edited by the rapporteur, handed out in four formats."""

from jukwaa.core.edited_paragraphs import EditedParagraph
from jukwaa.meetings.report.composition import ComposedReport, ReportSection, compose_meeting_report
from jukwaa.meetings.report.deadline import REPORT_DEADLINE_PERIOD, get_report_deadline
from jukwaa.meetings.report.formats import (
    REPORT_FORMATS_BY_NAME,
    ReportFormat,
    build_report_document,
    build_report_file_name,
)
