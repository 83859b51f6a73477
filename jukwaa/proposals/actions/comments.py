"""Comment on one field of a proposal."""

from uuid import UUID

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action
from jukwaa.coalitions.models import Organisation
from jukwaa.proposals.models import FieldComment, Proposal
from jukwaa.records.actions import add_comment
from jukwaa.records.models import Comment


@action
def comment_on_field(
    *,
    actor: Person,
    proposal: Proposal,
    field_name: str,
    body: str,
    organisation: Organisation | None = None,
    token: UUID | None = None,
) -> Comment:
    """Add a comment that is about one field. The same form sent twice adds one. Raises PermissionDenied."""
    comment = add_comment(actor=actor, record=proposal, body=body, organisation=organisation, token=token)
    FieldComment.objects.get_or_create(comment=comment, defaults={"field": field_name})
    return comment
