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
from jukwaa.home.demo.library import read
from jukwaa.home.demo.texts import Row, Table
from jukwaa.plans import actions
from jukwaa.plans.models import EXAMPLE, Assessment, Baseline, Plan

SAID = ("state", "words", "evidence", "body", "next_step", "cost")


def plan_for_an_example(table: Table, planner: Person) -> Plan:
    """Its lead may speak for a government that is made up; somebody of its authority writes with them."""
    said = read("plans.toml")
    facts = OrganisationFacts(name=said["who"], country=EXAMPLE, stakeholder_group="government")
    ministry = add_organisation(actor=table.coordinator, coalition=table.coalition, facts=facts)
    add_membership(actor=table.coordinator, coalition=table.coalition, organisation=ministry)
    add_affiliation(actor=table.coordinator, person=planner, organisation=ministry, may_speak=True)
    plan = actions.open_plan(
        actor=planner, coalition=table.coalition, country=EXAMPLE, framework=said["framework"], title=said["title"]
    )
    plan.coalition = table.coalition
    Plan.objects.filter(pk=plan.pk).update(opened_at=_ago(said["opened_ago"]))
    _name_a_writer(table, plan, planner, said["bureau"])
    numbers: Counter[int] = Counter()
    for row in said["said"]:
        _say(planner, plan, row, numbers[row["number"]])
        numbers[row["number"]] += 1
    baseline = actions.set_baseline(actor=planner, plan=plan, name=said["baseline"]["name"])
    Baseline.objects.filter(pk=baseline.pk).update(at=_ago(said["baseline"]["days_ago"]))
    _ask(plan, planner, said["need"], Whose(organisation=ministry))
    return plan


def _name_a_writer(table: Table, plan: Plan, planner: Person, name: str) -> None:
    facts = OrganisationFacts(name=name, country=EXAMPLE, stakeholder_group="government")
    authority = add_organisation(actor=table.coordinator, coalition=table.coalition, facts=facts)
    writer = Person.objects.create_user(
        "planner-2@demo.example", name=f"A member of staff of {name[0].lower()}{name[1:]}"
    )
    add_affiliation(actor=table.coordinator, person=writer, organisation=authority, may_speak=False)
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
