"""What a person takes along of plans."""

import json

import pytest

from jukwaa.plans.actions import add_team_member, leave_plan_team
from jukwaa.plans.models import TeamMember
from tests.accounts.downloads import download_archive
from tests.plans.planning import add_assessment
from tests.plans.test_team import end_affiliation

UNIQUE_WORD = "canaryplanwordspublished"


def get_export(client, person):
    return download_archive(client, person).read("your-data.json").decode()


def test_export_has_assessments_and_teams_of_readable_plans(client, plan, lead, writer):
    add_assessment(plan, writer, words=UNIQUE_WORD)
    add_assessment(plan, lead, "12", words="Of another")
    text = get_export(client, writer)
    data = json.loads(text)

    assert [(row["plan"], row["title"], row["part"], row["until"]) for row in data["teams_of_national_plans"]] == [
        (plan.pk, "Our plan", "writes", None)
    ]
    assert [(row["capability"], row["words"]) for row in data["said_in_national_plans"]] == [
        ("mnr-2016/11", UNIQUE_WORD)
    ]
    assert "Of another" not in text


@pytest.mark.parametrize("how", ["left the team", "left the country"])
def test_export_after_leaving_has_membership_without_texts(client, plan, lead, writer, how):
    add_assessment(plan, writer, words=UNIQUE_WORD)
    if how == "left the team":
        leave_plan_team(actor=lead, team_member=TeamMember.objects.get(person=writer))
    else:
        end_affiliation(writer)
    text = get_export(client, writer)
    (row,) = json.loads(text)["teams_of_national_plans"]

    assert set(row) == {"plan", "part", "from", "until"}
    assert (row["until"] is not None) is (how == "left the team")
    assert not [word for word in (UNIQUE_WORD, "Our plan", "FJ") if word in text]


def test_export_has_both_periods_of_team_membership(client, plan, lead, writer):
    leave_plan_team(actor=lead, team_member=TeamMember.objects.get(person=writer))
    add_team_member(actor=lead, plan=plan, person=writer, role="reads")
    rows = json.loads(get_export(client, writer))["teams_of_national_plans"]

    assert [row["part"] for row in rows] == ["writes", "reads"]
