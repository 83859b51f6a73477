"""The team finds each word of its plan on the plan's own pages and nowhere else; whoever left finds none anywhere."""

import pytest
from django.utils import timezone

from jukwaa.coalitions.models import Affiliation
from jukwaa.coalitions.standing import Standing
from jukwaa.home.tasks_page import get_tasks
from jukwaa.plans.models import Plan, TeamMember
from tests.deep import DEEP
from tests.plans.world import WORDS
from tests.test_access_walk import ALL, addresses, stay, undone, words_in

OWN = set(WORDS.values())
ONES_OWN = {"home:desk", "home:front", "accounts:export"}  # what waits for whoever asks, and what they said


# The planner's own pages, all lists, and all pages of the plan. Those of one record of another kind hold no word of it
# even for its team, of which one is read; the access walk reads them as who is gone in either way.
NEAR = [route for route in ALL if route.name.startswith("plans:") or not route.arguments - {"coalition"}]


@pytest.fixture
def planner(built, db):
    return TeamMember.objects.get(person__name="Planner").person


def found_by(client, world, person, on=ALL) -> dict[str, set[str]]:
    """The words of the plan by route."""
    found: dict[str, set[str]] = {}
    for route in on:
        urls = addresses(route, world)
        for url in urls if DEEP or route in NEAR else urls[:1]:
            stay(client, person)
            with undone():
                words = words_in(client.get(url)) & OWN
            if words:
                found[route.name] = found.get(route.name, set()) | words
    return found


@pytest.mark.usefixtures("brief_refusals", "plain_templates")
def test_its_team_finds_it_on_its_own_pages_and_nowhere_else(client, built, planner):
    found = found_by(client, built, planner)

    assert {name for name in found if not name.startswith("plans:")} <= ONES_OWN
    assert set().union(*found.values()) == OWN
    for name in ("plans:overview", "plans:figures", "plans:claim_list"):
        assert found.get(name, set()) <= {WORDS["title"]}


@pytest.mark.usefixtures("brief_refusals", "plain_templates")
@pytest.mark.parametrize("how", ["left the team", "left the country"])
def test_whoever_is_gone_finds_no_word_of_it(client, built, planner, how):
    assert {"plans:plan_detail", *ONES_OWN} <= {route.name for route in NEAR}
    with undone():
        if how == "left the team":
            TeamMember.objects.filter(person=planner).update(left_at=timezone.now())
        else:
            Affiliation.objects.filter(person=planner).update(confirmed_on=None, confirmed_by=None)
        assert found_by(client, built, planner, NEAR) == {}
        assert not Plan.objects.visible_to(planner).exists()
        assert [item for item in get_tasks(Standing(planner, built.coalition)) if "canaryplan" in str(item)] == []
