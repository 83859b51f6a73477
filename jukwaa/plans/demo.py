"""The workspace of an example island state: a plan with a few capabilities filled in, which says what it is.

By the ordinary actions; only time is lent to it.
"""

from collections import Counter
from datetime import timedelta
from typing import Any

from django.utils import timezone

from jukwaa.accounts.models import Person
from jukwaa.coalitions.actions import OrganisationFacts, add_affiliation, add_membership, add_organisation
from jukwaa.cooperation.actions.offers import Whose
from jukwaa.plans import actions
from jukwaa.plans.models import EXAMPLE, Assessment, Baseline, Plan
from jukwaa.records.demo_parts import Demo, Row, address, demo_parts, read_demo_data

PLANNER = "planner of an example island state"
SAID = ("state", "words", "evidence", "body", "next_step", "cost")


@demo_parts.register(100)
def open_example_plan(demo: Demo) -> None:
    """Its lead may speak for a government that is made up; somebody of its authority writes with them."""
    demo.say("Creating an example of a national plan ...")
    planner = demo.people[PLANNER]
    said = read_demo_data("jukwaa.plans", "plans.toml")
    facts = OrganisationFacts(name=said["who"], country=EXAMPLE, stakeholder_group="government")
    ministry = add_organisation(actor=demo.coordinator, coalition=demo.coalition, facts=facts)
    add_membership(actor=demo.coordinator, coalition=demo.coalition, organisation=ministry)
    add_affiliation(actor=demo.coordinator, person=planner, organisation=ministry, may_speak=True)
    plan = actions.open_plan(
        actor=planner, coalition=demo.coalition, country=EXAMPLE, framework=said["framework"], title=said["title"]
    )
    plan.coalition = demo.coalition
    Plan.objects.filter(pk=plan.pk).update(opened_at=_ago(said["opened_ago"]))
    _name_a_writer(demo, plan, planner, said["bureau"])
    numbers: Counter[int] = Counter()
    for row in said["said"]:
        _say(planner, plan, row, numbers[row["number"]])
        numbers[row["number"]] += 1
    baseline = actions.set_baseline(actor=planner, plan=plan, name=said["baseline"]["name"])
    Baseline.objects.filter(pk=baseline.pk).update(at=_ago(said["baseline"]["days_ago"]))
    _ask(plan, planner, said["need"], Whose(organisation=ministry))


def _name_a_writer(demo: Demo, plan: Plan, planner: Person, name: str) -> None:
    facts = OrganisationFacts(name=name, country=EXAMPLE, stakeholder_group="government")
    authority = add_organisation(actor=demo.coordinator, coalition=demo.coalition, facts=facts)
    writer = Person.objects.create_user(
        address("planner 2"),
        name=f"A member of staff of {name[0].lower()}{name[1:]}",
        adult_confirmed_at=timezone.now(),
    )
    add_affiliation(actor=demo.coordinator, person=writer, organisation=authority, may_speak=False)
    actions.name_member(actor=planner, plan=plan, person=writer, role="writes")


def _say(planner: Person, plan: Plan, row: Row, number: int) -> None:
    said: dict[str, Any] = {name: row[name] for name in SAID if name in row}
    if "in_days" in row:
        said["due_on"] = timezone.localdate() + timedelta(days=row["in_days"])
    capability = f"{plan.framework}/{row['number']}"
    made = actions.assess(actor=planner, plan=plan, capability=capability, said=said, from_number=number)
    then = _ago(row["days_ago"])
    Assessment.objects.filter(pk=made.pk).update(at=then)
    Assessment.objects.filter(plan=plan, capability=capability, number=number).update(replaced_at=then)


def _ask(plan: Plan, planner: Person, row: Row, whose: Whose) -> None:
    told = {"sort": row["sort"], "title": row["title"], "summary": row["summary"]}
    given = {"whose": whose, "said": told}
    actions.ask_for_help(actor=planner, plan=plan, capability=f"{plan.framework}/{row['number']}", told=given)


def _ago(days: int) -> Any:
    return timezone.now() - timedelta(days=days)
