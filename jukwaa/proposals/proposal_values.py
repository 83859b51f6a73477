"""What is checked: a proposal as plain values, whoever wrote it and wherever it is kept. No Django here.

An answer is a text, a tuple of chosen options, or a `File`. None always means: not known.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class ProposalRole(StrEnum):
    ORGANISER = "organiser"
    SPEAKER = "speaker"
    MODERATOR = "moderator"
    ONLINE_MODERATOR = "online moderator"
    RAPPORTEUR = "rapporteur"


@dataclass(frozen=True)
class UploadedAnswerFile:
    name: str
    pages: int | None = None


type Answer = str | tuple[str, ...] | UploadedAnswerFile


@dataclass(frozen=True)
class CheckedParticipant:
    """Somebody in a proposal, as they state it. An empty text is no statement; `sessions` counts all at this forum."""

    key: str
    roles: frozenset[ProposalRole]
    stakeholder_group: str = ""
    regional_group: str = ""
    gender: str = ""
    age_band: str = ""
    is_newcomer: bool | None = None  # new to the forum or to the coalition
    is_confirmed: bool | None = None
    is_onsite: bool | None = None
    sessions: int | None = None
    least_sessions: int = 0  # that are known here, whatever they state
    is_in_form: bool = True  # the field of the form names them


@dataclass(frozen=True)
class CheckedProposal:
    answers: Mapping[str, Answer] = field(default_factory=dict)
    participants: tuple[CheckedParticipant, ...] = ()
    submitted_at: datetime | None = None  # or the moment of the check, while it is a draft
    proposals_by_person: int | None = None  # to this call, with this one
    proposals_by_institution: int | None = None
    had_session_before: bool | None = None
    is_by_committee_member: bool | None = None  # of the Multistakeholder Advisory Group
    judgements: Mapping[str, bool] = field(default_factory=dict)  # by the name of a rule that a person judges

    def find_participants_with_roles(self, roles: frozenset[ProposalRole]) -> tuple[CheckedParticipant, ...]:
        """Return those in any of the roles. Somebody who has declined is in none."""
        return tuple(each for each in self.participants if each.roles & roles and each.is_confirmed is not False)
