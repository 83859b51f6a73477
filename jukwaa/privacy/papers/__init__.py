"""Papers about data protection, as drafts for a lawyer: filled from what the tables declare and the notice says."""

from jukwaa.privacy.papers.breach import build_breach_log, build_breach_notification
from jukwaa.privacy.papers.building_blocks import PrivacyPaper
from jukwaa.privacy.papers.paper_titles import (
    BREACH_LOG_TITLE,
    BREACH_NOTIFICATION_TITLE,
    PROCESSING_RECORD_TITLE,
    PROCESSOR_ANNEX_TITLE,
    TRANSFER_NOTES_TITLE,
)
from jukwaa.privacy.papers.processing_record import build_processing_record
from jukwaa.privacy.papers.processor_annex import build_processor_annex
from jukwaa.privacy.papers.transfers import build_transfer_notes

PAPERS_BY_NAME = {
    paper.name: paper
    for paper in (
        PrivacyPaper("record-of-processing", *PROCESSING_RECORD_TITLE, build_processing_record),
        PrivacyPaper("processor-agreement-annex", *PROCESSOR_ANNEX_TITLE, build_processor_annex),
        PrivacyPaper("breach-log", *BREACH_LOG_TITLE, build_breach_log),
        PrivacyPaper("breach-notification", *BREACH_NOTIFICATION_TITLE, build_breach_notification),
        PrivacyPaper("transfer-notes", *TRANSFER_NOTES_TITLE, build_transfer_notes),
    )
}
