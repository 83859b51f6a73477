"""For each route of ideas with arguments, what the walks fill in."""

from typing import Any

from jukwaa.meetings.models import IDEA, MergeRequest
from tests.spread import Rows, of_kind, some
from tests.world import World

FORMS = ("edit", "publish", "support", "take_back", "agenda", "outcome", "decline", "reopen", "merge")


def merge_requests(world: World) -> list[dict[str, Any]]:
    """One for each idea that some may read, into the next of them."""
    ideas = world.some_of(IDEA)
    if not MergeRequest.objects.filter(idea__coalition=world.coalition).exists():
        pairs = zip(ideas, [*ideas[1:], ideas[0]], strict=True)
        author = world.people["author"]
        MergeRequest.objects.bulk_create(
            MergeRequest(idea_id=idea.pk, into_id=into.pk, person=author) for idea, into in pairs
        )
    return [{"pk": pk} for pk in MergeRequest.objects.values_list("pk", flat=True)]


IDEAS: dict[str, Rows] = {
    "meetings:idea_detail": of_kind(IDEA),
    **{f"meetings:idea_{form}": some(IDEA) for form in FORMS},
    **{f"meetings:merge_{decision}": merge_requests for decision in ("accept", "decline")},
}
PUBLIC_IDEAS = dict.fromkeys(
    ["meetings:idea_list", "meetings:idea_detail"], "visitors read ideas that are for everyone"
)
