"""Personal data: imported reports, with what was read in them."""

from jukwaa.accounts.personal_data import fields, personal_data
from jukwaa.intake.models import Actor, Drive, Reading, ReadingPart, Sentence, Suggestion

personal_data.register(Reading)(
    fields(
        "meeting_title",
        "meeting_place",
        "title",
        "notes",
        "upload",
        "upload_name",
        "problem",
        "started_by",
        "entered_by",
    )
)
personal_data.register(Sentence)(fields("section"))
personal_data.register(ReadingPart)(fields("title"))
personal_data.register(Actor)(fields("written", "new_name", "decided_by"))
personal_data.register(Drive)(fields("by", "name", "file", "notes", "problem"))
personal_data.register(Suggestion)(fields("text", "actors", "owner", "due_text", "why", "decided_by"))
