"""Addresses of the pages of the people of a proposal."""

from django.urls import reverse

from jukwaa.proposals.models import Participant, Proposal


def get_proposal_people_path(proposal: Proposal) -> str:
    return reverse("proposals:participant_list", args=[proposal.coalition.slug, proposal.pk])


def get_participant_path(participant: Participant) -> str:
    slug, proposal = participant.coalition.slug, participant.proposal_id
    return reverse("proposals:participant_detail", args=[slug, proposal, participant.pk])
