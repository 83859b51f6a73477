"""Proposals for the access walks. TEXTS names the text field of each type."""

from jukwaa.proposals.models import SESSION_PROPOSAL, Proposal
from tests.factories import RecordFactory


class ProposalFactory(RecordFactory):
    class Meta:
        model = Proposal

    kind = SESSION_PROPOSAL
    call_name = "igf-2018-workshop"


FACTORY_BY_KIND = {SESSION_PROPOSAL: ProposalFactory}
TEXT_FIELD_BY_KIND = {SESSION_PROPOSAL: "summary"}
