"""The session report: written from the record of a meeting, edited by the rapporteur, handed out in four formats."""

from jukwaa.core.edited_paragraphs import Paragraph
from jukwaa.meetings.report.composition import ComposedReport, ReportSection, compose
from jukwaa.meetings.report.deadline import REPORT_PERIOD, get_report_deadline
from jukwaa.meetings.report.formats import REPORT_FORMATS, ReportFormat, build_document, build_file_name
