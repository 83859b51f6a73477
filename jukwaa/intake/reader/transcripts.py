"""What was said word by word, below the notes on it: read for nothing, as the notes say it too."""

from jukwaa.intake.reader.passage import Passage
from jukwaa.intake.reader.roles import TRANSCRIPT_ROLE

SUMMARY_ROLES = frozenset({"decision", "commitment", "discussion", "agenda", "conclusion", "recommendation"})


def mark_repeated_transcripts(passages: list[Passage]) -> None:
    """Mark the lines below a heading such as "Transcript", if there is a summary or a list of tasks above it."""
    is_summarised = False
    for passage in passages:
        is_summarised = is_summarised or bool({passage.role, passage.lead} & SUMMARY_ROLES)
        passage.is_repeated = is_summarised and passage.role == TRANSCRIPT_ROLE
