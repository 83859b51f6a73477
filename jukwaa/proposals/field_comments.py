"""Comments that are about one field of a proposal."""

from collections.abc import Mapping

from django.db.models import Count, QuerySet

from jukwaa.coalitions.models.people import Viewer
from jukwaa.proposals.models import FieldComment, Proposal
from jukwaa.records.models import Comment


def find_comments(viewer: Viewer, proposal: Proposal, field: str) -> QuerySet[Comment]:
    """Return what the viewer may read about a field, in the order of time."""
    said = Comment.objects.filter(record=proposal.pk, about_field__field=field).with_readable_words(viewer)
    return said.select_related("author", "capacity").order_by("at", "pk")


def count_comments(proposal: Proposal) -> Mapping[str, int]:
    """Return how many comments there are on each field that has some."""
    rows = FieldComment.objects.filter(comment__record=proposal.pk, comment__hidden_at=None)
    return dict(rows.values_list("field").annotate(Count("pk")))
