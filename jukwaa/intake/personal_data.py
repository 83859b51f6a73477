"""Personal data: imported reports, with what was read in them."""

from jukwaa.core.personal_data import (
    KEEP_TEXT,
    RETAINED_WITH_COALITION,
    RETAINED_WITH_RECORD,
    PersonalData,
    personal_data_registry,
)
from jukwaa.intake.models import Actor, Drive, DriveEntry, Reading, ReadingPart, Sentence, Suggestion

# The upload is deleted once it has been read.
personal_data_registry.register(Reading)(
    PersonalData(
        fields=(
            "meeting_title",
            "meeting_place",
            "meeting_forum",
            "title",
            "notes",
            "upload",
            "upload_name",
            "problem",
            "started_by",
            "entered_by",
        ),
        purpose="imports",
        retention=RETAINED_WITH_RECORD,
        erasure=KEEP_TEXT,
    )
)

personal_data_registry.register(Sentence)(
    PersonalData(fields=("section",), purpose="imports", retention=RETAINED_WITH_RECORD, erasure=KEEP_TEXT)
)

personal_data_registry.register(ReadingPart)(
    PersonalData(fields=("title",), purpose="imports", retention=RETAINED_WITH_RECORD, erasure=KEEP_TEXT)
)

personal_data_registry.register(Actor)(
    PersonalData(
        fields=("written", "new_name", "decided_by"),
        purpose="imports",
        retention=RETAINED_WITH_RECORD,
        erasure=KEEP_TEXT,
    )
)

personal_data_registry.register(Drive)(
    PersonalData(
        fields=("by", "name", "file", "notes", "problem"),
        purpose="imports",
        retention=RETAINED_WITH_COALITION,
        erasure=KEEP_TEXT,
    )
)

personal_data_registry.register(DriveEntry)(
    PersonalData(
        fields=("path", "reason", "personal_details", "remark"),
        purpose="imports",
        retention=RETAINED_WITH_COALITION,
        erasure=KEEP_TEXT,
    )
)

personal_data_registry.register(Suggestion)(
    PersonalData(
        fields=("text", "actors", "owner", "due_text", "why", "decided_by"),
        purpose="imports",
        retention=RETAINED_WITH_RECORD,
        erasure=KEEP_TEXT,
    )
)
