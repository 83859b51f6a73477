"""Proposals for the access walks. TEXTS names the text field of each type."""

from jukwaa.proposals.models import SESSION_PROPOSAL, Proposal
from tests.factories import RecordFactory


class ProposalFactory(RecordFactory):
    class Meta:
        model = Proposal

    kind = SESSION_PROPOSAL
    call_name = "igf-2018-workshop"


KINDS = {SESSION_PROPOSAL: ProposalFactory}
TEXTS = {SESSION_PROPOSAL: "summary"}
