"""Personal data: texts, inputs, calls and positions."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jukwaa.core.personal_data import (
    KEEP_CONTRIBUTION,
    KEEP_EXISTING_ROW,
    KEEP_TEXT,
    RETAINED_WITH_COALITION,
    RETAINED_WITH_RECORD,
    DeleteRows,
    KeepRows,
    MoveRows,
    PersonalData,
    RetentionPeriod,
    personal_data_registry,
)
from jukwaa.drafting.models import (
    Call,
    Consultation,
    Disposition,
    Edition,
    Evidence,
    Hold,
    Input,
    Placement,
    Position,
    Returned,
    Revision,
    Term,
    Wording,
)

personal_data_registry.register(Wording)(
    PersonalData(fields=("body",), purpose="contributions", retention=RETAINED_WITH_RECORD, erasure=KEEP_TEXT)
)

personal_data_registry.register(Placement)(
    PersonalData(
        fields=("by",),
        purpose="contributions",
        retention=RETAINED_WITH_RECORD,
        erasure=KEEP_CONTRIBUTION,
        people=("by",),
        title=_("Clauses that you wrote or moved"),
        download=("text", "clause", "wording__body", "at"),
    )
)

personal_data_registry.register(Revision)(
    PersonalData(
        fields=("name", "note", "by"),
        purpose="contributions",
        retention=RETAINED_WITH_RECORD,
        erasure=KEEP_CONTRIBUTION,
        people=("by",),
        title=_("Revisions that you created"),
        download=("text", "number", "name", "note", "at"),
    )
)

personal_data_registry.register(Evidence)(
    PersonalData(
        fields=("note", "by"),
        purpose="contributions",
        retention=RETAINED_WITH_RECORD,
        erasure=KEEP_CONTRIBUTION,
        people=("by",),
        title=_("Evidence that you added to clauses"),
        download=("clause", "record", "note"),
    )
)

personal_data_registry.register(Consultation)(
    PersonalData(
        fields=("introduction", "questions", "by"),
        purpose="contributions",
        retention=RETAINED_WITH_RECORD,
        erasure=KEEP_CONTRIBUTION,
        people=("by",),
        title=_("Consultations that you opened"),
        download=("text", "introduction", "questions", "opens_at", "closes_at"),
    )
)

personal_data_registry.register(Input)(
    PersonalData(
        fields=("exact", "body", "proposed", "author", "capacity", "logged_by", "hidden_because"),
        purpose="contributions",
        retention=RETAINED_WITH_RECORD,
        erasure=KEEP_CONTRIBUTION,
        people=("author",),
        title=_("Inputs to consultations"),
        download=("consultation", "clause", "capacity__name", "kind", "exact", "body", "proposed", "at"),
    )
)

personal_data_registry.register(Disposition)(
    PersonalData(
        fields=("reason", "by"),
        purpose="contributions",
        retention=RETAINED_WITH_RECORD,
        erasure=KEEP_CONTRIBUTION,
        people=("by",),
        title=_("Your responses to inputs"),
        download=("input", "answer", "reason", "at"),
    )
)

personal_data_registry.register(Call)(
    PersonalData(
        fields=("reason", "declared_by", "although", "by"),
        purpose="contributions",
        retention=RETAINED_WITH_RECORD,
        erasure=KEEP_CONTRIBUTION,
        people=("by", "declared_by"),
        title=_("Consensus calls that you opened or concluded"),
        download=("text", "opens_at", "closes_at", "outcome", "reason", "although", "declared_at"),
    )
)

personal_data_registry.register(Hold)(
    PersonalData(
        fields=("reason", "by", "clarification", "clarified_by"),
        purpose="contributions",
        retention=RETAINED_WITH_RECORD,
        erasure=KEEP_CONTRIBUTION,
        people=("by", "clarified_by"),
        title=_("Results that you put on hold"),
        download=("call", "reason", "at", "clarification", "clarified_at"),
    )
)


def supersede_earlier_position(surviving_position: Position, removed_position: Position) -> None:
    """Both of a member in their own right stay readable, and the later one stands."""
    min((surviving_position, removed_position), key=lambda position: position.at).stands = False


personal_data_registry.register(Position)(
    PersonalData(
        fields=("capacity", "person", "reason"),
        purpose="contributions",
        retention=RETAINED_WITH_RECORD,
        erasure=KeepRows(
            _(
                "The position is kept because it is the position of a member. The name of the person who "
                "entered it is removed."
            )
        ),
        people=("person",),
        title=_("Positions"),
        download=("call", "capacity__name", "stance", "clause", "reason", "at"),
        merging=MoveRows(close=supersede_earlier_position),
    )
)

personal_data_registry.register(Edition)(
    PersonalData(
        fields=("errata", "without_call", "by"),
        purpose="contributions",
        retention=RETAINED_WITH_RECORD,
        erasure=KEEP_CONTRIBUTION,
        people=("by",),
        title=_("Versions of texts that you published"),
        download=("text", "major", "minor", "errata", "without_call", "at"),
    )
)

personal_data_registry.register(Term)(
    PersonalData(
        fields=("name", "meaning", "source", "by"),
        purpose="contributions",
        retention=RETAINED_WITH_COALITION,
        erasure=KEEP_CONTRIBUTION,
        people=("by",),
        title=_("Terms that you defined"),
        download=("coalition__name", "name", "language", "meaning", "source", "at"),
    )
)

personal_data_registry.register(Returned)(
    PersonalData(
        fields=("by", "said_by", "file_name", "findings", "facts"),
        purpose="contributions",
        retention=RetentionPeriod(
            days=0,
            since="expires_at",
            where=Q(entered_at__isnull=True),
            what=_("Word files that were not added to a consultation within 14 days"),
            otherwise=RETAINED_WITH_RECORD,
        ),
        erasure=DeleteRows(),
        people=("by",),
        title=_("Word files that you returned"),
        download=("text", "said_by", "file_name", "findings", "at", "entered_at"),
        merging=KEEP_EXISTING_ROW,
    )
)
