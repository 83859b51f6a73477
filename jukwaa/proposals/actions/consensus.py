"""Ask members whether they agree to a proposal, by the mechanism of texts: a text of its fields, with a call."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.refusals import ActionRefused
from jukwaa.drafting.actions import (
    ClauseDraft,
    TextStart,
    begin_text,
    call_for_consensus,
    create_named_revision,
    open_text_to_readers,
)
from jukwaa.drafting.models import Call, Form, Placement
from jukwaa.library.actions.readers import RecordReaders
from jukwaa.proposals import policies
from jukwaa.proposals.actions.proposals import lock_proposal_row
from jukwaa.proposals.models import Proposal
from jukwaa.proposals.proposal_page import build_proposal_page
from jukwaa.proposals.proposal_results import find_consensus_calls
from jukwaa.records.actions.links import get_or_create_link
from jukwaa.records.models import Link


@action
def start_consensus_call(*, actor: Person, proposal: Proposal, closes_at: datetime, token: UUID | None = None) -> Call:
    """Start a consensus call on a proposal as it reads now. The same form sent twice calls once.

    The text has the readers of the proposal. Raises PermissionDenied and ActionRefused.
    """
    current = lock_proposal_row(proposal)
    if not policies.can_start_consensus_call(ViewerContext(actor), current):
        raise PermissionDenied(_("Only coordinators can start a consensus call."))
    calls = find_consensus_calls(current)
    if token is not None and (there := calls.filter(token=token).first()):
        return there
    if current.is_submitted:
        raise ActionRefused(_("This proposal has been submitted. It can no longer be changed."))
    if calls.filter(outcome="").exists():
        raise ActionRefused(_("There is already a consensus call on this proposal. Declare its outcome first."))
    drafts = list(_build_clause_drafts(current))
    if not drafts:
        raise ActionRefused(_("The proposal is empty. Fill in its fields first."))
    text = begin_text(
        actor=actor,
        coalition=current.coalition,
        title=current.title,
        form=Form.STATEMENT,
        beginning=TextStart(drafts),
        readers=RecordReaders(label=current.label),
        language=current.language,
    )
    text.coalition = current.coalition
    get_or_create_link(text, current, Link.Relation.BEGAN_AS, source_version=current.version)
    create_named_revision(actor=actor, text=text)
    opened = open_text_to_readers(actor=actor, text=text)
    return call_for_consensus(actor=actor, text=opened, closes_at=closes_at, token=token)


def _build_clause_drafts(proposal: Proposal) -> Iterator[ClauseDraft]:
    """Return the fields that have been filled in, in the order of the form: a heading, and a clause for each line."""
    for section in build_proposal_page(proposal, timezone.now()).sections:
        for row in section.rows:
            if lines := [line for line in row.text.splitlines() if line.strip()]:
                yield ClauseDraft(row.field.label, kind=Placement.Kind.HEADING)
                yield from map(ClauseDraft, lines)
