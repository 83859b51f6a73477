"""For each route of ideas with arguments, what the walks fill in."""

from typing import Any

from jukwaa.meetings.models import IDEA_RECORD_KIND, MergeRequest
from tests.meetings.ideas import IdeaFactory
from tests.row_builders import Rows, build_rows_of_kind, build_sample_rows
from tests.world import World

IDEA_FORM_NAMES = ("edit", "publish", "support", "take_back", "agenda", "outcome", "decline", "reopen", "merge")


def list_merge_request_rows(world: World) -> list[dict[str, Any]]:
    """One for each idea that some may read, into an idea that everyone reads."""
    requests = MergeRequest.objects.filter(idea__coalition=world.coalition)
    if not requests.exists():
        into, author = IdeaFactory(coalition=world.coalition, published=True), world.people["author"]
        ideas = {idea.pk for idea in world.list_example_records(IDEA_RECORD_KIND)}
        MergeRequest.objects.bulk_create(MergeRequest(idea_id=pk, into=into, person=author) for pk in sorted(ideas))
    return [{"pk": pk} for pk in requests.values_list("pk", flat=True)]


IDEA_ROWS: dict[str, Rows] = {
    "meetings:idea_detail": build_rows_of_kind(IDEA_RECORD_KIND),
    **{f"meetings:idea_{form}": build_sample_rows(IDEA_RECORD_KIND) for form in IDEA_FORM_NAMES},
    **{f"meetings:merge_{decision}": list_merge_request_rows for decision in ("accept", "decline")},
}
PUBLIC_IDEA_ROUTES = dict.fromkeys(
    ["meetings:idea_list", "meetings:idea_detail"], "visitors read ideas that are for everyone"
)
