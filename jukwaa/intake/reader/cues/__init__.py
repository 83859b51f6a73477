"""The cues, a table for each kind."""

from jukwaa.intake.reader.cue import Cue, CueBook
from jukwaa.intake.reader.cues import (
    announcement,
    commitment,
    decision,
    members,
    next_meeting,
    observation,
    offer,
    proposal,
    recommendation,
    report,
    request,
    topic,
)

CUES: tuple[Cue, ...] = (
    *members.CUES,
    *topic.CUES,
    *report.CUES,
    *announcement.CUES,
    *offer.CUES,
    *request.CUES,
    *proposal.CUES,
    *observation.CUES,
    *decision.CUES,
    *commitment.CUES,
    *recommendation.CUES,
    *next_meeting.CUES,
)
BOOK = CueBook(CUES)
