"""Personal data: attendance, minutes and commitments."""

from django.utils.translation import gettext_lazy as _

from jukwaa.core.personal_data import (
    KEEP_CONTRIBUTION,
    KEEP_WORDS,
    WITH_COALITION,
    WITH_RECORD,
    Delete,
    Keep,
    LegalBasis,
    PersonalData,
    Purpose,
    personal_data,
    purposes,
)
from jukwaa.meetings.models import Attendance, Commitment, Entry, Meeting, Part, Report, Rsvp, Series

purposes.register("meetings")(
    Purpose(
        title=_("Meetings and attendance"),
        why=_("To keep minutes: who took part and for whom, what was said and decided, and what was promised."),
        legal_basis=LegalBasis.LEGITIMATE_INTERESTS,
        whose=_("People who take part in a meeting or are named in its minutes"),
        recipients=_("The readers that the label of the meeting allows; for TLP:CLEAR that is everyone"),
    )
)

KEEP_ATTENDANCE = Keep(_("Minutes have to show which organisations took part. The name of the person is removed."))

personal_data.register(Meeting)(
    PersonalData(
        fields=("place", "forum", "chair", "joining_link", "languages", "interpretation", "cancellation_reason"),
        purpose="meetings",
        retention=WITH_COALITION,
        erasure=KEEP_ATTENDANCE,
        people=("authorships__person", "chair__person"),
        title=_("Meetings that you entered or chaired"),
        download=("starts_on", "place", "forum"),
    )
)

personal_data.register(Series)(
    PersonalData(fields=("title",), purpose="meetings", retention=WITH_COALITION, erasure=KEEP_WORDS)
)

personal_data.register(Part)(
    PersonalData(fields=("title",), purpose="meetings", retention=WITH_RECORD, erasure=KEEP_WORDS)
)

personal_data.register(Attendance)(
    PersonalData(
        fields=("capacity",),
        purpose="meetings",
        retention=WITH_RECORD,
        erasure=KEEP_ATTENDANCE,
        people=("capacity__person",),
        title=_("Meetings that you attended"),
        download=("meeting", "meeting__starts_on", "capacity__name", "came_as", "is_chair"),
    )
)

personal_data.register(Entry)(
    PersonalData(
        fields=("text", "speakers"),
        purpose="meetings",
        retention=WITH_RECORD,
        erasure=KEEP_CONTRIBUTION,
        people=("authorships__person", "speakers__person"),
        title=_("Minutes that you wrote or spoke in"),
        download=("meeting", "meeting__starts_on", "text"),
    )
)

personal_data.register(Commitment)(
    PersonalData(
        fields=("owner", "due_text", "closing_note"),
        purpose="meetings",
        retention=WITH_RECORD,
        erasure=KEEP_CONTRIBUTION,
        people=("owner__person",),
        title=_("Commitments"),
        download=("entry__text", "owner__name", "due_on", "due_text", "progress", "closed_on", "closing_note"),
    )
)

personal_data.register(Report)(
    PersonalData(fields=("edits",), purpose="meetings", retention=WITH_RECORD, erasure=KEEP_WORDS)
)

personal_data.register(Rsvp)(
    PersonalData(
        fields=("person", "capacity"),
        purpose="meetings",
        retention=WITH_RECORD,
        erasure=Delete(),
        people=("person",),
        title=_("Replies to invitations"),
        download=("meeting", "meeting__starts_on", "capacity__name", "answer", "at"),
    )
)
