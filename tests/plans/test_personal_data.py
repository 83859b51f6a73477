"""What a person takes along of plans."""

import json

import pytest

from jukwaa.plans.actions import add_team_member, leave_plan_team
from jukwaa.plans.models import TeamMember
from tests.accounts.downloads import download_personal_archive
from tests.plans.plan_steps import add_assessment
from tests.plans.test_team import end_affiliation

UNIQUE_WORD = "canaryplanwordspublished"


def get_exported_json(client, person):
    return download_personal_archive(client, person).read("your-data.json").decode()


def test_export_has_assessments_and_teams_of_readable_plans(client, plan, plan_lead, team_writer):
    add_assessment(plan, team_writer, words=UNIQUE_WORD)
    add_assessment(plan, plan_lead, "12", words="Of another")
    text = get_exported_json(client, team_writer)
    data = json.loads(text)

    assert [(row["plan"], row["title"], row["part"], row["until"]) for row in data["teams_of_national_plans"]] == [
        (plan.pk, "Our plan", "writes", None)
    ]
    assert [(row["capability"], row["words"]) for row in data["said_in_national_plans"]] == [
        ("mnr-2016/11", UNIQUE_WORD)
    ]
    assert "Of another" not in text


@pytest.mark.parametrize("leaving_case", ["left the team", "left the country"])
def test_export_after_leaving_has_membership_without_texts(client, plan, plan_lead, team_writer, leaving_case):
    add_assessment(plan, team_writer, words=UNIQUE_WORD)
    if leaving_case == "left the team":
        leave_plan_team(actor=plan_lead, team_member=TeamMember.objects.get(person=team_writer))
    else:
        end_affiliation(team_writer)
    text = get_exported_json(client, team_writer)
    (row,) = json.loads(text)["teams_of_national_plans"]

    assert set(row) == {"plan", "part", "from", "until"}
    assert (row["until"] is not None) is (leaving_case == "left the team")
    assert not [word for word in (UNIQUE_WORD, "Our plan", "FJ") if word in text]


def test_export_has_both_periods_of_team_membership(client, plan, plan_lead, team_writer):
    leave_plan_team(actor=plan_lead, team_member=TeamMember.objects.get(person=team_writer))
    add_team_member(actor=plan_lead, plan=plan, person=team_writer, role="reads")
    rows = json.loads(get_exported_json(client, team_writer))["teams_of_national_plans"]

    assert [row["part"] for row in rows] == ["writes", "reads"]
