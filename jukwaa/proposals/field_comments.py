"""Comments that are about one field of a proposal."""

from collections import Counter
from collections.abc import Collection, Mapping

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from jukwaa.coalitions.models.people import Viewer
from jukwaa.proposals.models import Proposal
from jukwaa.proposals.subject import load_call_for_proposal
from jukwaa.records.models import Comment, Record


def find_field_comments(viewer: Viewer, proposal: Proposal, field_name: str) -> QuerySet[Comment]:
    """Return what the viewer may read about a field, in the order of time."""
    said = Comment.objects.filter(record=proposal.pk, about_field__field=field_name).readable_by(viewer)
    return said.select_related("author", "capacity").order_by("at", "pk")


def count_field_comments(proposal: Proposal) -> Mapping[str, int]:
    """Return how many comments there are on each field that has some."""
    return Counter(each.field for each in proposal.field_comments if each.comment.hidden_at is None)


def get_field_labels_by_comment(record: Record, comments: Collection[Comment]) -> dict[int, str]:
    """Return the field that each of these comments is about, by the number of the comment."""
    if not getattr(record, "is_discussed", True):
        return {}
    proposal = record if isinstance(record, Proposal) else Proposal.objects.get(pk=record.pk)
    shown = {comment.pk for comment in comments}
    fields = {each.comment_id: each.field for each in proposal.field_comments if each.comment_id in shown}
    if not fields:
        return {}
    call = proposal.known_call or load_call_for_proposal(proposal)
    labels = {field.name: field.label for field in call.fields}
    return {pk: _("Field: %(label)s") % {"label": labels.get(name, name)} for pk, name in fields.items()}
