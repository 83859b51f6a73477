"""Write the names of the people of a proposal into the fields of its form that ask for them."""

from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action
from jukwaa.core.refusals import ActionRefused
from jukwaa.proposals.actions.participants import lock_open_proposal_row
from jukwaa.proposals.actions.proposals import hash_json_value, save_proposal_answer
from jukwaa.proposals.call_catalogue import get_call_catalogue
from jukwaa.proposals.models import Proposal
from jukwaa.proposals.participant_lookups import compare_people_with_form, find_proposal_participants
from jukwaa.proposals.subject import find_call_for_proposal, format_stored_answer, split_answer_lines


@action
def copy_names_to_form(*, actor: Person, proposal: Proposal) -> Proposal:
    """Name in the form those who have confirmed, and nobody who has declined. Lines about others stay.

    Raises PermissionDenied, and ActionRefused once the proposal has been submitted.
    """
    current = lock_open_proposal_row(actor, proposal)
    if current.is_submitted:
        raise ActionRefused(_("This proposal has been submitted. Its form can no longer be changed."))
    call = find_call_for_proposal(current.coalition, get_call_catalogue(current.coalition), current)
    names = compare_people_with_form(call, current, list(find_proposal_participants(current)))
    for field, lines in names.lines.items():
        before = current.answers.get(field)
        if list(lines) != split_answer_lines(format_stored_answer(before)):
            answer = "\n".join(lines)
            current = save_proposal_answer(
                actor=actor, proposal=current, field=field, answer=answer, seen=hash_json_value(before)
            )
    return current
