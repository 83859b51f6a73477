"""Fifty session proposals with 500 speakers, beside ten years of meetings. Import it after the settings."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from bench.meetings_world import MeetingsWorld, bulk_create_with_parent_records
from bench.setup import update_database_statistics
from jukwaa.coalitions.models import Coalition
from jukwaa.proposals.call import CallField, CallFieldType
from jukwaa.proposals.call_catalogue import get_call_catalogue
from jukwaa.proposals.correspondence_models import CorrespondenceMessage, SecretariatAddress
from jukwaa.proposals.models import Participant, Proposal, Submission
from jukwaa.proposals.participant_models import PrivateStatement
from jukwaa.records.models import Label

PROPOSALS, SPEAKERS, MESSAGES = 50, 10, 20  # speakers and messages of each proposal
PROPOSAL_CALL_NAMES = ("igf-2015-workshop", "igf-2018-workshop", "igf-2023-workshop", "igf-2025-workshop")
REGIONAL_GROUP_NAMES = ("africa", "asia-pacific", "eastern-europe", "grulac", "weog")
STAKEHOLDER_GROUP_NAMES = ("civil-society", "government", "private-sector", "technical-community", "intergovernmental")
GENDERS, AGES = ("woman", "man", "other", ""), ("18-24", "25-34", "35-54", "")


class ProposalsWorld(MeetingsWorld):
    """`grow(share)` brings meetings and proposals to that share; at least one proposal is there, of full size."""

    def __init__(self) -> None:
        super().__init__()
        self.proposals: list[Proposal] = []
        SecretariatAddress.objects.create(coalition=self.coalition, address="office@forum.example")

    def grow_to_size(self, target_share: float) -> None:
        super().grow_to_size(target_share)
        with transaction.atomic():
            number = max(round(PROPOSALS * target_share), 1) - len(self.proposals)
            begin = len(self.proposals)
            added = bulk_create_with_parent_records(self._build_proposal(begin + place) for place in range(number))
            for place, proposal in enumerate(added, begin):
                self._add_participants(proposal, place)
                self._add_messages(proposal)
                self._add_submission(proposal, place)
            self.proposals += added
            Coalition.objects.increment_revision([self.coalition.pk])
        update_database_statistics()

    def _build_proposal(self, position: int) -> Proposal:
        call_name = PROPOSAL_CALL_NAMES[position % len(PROPOSAL_CALL_NAMES)]
        call = get_call_catalogue(self.coalition)[call_name].call
        assert call is not None
        answers = {field.name: self._build_answer(field) for field in call.fields}
        return Proposal(
            coalition=self.coalition,
            kind="session-proposal",
            title=f"Session {position}: {self._build_text()}",
            label=Label.GREEN,
            call_name=call_name,
            answers={name: answer for name, answer in answers.items() if answer},
            state="published",
            published_at=self.now - timedelta(days=70 * position),
        )

    def _build_answer(self, field: CallField) -> Any:
        if field.type is CallFieldType.TEXT:
            return self._build_text(100)
        return self._build_text(6) if field.type is CallFieldType.LINE else ""

    def _add_participants(self, proposal: Proposal, position: int) -> None:
        people = [self.people[(position * SPEAKERS + number) % len(self.people)] for number in range(SPEAKERS)]
        rows = Participant.objects.bulk_create(
            Participant(
                proposal=proposal,
                person=person,
                roles=["speaker"] if number else ["organiser", "moderator"],
                status=("confirmed", "invited", "provisional", "declined")[number % 4],
                invited_at=self.now,
                stakeholder_group=STAKEHOLDER_GROUP_NAMES[number % len(STAKEHOLDER_GROUP_NAMES)],
                regional_group=REGIONAL_GROUP_NAMES[number % len(REGIONAL_GROUP_NAMES)],
            )
            for number, person in enumerate(people)
        )
        PrivateStatement.objects.bulk_create(
            PrivateStatement(participant=row, gender=GENDERS[n % 4], age_band=AGES[n % 4]) for n, row in enumerate(rows)
        )

    def _add_submission(self, proposal: Proposal, position: int) -> None:
        if position % 3:
            outcome, day = ("accepted", "declined")[position % 2], proposal.published_at
            Submission.objects.create(proposal=proposal, by=self.coordinator, outcome=outcome, outcome_on=day)

    def _add_messages(self, proposal: Proposal) -> None:
        CorrespondenceMessage.objects.bulk_create(
            CorrespondenceMessage(
                coalition=self.coalition,
                proposal=proposal,
                kind="received",
                sender="office@forum.example",
                subject=f"Message {number}",
                text=self._build_text(120),
                digest=f"{proposal.pk}-{number}",
                at=timezone.now() - timedelta(days=number),
            )
            for number in range(MESSAGES)
        )
