"""The workspace of an example island state: a plan with a few capabilities filled in, which says what it is.

By the ordinary actions; only time is lent to it.
"""

from collections import Counter
from datetime import timedelta
from typing import Any

from django.utils import timezone

from jukwaa.accounts.models import Person
from jukwaa.coalitions.actions import OrganisationFacts, add_affiliation, add_membership, add_organisation
from jukwaa.cooperation.actions.offers import HelpOwner
from jukwaa.places.former_countries import EXAMPLE_COUNTRY_CODE
from jukwaa.plans import actions
from jukwaa.plans.models import Assessment, Baseline, Plan
from jukwaa.records.demo_parts import Demo, Row, build_demo_address, demo_part_registry, read_demo_data

PLANNER_TITLE = "planner of an example island state"
DEMO_ASSESSMENT_FIELDS = ("state", "words", "evidence", "body", "next_step", "cost")


@demo_part_registry.register(100)
def open_example_plan(demo: Demo) -> None:
    """Its lead may speak for a government that is made up; somebody of its authority writes with them."""
    demo.say("Creating an example of a national plan ...")
    planner = demo.people[PLANNER_TITLE]
    said = read_demo_data("jukwaa.plans", "plans.toml")
    facts = OrganisationFacts(name=said["who"], country=EXAMPLE_COUNTRY_CODE, stakeholder_group="government")
    ministry = add_organisation(actor=demo.coordinator, coalition=demo.coalition, organisation_facts=facts)
    add_membership(actor=demo.coordinator, coalition=demo.coalition, organisation=ministry)
    add_affiliation(actor=demo.coordinator, person=planner, organisation=ministry, may_speak=True)
    plan = actions.open_plan(
        actor=planner,
        coalition=demo.coalition,
        country=EXAMPLE_COUNTRY_CODE,
        framework=said["framework"],
        title=said["title"],
    )
    plan.coalition = demo.coalition
    Plan.objects.filter(pk=plan.pk).update(opened_at=_get_time_days_ago(said["opened_ago"]))
    _add_demo_writer(demo, plan, planner, said["bureau"])
    numbers: Counter[int] = Counter()
    for row in said["said"]:
        _add_demo_assessment(planner, plan, row, numbers[row["number"]])
        numbers[row["number"]] += 1
    baseline = actions.set_plan_baseline(actor=planner, plan=plan, name=said["baseline"]["name"])
    Baseline.objects.filter(pk=baseline.pk).update(at=_get_time_days_ago(said["baseline"]["days_ago"]))
    _add_demo_need(plan, planner, said["need"], HelpOwner(organisation=ministry))


def _add_demo_writer(demo: Demo, plan: Plan, planner: Person, writer_name: str) -> None:
    facts = OrganisationFacts(name=writer_name, country=EXAMPLE_COUNTRY_CODE, stakeholder_group="government")
    authority = add_organisation(actor=demo.coordinator, coalition=demo.coalition, organisation_facts=facts)
    writer = Person.objects.create_user(
        build_demo_address("planner 2"),
        name=f"A member of staff of {writer_name[0].lower()}{writer_name[1:]}",
        adult_confirmed_at=timezone.now(),
    )
    add_affiliation(actor=demo.coordinator, person=writer, organisation=authority, may_speak=False)
    actions.add_team_member(actor=planner, plan=plan, person=writer, role="writes")


def _add_demo_assessment(planner: Person, plan: Plan, demo_row: Row, capability_number: int) -> None:
    said: dict[str, Any] = {name: demo_row[name] for name in DEMO_ASSESSMENT_FIELDS if name in demo_row}
    if "in_days" in demo_row:
        said["due_on"] = timezone.localdate() + timedelta(days=demo_row["in_days"])
    capability = f"{plan.framework}/{demo_row['number']}"
    made = actions.assess_capability(
        actor=planner, plan=plan, capability=capability, said=said, seen_number=capability_number
    )
    then = _get_time_days_ago(demo_row["days_ago"])
    Assessment.objects.filter(pk=made.pk).update(at=then)
    Assessment.objects.filter(plan=plan, capability=capability, number=capability_number).update(replaced_at=then)


def _add_demo_need(plan: Plan, planner: Person, demo_row: Row, help_owner: HelpOwner) -> None:
    told = {"sort": demo_row["sort"], "title": demo_row["title"], "summary": demo_row["summary"]}
    given = {"whose": help_owner, "said": told}
    actions.create_need_from_plan(
        actor=planner, plan=plan, capability=f"{plan.framework}/{demo_row['number']}", item_fields=given
    )


def _get_time_days_ago(days_ago: int) -> Any:
    return timezone.now() - timedelta(days=days_ago)
