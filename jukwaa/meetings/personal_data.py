"""Personal data: attendance, minutes and commitments."""

from django.utils.translation import gettext_lazy as _

from jukwaa.core.personal_data import (
    KEEP_CONTRIBUTION,
    KEEP_DECISION,
    KEEP_EXISTING_ROW,
    KEEP_TEXT,
    RETAINED_WITH_COALITION,
    RETAINED_WITH_RECORD,
    DeleteRows,
    KeepRows,
    LegalBasis,
    MoveRows,
    PersonalData,
    Purpose,
    RetentionCondition,
    personal_data_registry,
    purpose_registry,
)
from jukwaa.meetings.models import (
    Attendance,
    Commitment,
    CommitmentChange,
    Correction,
    Dissent,
    Entry,
    Erratum,
    GroupMessage,
    Idea,
    ImportedCalendar,
    Invitee,
    KeyFinding,
    Line,
    Meeting,
    MemberUpdate,
    MergeRequest,
    Minutes,
    Paper,
    Part,
    Report,
    Rsvp,
    Series,
    Support,
    TimeVote,
)

purpose_registry.register("meetings")(
    Purpose(
        title=_("Meetings and attendance"),
        why=_(
            "To keep minutes: who took part and who they represented, what was said and decided, and what was promised."
        ),
        legal_basis=LegalBasis.LEGITIMATE_INTERESTS,
        whose=_("People who take part in a meeting or are named in its minutes"),
        recipients=_("Everyone who can see the meeting; for TLP:CLEAR, this includes the public"),
    )
)

ATTENDANCE_RETENTION = KeepRows(
    _("Minutes must show which organisations took part. The name of the person is removed.")
)

personal_data_registry.register(Meeting)(
    PersonalData(
        fields=("place", "forum", "chair", "joining_link", "languages", "interpretation", "cancellation_reason"),
        purpose="meetings",
        retention=RETAINED_WITH_COALITION,
        erasure=ATTENDANCE_RETENTION,
        people=("authorships__person", "chair__person"),
        title=_("Meetings that you added or chaired"),
        download=("starts_on", "place", "forum"),
    )
)

personal_data_registry.register(Series)(
    PersonalData(fields=("title",), purpose="meetings", retention=RETAINED_WITH_COALITION, erasure=KEEP_TEXT)
)

personal_data_registry.register(ImportedCalendar)(
    PersonalData(
        fields=("name", "address", "added_by"),
        purpose="meetings",
        retention=RETAINED_WITH_COALITION,
        erasure=KEEP_DECISION,
        people=("added_by",),
        title=_("Calendars that you imported"),
        download=("name", "added_at"),
    )
)

personal_data_registry.register(KeyFinding)(
    PersonalData(
        fields=(),
        purpose="meetings",
        retention=RETAINED_WITH_COALITION,
        erasure=KEEP_CONTRIBUTION,
        people=("authorships__person",),
        title=_("Key findings that you wrote"),
        download=("year", "title", "summary", "published_at"),
    )
)

personal_data_registry.register(Part)(
    PersonalData(
        fields=("title", "presenter"),
        purpose="meetings",
        retention=RETAINED_WITH_RECORD,
        erasure=KEEP_TEXT,
        people=("presenter__person",),
        title=_("Agenda items that you presented"),
        download=("meeting", "meeting__starts_on", "title"),
    )
)

personal_data_registry.register(Paper)(
    PersonalData(fields=("title",), purpose="meetings", retention=RETAINED_WITH_RECORD, erasure=KEEP_TEXT)
)


def merge_member_updates(kept_row: MemberUpdate, removed_row: MemberUpdate) -> None:
    """Keep the later of two updates for one meeting, with the capacity in which it was written."""
    if removed_row.written_at > kept_row.written_at:
        kept_row.text, kept_row.capacity, kept_row.written_at = (
            removed_row.text,
            removed_row.capacity,
            removed_row.written_at,
        )


def merge_time_votes(kept_row: TimeVote, removed_row: TimeVote) -> None:
    """Keep the later of two answers to one option of a poll."""
    if removed_row.at > kept_row.at:
        kept_row.answer, kept_row.at = removed_row.answer, removed_row.at


def merge_invitation_replies(kept_row: Rsvp, removed_row: Rsvp) -> None:
    """Keep the later of two replies to an invitation, with the capacity in which it was given."""
    if removed_row.at > kept_row.at:
        kept_row.answer, kept_row.capacity, kept_row.at = removed_row.answer, removed_row.capacity, removed_row.at
        kept_row.consent_by, kept_row.consent_at = removed_row.consent_by, removed_row.consent_at


personal_data_registry.register(MemberUpdate)(
    PersonalData(
        fields=("author", "capacity", "text"),
        purpose="meetings",
        retention=RETAINED_WITH_RECORD,
        erasure=KEEP_CONTRIBUTION,
        people=("author",),
        title=_("Updates that you sent before meetings"),
        download=("meeting", "meeting__starts_on", "capacity__name", "text", "written_at"),
        merging=MoveRows(join=merge_member_updates),
    )
)

personal_data_registry.register(Attendance)(
    PersonalData(
        fields=("capacity",),
        purpose="meetings",
        retention=RETAINED_WITH_RECORD,
        erasure=ATTENDANCE_RETENTION,
        people=("capacity__person",),
        title=_("Meetings that you attended"),
        download=("meeting", "meeting__starts_on", "capacity__name", "came_as", "mode", "is_chair"),
    )
)

personal_data_registry.register(Entry)(
    PersonalData(
        fields=("text", "topic", "speakers", "taken_up_by"),
        purpose="meetings",
        retention=RETAINED_WITH_RECORD,
        erasure=KEEP_CONTRIBUTION,
        people=("authorships__person", "speakers__person", "taken_up_by__person"),
        title=_("Entries in minutes that you wrote, or in which you are the speaker"),
        download=("meeting", "meeting__starts_on", "text"),
    )
)

personal_data_registry.register(Line)(
    PersonalData(
        fields=("author", "text", "topic"),
        purpose="meetings",
        retention=RetentionCondition(_("until the agenda item under the Chatham House Rule is closed")),
        erasure=KEEP_CONTRIBUTION,
        people=("author",),
        title=_("Lines that you wrote in minutes under the Chatham House Rule"),
        download=("text",),
    )
)

personal_data_registry.register(Minutes)(
    PersonalData(
        fields=("circulated_by",),
        purpose="meetings",
        retention=RETAINED_WITH_RECORD,
        erasure=KEEP_DECISION,
        people=("circulated_by",),
        title=_("Minutes that you sent for correction"),
        download=("meeting", "circulated_at", "corrections_until"),
    )
)

personal_data_registry.register(Correction)(
    PersonalData(
        fields=("body", "author", "capacity", "reason", "decided_by"),
        purpose="meetings",
        retention=RETAINED_WITH_RECORD,
        erasure=KEEP_CONTRIBUTION,
        people=("author", "decided_by"),
        title=_("Corrections to minutes that you submitted or decided on"),
        download=("minutes__meeting", "capacity__name", "body", "at", "disposition", "reason"),
    )
)

personal_data_registry.register(Erratum)(
    PersonalData(
        fields=("text", "person"),
        purpose="meetings",
        retention=RETAINED_WITH_RECORD,
        erasure=KEEP_CONTRIBUTION,
        people=("person",),
        title=_("Errata that you added to minutes"),
        download=("meeting", "text", "at"),
    )
)

personal_data_registry.register(Commitment)(
    PersonalData(
        fields=(
            *("owner", "due_text", "closing_note", "proposed_name", "withheld_title", "withheld_text"),
            *("responsible", "evidence_url"),
        ),
        purpose="meetings",
        retention=RETAINED_WITH_RECORD,
        erasure=KEEP_CONTRIBUTION,
        people=("owner__person", "responsible"),
        title=_("Commitments"),
        download=("entry__text", "owner__name", "due_on", "due_text", "progress", "closed_on", "closing_note"),
    )
)

personal_data_registry.register(Dissent)(
    PersonalData(
        fields=("capacity", "statement"),
        purpose="meetings",
        retention=RETAINED_WITH_RECORD,
        erasure=KEEP_CONTRIBUTION,
        people=("capacity__person",),
        title=_("Decisions from which you stood aside, or to which you objected"),
        download=("entry__text", "capacity__name", "kind", "statement"),
    )
)

personal_data_registry.register(CommitmentChange)(
    PersonalData(
        fields=("person", "before", "after", "owner", "note"),
        purpose="meetings",
        retention=RETAINED_WITH_RECORD,
        erasure=KEEP_DECISION,
        people=("person", "owner__person"),
        title=_("Changes to commitments"),
        download=("commitment__entry__title", "event", "at", "before", "after", "note"),
    )
)

personal_data_registry.register(Report)(
    PersonalData(fields=("edits",), purpose="meetings", retention=RETAINED_WITH_RECORD, erasure=KEEP_TEXT)
)

personal_data_registry.register(Idea)(
    PersonalData(
        fields=("declined_because",),
        purpose="meetings",
        retention=RETAINED_WITH_COALITION,
        erasure=KEEP_CONTRIBUTION,
        people=("authorships__person",),
        title=_("Ideas that you suggested"),
        download=("title", "summary", "timeframe", "published_at", "declined_because"),
    )
)

personal_data_registry.register(Support)(
    PersonalData(
        fields=("person", "capacity"),
        purpose="meetings",
        retention=RETAINED_WITH_RECORD,
        erasure=KEEP_CONTRIBUTION,
        people=("person",),
        title=_("Ideas that you support"),
        download=("idea__title", "capacity__name", "at"),
        merging=KEEP_EXISTING_ROW,
    )
)

personal_data_registry.register(MergeRequest)(
    PersonalData(
        fields=("person",),
        purpose="meetings",
        retention=RETAINED_WITH_RECORD,
        erasure=KEEP_CONTRIBUTION,
        people=("person",),
        title=_("Requests to merge ideas"),
        download=("idea__title", "into__title", "at", "is_accepted"),
    )
)

personal_data_registry.register(Invitee)(
    PersonalData(
        fields=("person",),
        purpose="meetings",
        retention=RETAINED_WITH_RECORD,
        erasure=DeleteRows(),
        people=("person",),
        title=_("Meetings to which only some members, including you, were invited"),
        download=("meeting", "meeting__starts_on"),
        merging=KEEP_EXISTING_ROW,
    )
)

personal_data_registry.register(Rsvp)(
    PersonalData(
        fields=("person", "capacity", "consent_by"),
        purpose="meetings",
        retention=RETAINED_WITH_RECORD,
        erasure=DeleteRows(),
        people=("person", "consent_by"),
        title=_("Replies to invitations, and consent that you gave for a person under 18"),
        download=("meeting", "meeting__starts_on", "capacity__name", "answer", "at", "consent_at"),
        merging=MoveRows(join=merge_invitation_replies),
    )
)

personal_data_registry.register(TimeVote)(
    PersonalData(
        fields=("person",),
        purpose="meetings",
        retention=RETAINED_WITH_RECORD,
        erasure=DeleteRows(),
        people=("person",),
        title=_("Answers to polls about meeting times"),
        download=("option__poll__meeting", "option__starts_on", "option__start_time", "answer", "at"),
        merging=MoveRows(join=merge_time_votes),
    )
)

personal_data_registry.register(GroupMessage)(
    PersonalData(
        fields=("author", "text"),
        purpose="meetings",
        retention=RETAINED_WITH_RECORD,
        erasure=KEEP_CONTRIBUTION,
        people=("author",),
        title=_("Messages that you sent to groups without an attendee at a meeting"),
        download=("meeting", "text", "sent_at"),
    )
)
