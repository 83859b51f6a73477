"""Personal data: what people wrote in proposals, and correspondence with the secretariat of a forum."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from jukwaa.accounts.identity import build_person_identity
from jukwaa.accounts.models import Person
from jukwaa.core.personal_data import (
    KEEP_CONTRIBUTION,
    KEEP_DECISION,
    KEEP_TEXT,
    RETAINED_WITH_COALITION,
    RETAINED_WITH_RECORD,
    ClearColumns,
    DeleteRows,
    ErasurePart,
    LegalBasis,
    MoveRows,
    PersonalData,
    Purpose,
    RetentionCondition,
    RetentionPeriod,
    erasure_part_registry,
    personal_data_registry,
    purpose_registry,
)
from jukwaa.proposals.correspondence_models import (
    CorrespondenceDeadline,
    CorrespondenceDraft,
    CorrespondenceFile,
    CorrespondenceMessage,
    SecretariatAddress,
)
from jukwaa.proposals.models import Participant, PrivateStatement, Proposal, SessionList, Submission

HELD_MESSAGE_DAYS = 60
RETAINED_WITH_MESSAGE = RetentionCondition(_("as long as the message is kept"))

personal_data_registry.register(Proposal)(
    PersonalData(
        fields=("answers", "facts"),
        purpose="contributions",
        retention=RETAINED_WITH_COALITION,
        erasure=KEEP_CONTRIBUTION,
        people=("authorships__person",),
        title=_("Proposals that you wrote"),
        download=("title", "call_name", "answers"),
    )
)

personal_data_registry.register(Submission)(
    PersonalData(
        fields=("by", "snapshot", "outcome_note", "reference"),
        purpose="contributions",
        retention=RETAINED_WITH_RECORD,
        erasure=KEEP_CONTRIBUTION,
        people=("by",),
        title=_("Proposals that you submitted"),
        download=("proposal", "reference", "at", "outcome", "outcome_note", "outcome_on"),
    )
)

personal_data_registry.register(SessionList)(
    PersonalData(
        fields=("rows", "problems", "by"),
        purpose="contributions",
        retention=RetentionPeriod(days=400, since="at"),
        erasure=KEEP_DECISION,
    )
)

purpose_registry.register("session-proposals")(
    Purpose(
        title=_("People in session proposals"),
        why=_(
            "To invite people to a session, to record their answers, and to check the rules of the call for proposals."
        ),
        legal_basis=LegalBasis.LEGITIMATE_INTERESTS,
        whose=_("Organisers, speakers, moderators and rapporteurs of a proposed session"),
        recipients=_("Members of the coalition, and the forum to which the proposal is submitted"),
    )
)
purpose_registry.register("session-balance")(
    Purpose(
        title=_("Balance of a session by gender and age"),
        why=_(
            "To check the rules of a call for proposals about gender and age. Only totals are shown, and no "
            "small numbers."
        ),
        legal_basis=LegalBasis.CONSENT,
        whose=_("Organisers, speakers, moderators and rapporteurs of a proposed session"),
        recipients=_("Nobody: we do not show a person's answers to anyone else"),
    )
)

PARTICIPANT_ANSWER_FIELDS = (
    "status",
    "answered_at",
    "answer_by",
    "reason",
    "attendance",
    "is_newcomer",
    "sessions",
    "consent_at",
)


def merge_participants(kept_row: Participant, removed_row: Participant) -> None:
    """Keep the later of two answers, with all that was stated in it, and the roles of both."""
    kept_row.roles = [*kept_row.roles, *(role for role in removed_row.roles if role not in kept_row.roles)]
    if removed_row.answered_at and (kept_row.answered_at is None or removed_row.answered_at > kept_row.answered_at):
        for name in (*PARTICIPANT_ANSWER_FIELDS, "stakeholder_group", "regional_group", "consent_by", "invited_at"):
            setattr(kept_row, name, getattr(removed_row, name))


# A daily job (`actions/forgetting.py`) deletes the rows, and erases people whom only the invitation made known here.
personal_data_registry.register(Participant)(
    PersonalData(
        fields=("person", "name", "address", "organisation", "roles", "message", "reason", "consent_by"),
        purpose="session-proposals",
        retention=RetentionCondition(
            _(
                "as long as the proposal exists. For people who did not confirm: 90 days after the outcome, their"
                " answer or the date they were added, whichever is latest. If no outcome is recorded: 1 year after"
                " they were added"
            )
        ),
        erasure=DeleteRows(),
        people=("person",),
        addresses=("address",),
        title=_("Session proposals in which you take part"),
        download=(
            "proposal",
            "roles",
            "organisation",
            "stakeholder_group",
            "regional_group",
            "message",
            *PARTICIPANT_ANSWER_FIELDS,
        ),
        merging=MoveRows(join=merge_participants),
    )
)


def _find_guardian_consents(person: Any) -> QuerySet[Participant]:
    return Participant.objects.filter(consent_by=person)


def _erase_guardian_consents(person: Any) -> int:
    return _find_guardian_consents(person).update(consent_by=None, consent_at=None)


# The row is of the person under 18: it does not go with an adult contact, today's or an earlier one.
erasure_part_registry.register("consents-to-session-proposals")(
    ErasurePart(
        title=_("Consent of a guardian for a person under 18"),
        model=Participant,
        find=_find_guardian_consents,
        erase=_erase_guardian_consents,
        columns=("consent_by", "consent_at"),
    )
)


# Recording the outcome of the proposal deletes them as well, whatever the day.
personal_data_registry.register(PrivateStatement)(
    PersonalData(
        fields=("gender", "age_band"),
        purpose="session-balance",
        retention=RetentionPeriod(days=365, since="stated_at"),
        erasure=DeleteRows(),
        people=("participant__person",),
        title=_("Gender and age that you stated for a session proposal"),
        download=("participant__proposal", "gender", "age_band", "stated_at"),
    )
)

purpose_registry.register("correspondence")(
    Purpose(
        title=_("Correspondence with the secretariats of forums"),
        why=_("To let the team of a proposal answer the secretariat, even when coordinators change."),
        legal_basis=LegalBasis.LEGITIMATE_INTERESTS,
        whose=_("People who write to the secretariat address of the coalition, and members who write on its behalf"),
        recipients=_("The team of the proposal; members, if the team shares a message; the secretariat"),
    )
)

personal_data_registry.register(SecretariatAddress)(
    PersonalData(
        fields=("address",),
        purpose="correspondence",
        retention=RETAINED_WITH_COALITION,
        erasure=DeleteRows(),
        addresses=("address",),
        title=_("Your email address, listed as an address of a secretariat"),
        download=("address", "added_at"),
    )
)

personal_data_registry.register(CorrespondenceMessage)(
    PersonalData(
        fields=(
            *("person", "sender", "sender_name", "recipient", "subject", "text", "quoted"),
            *("original_sender", "original_date", "message_id", "references"),
        ),
        purpose="correspondence",
        retention=RetentionPeriod(
            days=HELD_MESSAGE_DAYS,
            since="received_at",
            where=~Q(held_because=""),
            what=_("messages that are still waiting for approval"),
            otherwise=RETAINED_WITH_COALITION,
        ),
        erasure=ClearColumns(
            ("sender", "sender_name"),
            why=_("The correspondence must stay complete. A name in the text can be removed on request."),
        ),
        people=("person",),
        addresses=("sender",),
        title=_("Messages that you sent to a secretariat or on its behalf"),
        download=("subject", "text", "at"),
    )
)

personal_data_registry.register(CorrespondenceFile)(
    PersonalData(
        fields=("file", "name", "refusal"),
        purpose="correspondence",
        retention=RETAINED_WITH_MESSAGE,
        erasure=KEEP_TEXT,
        people=("message__person",),
        addresses=("message__sender",),
        title=_("Files that you sent to a secretariat address"),
        download=("file", "name"),
    )
)

personal_data_registry.register(CorrespondenceDeadline)(
    PersonalData(fields=("task", "words"), purpose="correspondence", retention=RETAINED_WITH_MESSAGE, erasure=KEEP_TEXT)
)

personal_data_registry.register(CorrespondenceDraft)(
    PersonalData(
        fields=("author", "reviewer", "recipient", "subject", "text", "note"),
        purpose="correspondence",
        retention=RETAINED_WITH_COALITION,
        erasure=KEEP_CONTRIBUTION,
        people=("author", "reviewer"),
        title=_("Messages to a secretariat that you drafted or reviewed"),
        download=("subject", "text", "note", "changed_at"),
    )
)


def _find_messages_to_person(person: Any) -> QuerySet[CorrespondenceMessage]:
    return CorrespondenceMessage.objects.filter(_build_message_recipient_q(person))


def _build_message_recipient_q(person: Person) -> Q:
    found = Q(pk__in=[])
    for address in build_person_identity(person).addresses:
        found |= Q(recipient__iexact=address)
    return found


def _erase_draft_recipient(person: Any) -> int:
    drafts = CorrespondenceDraft.objects.filter(_build_message_recipient_q(person)).update(recipient="")
    return drafts + _find_messages_to_person(person).order_by().update(recipient="")


erasure_part_registry.register("recipients-of-correspondence")(
    ErasurePart(
        title=_("Messages to a secretariat that were sent to your email address"),
        model=CorrespondenceMessage,
        find=_find_messages_to_person,
        erase=_erase_draft_recipient,
        columns=("recipient",),
    )
)
