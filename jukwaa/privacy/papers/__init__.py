"""Papers about data protection, as drafts for a lawyer: filled from what the tables declare and the notice says."""

from jukwaa.privacy.papers.breach import build_breach_log, build_breach_notification
from jukwaa.privacy.papers.building_blocks import Paper
from jukwaa.privacy.papers.paper_titles import (
    BREACH_LOG,
    BREACH_NOTIFICATION,
    PROCESSOR_ANNEX,
    RECORD_OF_PROCESSING,
    TRANSFERS,
)
from jukwaa.privacy.papers.processing_record import build_processing_record
from jukwaa.privacy.papers.processor_annex import build_processor_annex
from jukwaa.privacy.papers.transfers import build_transfer_notes

PAPERS = {
    paper.name: paper
    for paper in (
        Paper("record-of-processing", *RECORD_OF_PROCESSING, build_processing_record),
        Paper("processor-agreement-annex", *PROCESSOR_ANNEX, build_processor_annex),
        Paper("breach-log", *BREACH_LOG, build_breach_log),
        Paper("breach-notification", *BREACH_NOTIFICATION, build_breach_notification),
        Paper("transfer-notes", *TRANSFERS, build_transfer_notes),
    )
}
