"""What a person takes along of plans."""

import json

import pytest

from jukwaa.plans.actions import add_team_member, leave_team
from jukwaa.plans.models import TeamMember
from tests.accounts.downloads import archive_of
from tests.plans.planning import said
from tests.plans.test_team import gone

CANARY = "canaryplanwordspublished"


def taken(client, person):
    return archive_of(client, person).read("your-data.json").decode()


def test_what_they_said_in_a_plan_that_is_open_to_them_and_in_which_teams_they_are(client, plan, lead, writer):
    said(plan, writer, words=CANARY)
    said(plan, lead, "12", words="Of another")
    text = taken(client, writer)
    data = json.loads(text)

    assert [(row["plan"], row["title"], row["part"], row["until"]) for row in data["teams_of_national_plans"]] == [
        (plan.pk, "Our plan", "writes", None)
    ]
    assert [(row["capability"], row["words"]) for row in data["said_in_national_plans"]] == [("mnr-2016/11", CANARY)]
    assert "Of another" not in text


@pytest.mark.parametrize("how", ["left the team", "left the country"])
def test_whoever_is_gone_takes_along_that_they_were_there_and_no_word(client, plan, lead, writer, how):
    said(plan, writer, words=CANARY)
    if how == "left the team":
        leave_team(actor=lead, member=TeamMember.objects.get(person=writer))
    else:
        gone(writer)
    text = taken(client, writer)
    (row,) = json.loads(text)["teams_of_national_plans"]

    assert set(row) == {"plan", "part", "from", "until"}
    assert (row["until"] is not None) is (how == "left the team")
    assert not [word for word in (CANARY, "Our plan", "FJ") if word in text]


def test_whoever_came_back_takes_along_both_times(client, plan, lead, writer):
    leave_team(actor=lead, member=TeamMember.objects.get(person=writer))
    add_team_member(actor=lead, plan=plan, person=writer, role="reads")
    rows = json.loads(taken(client, writer))["teams_of_national_plans"]

    assert [row["part"] for row in rows] == ["writes", "reads"]
