"""The session report: written from the record of a meeting, edited by the rapporteur, handed out in four formats."""

from jukwaa.core.edited_paragraphs import Paragraph
from jukwaa.meetings.report.compose import Composed, Section, compose
from jukwaa.meetings.report.deadline import DUE_AFTER, get_deadline
from jukwaa.meetings.report.shapes import SHAPES, Shape, document_of, file_name
