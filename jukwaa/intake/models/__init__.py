"""The reading desk: a document, its sentences, what was suggested from each, and what a person decided."""

from jukwaa.intake.models.actors import Actor
from jukwaa.intake.models.drives import Drive, DriveEntry
from jukwaa.intake.models.readings import Reading, ReadingPart, Sentence, TextLock
from jukwaa.intake.models.suggestions import (
    ATTENDANCE_SUGGESTION_KINDS,
    BINDING_SUGGESTION_KINDS,
    Decision,
    DeskKind,
    Suggestion,
)
