"""The team finds the words of its plan only on the plan's pages; former members find none."""

import pytest
from django.utils import timezone

from jukwaa.coalitions.models import Affiliation
from jukwaa.coalitions.standing import Standing
from jukwaa.home.tasks_page import get_tasks
from jukwaa.plans.models import Plan, TeamMember
from tests.deep import IS_DEEP_RUN, IS_QUICK_RUN
from tests.plans.world import UNIQUE_WORD_BY_FIELD
from tests.test_access_walk import (
    ALL_ROUTES,
    build_urls,
    find_canary_words,
    rolled_back_transaction,
    sign_in_again_if_signed_out,
)

PLAN_WORDS = set(UNIQUE_WORD_BY_FIELD.values())
PERSONAL_ROUTES = {"home:desk", "home:front", "accounts:export"}  # what waits for whoever asks, and what they said


# The planner's own pages, all lists, and all pages of the plan. Those of one record of another kind hold no word of it
# even for its team, of which one is read in CI; the access walk reads them as who is gone in either way.
NEARBY_ROUTES = [
    route for route in ALL_ROUTES if route.name.startswith("plans:") or not route.arguments - {"coalition"}
]


@pytest.fixture
def planner_in_world(shared_world, db):
    return TeamMember.objects.get(person__name="Planner").person


def find_words_by_route(client, world, person, visited_routes=ALL_ROUTES) -> dict[str, set[str]]:
    """Return the words of the plan that each route shows."""
    found: dict[str, set[str]] = {}
    for route in visited_routes:
        urls = build_urls(route, world)
        for url in urls if IS_DEEP_RUN or route in NEARBY_ROUTES else urls[:1]:
            sign_in_again_if_signed_out(client, person)
            with rolled_back_transaction():
                words = find_canary_words(client.get(url)) & PLAN_WORDS
            if words:
                found[route.name] = found.get(route.name, set()) | words
    return found


@pytest.mark.usefixtures("brief_refusals", "plain_templates")
def test_team_finds_plan_only_on_its_pages(client, shared_world, planner_in_world):
    found = find_words_by_route(client, shared_world, planner_in_world, NEARBY_ROUTES if IS_QUICK_RUN else ALL_ROUTES)

    assert {name for name in found if not name.startswith("plans:")} <= PERSONAL_ROUTES
    assert set().union(*found.values()) == PLAN_WORDS
    for name in ("plans:overview", "plans:figures", "plans:claim_list"):
        assert found.get(name, set()) <= {UNIQUE_WORD_BY_FIELD["title"]}


@pytest.mark.usefixtures("brief_refusals", "plain_templates")
@pytest.mark.parametrize("leaving_case", ["left the team", "left the country"])
def test_former_member_finds_no_plan_words(client, shared_world, planner_in_world, leaving_case):
    assert {"plans:plan_detail", *PERSONAL_ROUTES} <= {route.name for route in NEARBY_ROUTES}
    with rolled_back_transaction():
        if leaving_case == "left the team":
            TeamMember.objects.filter(person=planner_in_world).update(left_at=timezone.now())
        else:
            Affiliation.objects.filter(person=planner_in_world).update(confirmed_on=None, confirmed_by=None)
        assert find_words_by_route(client, shared_world, planner_in_world, NEARBY_ROUTES) == {}
        assert not Plan.objects.visible_to(planner_in_world).exists()
        assert [
            item for item in get_tasks(Standing(planner_in_world, shared_world.coalition)) if "canaryplan" in str(item)
        ] == []
