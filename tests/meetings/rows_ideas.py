"""For each route of ideas with arguments, what the walks fill in."""

from typing import Any

from jukwaa.meetings.models import IDEA_KIND, MergeRequest
from tests.meetings.ideas import IdeaFactory
from tests.spread import Rows, build_sample_rows, of_kind
from tests.world import World

FORMS = ("edit", "publish", "support", "take_back", "agenda", "outcome", "decline", "reopen", "merge")


def merge_requests(world: World) -> list[dict[str, Any]]:
    """One for each idea that some may read, into an idea that everyone reads."""
    requests = MergeRequest.objects.filter(idea__coalition=world.coalition)
    if not requests.exists():
        into, author = IdeaFactory(coalition=world.coalition, published=True), world.people["author"]
        ideas = {idea.pk for idea in world.some_of(IDEA_KIND)}
        MergeRequest.objects.bulk_create(MergeRequest(idea_id=pk, into=into, person=author) for pk in sorted(ideas))
    return [{"pk": pk} for pk in requests.values_list("pk", flat=True)]


IDEAS: dict[str, Rows] = {
    "meetings:idea_detail": of_kind(IDEA_KIND),
    **{f"meetings:idea_{form}": build_sample_rows(IDEA_KIND) for form in FORMS},
    **{f"meetings:merge_{decision}": merge_requests for decision in ("accept", "decline")},
}
PUBLIC_IDEAS = dict.fromkeys(
    ["meetings:idea_list", "meetings:idea_detail"], "visitors read ideas that are for everyone"
)
