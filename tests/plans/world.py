"""A plan in the world of the access walk, of which none of its readers may find a word.

Some of them are as near to it as one can be without reading it: gone from its team, or from the country.
"""

from datetime import timedelta

from django.utils import timezone

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition
from jukwaa.plans.models import Assessment, Baseline, CarriedOver, Claim, Plan, TeamMember, Tie
from jukwaa.records.models import Record
from tests.factories import AffiliationFactory, OrganisationFactory, PersonFactory

PLAN_COUNTRY = "NR"
UNIQUE_WORD_BY_FIELD = {
    name: f"canaryplan{name.replace('_', '')}published"
    for name in ("title", "words", "evidence", "body", "next_step", "cost", "moment", "before")
}


def add_plan_canaries(coalition: Coalition, people_by_persona: dict[str, Person], record: Record) -> Plan:
    """Create a plan with a canary in each of its texts, its lead, and former members of the team and the country."""
    ministry = OrganisationFactory(
        coalition=coalition, name="The ministry of the walk", country=PLAN_COUNTRY, stakeholder_group="government"
    )
    lead = AffiliationFactory(organisation=ministry, may_speak=True, person=PersonFactory(name="Planner")).person
    plan = Plan.objects.create(
        coalition=coalition,
        country=PLAN_COUNTRY,
        framework="itu-checklist-2020",
        title=UNIQUE_WORD_BY_FIELD["title"],
        consented_at=timezone.now() - timedelta(days=90),
    )
    TeamMember.objects.create(plan=plan, person=lead, named_by=lead, role="leads")
    for persona in ("coordinator", "safeguarding lead"):  # of the country, and gone from the team
        AffiliationFactory(organisation=ministry, person=people_by_persona[persona])
        TeamMember.objects.create(plan=plan, person=people_by_persona[persona], named_by=lead, left_at=timezone.now())
    for persona in ("member", "rapporteur", "author"):  # of the team, and gone from the country
        yesterday = timezone.localdate() - timedelta(days=1)
        AffiliationFactory(organisation=ministry, person=people_by_persona[persona], ends_on=yesterday)
        TeamMember.objects.create(plan=plan, person=people_by_persona[persona], named_by=lead, role="leads")
    _fill_plan_with_rows(plan, lead, record)
    return plan


def _fill_plan_with_rows(plan: Plan, lead: Person, record: Record) -> None:
    said = {name: UNIQUE_WORD_BY_FIELD[name] for name in ("words", "evidence", "body", "next_step", "cost")}
    long_ago = timezone.now() - timedelta(days=80)
    for number, words in ((1, UNIQUE_WORD_BY_FIELD["before"]), (2, UNIQUE_WORD_BY_FIELD["words"])):
        Assessment.objects.create(
            **{**said, "words": words},
            plan=plan,
            records=[record.pk],
            capability=f"{plan.framework}/1",
            number=number,
            state="needed",
            by=lead,
            at=long_ago,
            replaced_at=timezone.now() if number == 1 else None,
            due_on=timezone.localdate() + timedelta(days=9),
        )
    Baseline.objects.create(plan=plan, name=UNIQUE_WORD_BY_FIELD["moment"], by=lead, at=long_ago)
    CarriedOver.objects.create(plan=plan, framework="itu-checklist-2009", by=lead, at=long_ago)
    for part, capability in (("event", ""), ("need", f"{plan.framework}/1")):
        Tie.objects.create(plan=plan, part=part, capability=capability, record=record, by=lead)
    Claim.objects.create(plan=plan, person=lead)
