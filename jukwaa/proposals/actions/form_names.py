"""Write the names of the people of a proposal into the fields of its form that ask for them."""

from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action
from jukwaa.core.refusals import ActionRefused
from jukwaa.proposals.actions.participants import lock_open_proposal
from jukwaa.proposals.actions.proposals import digest, save_answer
from jukwaa.proposals.catalogue import get_entries
from jukwaa.proposals.models import Proposal
from jukwaa.proposals.people import compare_with_form, find_people
from jukwaa.proposals.subject import as_lines, as_text, get_call


@action
def copy_names(*, actor: Person, proposal: Proposal) -> Proposal:
    """Name in the form those who have confirmed, and nobody who has declined. Lines about others stay.

    Raises PermissionDenied, and ActionRefused once the proposal has been submitted.
    """
    current = lock_open_proposal(actor, proposal)
    if current.is_submitted:
        raise ActionRefused(_("This proposal has been submitted. Its form can no longer be changed."))
    call = get_call(current.coalition, get_entries(current.coalition), current)
    names = compare_with_form(call, current, list(find_people(current)))
    for field, lines in names.lines.items():
        before = current.answers.get(field)
        if list(lines) != as_lines(as_text(before)):
            answer = "\n".join(lines)
            current = save_answer(actor=actor, proposal=current, field=field, answer=answer, seen=digest(before))
    return current
