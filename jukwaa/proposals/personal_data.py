"""Personal data: what people wrote in proposals."""

from django.utils.translation import gettext_lazy as _

from jukwaa.core.personal_data import (
    KEEP_CONTRIBUTION,
    WITH_COALITION,
    WITH_RECORD,
    Delete,
    KeptFor,
    KeptWith,
    LegalBasis,
    Move,
    PersonalData,
    Purpose,
    personal_data,
    purposes,
)
from jukwaa.proposals.models import Participant, PrivateStatement, Proposal, Submission

personal_data.register(Proposal)(
    PersonalData(
        fields=("answers", "facts"),
        purpose="contributions",
        retention=WITH_COALITION,
        erasure=KEEP_CONTRIBUTION,
        people=("authorships__person",),
        title=_("Proposals that you wrote"),
        download=("title", "call_name", "answers"),
    )
)

personal_data.register(Submission)(
    PersonalData(
        fields=("by", "snapshot", "outcome_note", "reference"),
        purpose="contributions",
        retention=WITH_RECORD,
        erasure=KEEP_CONTRIBUTION,
        people=("by",),
        title=_("Proposals that you submitted"),
        download=("proposal", "reference", "at", "outcome", "outcome_note", "outcome_on"),
    )
)

purposes.register("session-proposals")(
    Purpose(
        title=_("People in session proposals"),
        why=_("To invite people to a session, to record what they answer, and to check the rules of the call."),
        legal_basis=LegalBasis.LEGITIMATE_INTERESTS,
        whose=_("Organisers, speakers, moderators and rapporteurs of a proposed session"),
        recipients=_("Members of the coalition, and the forum to which the proposal is submitted"),
    )
)
purposes.register("session-balance")(
    Purpose(
        title=_("Balance of a session by gender and age"),
        why=_("To check the rules of a call about gender and age. Only numbers are shown, and no small ones."),
        legal_basis=LegalBasis.CONSENT,
        whose=_("Organisers, speakers, moderators and rapporteurs of a proposed session"),
        recipients=_("Nobody: the answers of one person are not shown to anybody else"),
    )
)

ANSWERS = ("status", "answered_at", "answer_by", "reason", "attendance", "is_newcomer", "sessions", "consent_at")


def keep_later_answer(stays: Participant, goes: Participant) -> None:
    """Keep the later of two answers, with all that was stated in it, and the roles of both."""
    stays.roles = [*stays.roles, *(role for role in goes.roles if role not in stays.roles)]
    if goes.answered_at and (stays.answered_at is None or goes.answered_at > stays.answered_at):
        for name in (*ANSWERS, "stakeholder_group", "regional_group", "consent_by", "invited_at"):
            setattr(stays, name, getattr(goes, name))


# A daily job (`actions/forgetting.py`) deletes the rows, and erases people whom only the invitation made known here.
personal_data.register(Participant)(
    PersonalData(
        fields=("person", "name", "address", "organisation", "roles", "message", "reason", "consent_by"),
        purpose="session-proposals",
        retention=KeptWith(
            _(
                "as long as the proposal exists; of people who did not confirm, until 90 days after its outcome or"
                " 1 year after they were added"
            )
        ),
        erasure=Delete(),
        people=("person", "consent_by"),
        addresses=("address",),
        title=_("Session proposals in which you take part"),
        download=("proposal", "roles", "organisation", "stakeholder_group", "regional_group", "message", *ANSWERS),
        merging=Move(join=keep_later_answer),
    )
)


# Recording the outcome of the proposal deletes them as well, whatever the day.
personal_data.register(PrivateStatement)(
    PersonalData(
        fields=("gender", "age_band"),
        purpose="session-balance",
        retention=KeptFor(days=365, since="stated_at"),
        erasure=Delete(),
        people=("participant__person",),
        title=_("Gender and age that you stated for a session proposal"),
        download=("participant__proposal", "gender", "age_band", "stated_at"),
    )
)
