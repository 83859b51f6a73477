"""Attempts to get access: from another coalition, with a closed account, or through another reader's cache."""

from datetime import timedelta

from django.utils import timezone

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Affiliation, Organisation
from jukwaa.coalitions.standing import Standing
from jukwaa.coalitions.task_queries import find_tasks
from jukwaa.plans.models import Plan
from jukwaa.plans.tasks_page import find_plan_tasks
from jukwaa.plans.templatetags.plans import has_plans
from jukwaa.records.models import Label
from tests.factories import AffiliationFactory, ItemFactory, OrganisationFactory
from tests.plans.plan_steps import (
    add_assessment,
    build_plan_url,
    count_published_months,
    create_five_plans,
    create_government_lead,
)
from tests.plans.test_access import can_read_plans
from tests.plans.test_figures import get_published_figures

UNIQUE_WORD = "canarypracticepublished"


def end_affiliations(person):
    Affiliation.objects.filter(person=person).update(ends_on=timezone.localdate() - timedelta(days=1))


def test_closed_account_has_no_access_and_leads_nothing(plan, plan_lead, team_writer):
    Person.objects.filter(pk=team_writer.pk).update(is_active=False)
    assert not can_read_plans(team_writer)
    Person.objects.filter(pk=plan_lead.pk).update(is_active=False)
    assert Plan.objects.without_lead().get() == plan


def test_affiliation_of_other_coalition_gives_no_access(plan, team_writer, other_coalition):
    end_affiliations(team_writer)
    namesake = OrganisationFactory(coalition=other_coalition, name="A bureau elsewhere", country="FJ")
    AffiliationFactory(organisation=namesake, person=team_writer)

    assert not can_read_plans(team_writer)


def test_records_matching_capability_are_cached_per_reader(client, coalition, plan, plan_lead, team_writer):
    told = {"title": UNIQUE_WORD, "label": Label.RED, "details": {"capabilities": ["mnr-2016/11"]}}
    ItemFactory(coalition=coalition, author=plan_lead, published=True, **told)
    seen = []
    for person in (plan_lead, team_writer):
        client.force_login(person)
        seen.append(UNIQUE_WORD in client.get(build_plan_url("capability_detail", plan, 11)).text)

    assert seen == [True, False]


def test_personal_data_export_hides_plan_from_others(coalition, plan, plan_lead, compatriot):
    asked = [has_plans(Standing(person, coalition)) for person in (plan_lead, compatriot)]

    assert asked == [True, False]


def test_tasks_hide_steps_of_inaccessible_plans(coalition, other_coalition, plan, plan_lead, team_writer):
    add_assessment(plan, plan_lead, next_step="Ask the ministry.", due_on=timezone.localdate())
    elsewhere = OrganisationFactory(coalition=other_coalition, name="An office", country="TV")
    abroad = OrganisationFactory(coalition=coalition, name="An office abroad", country="TV")
    for organisation in (elsewhere, abroad):
        AffiliationFactory(organisation=organisation, person=team_writer)
    steps = [len(list_plan_tasks(team_writer, each)) for each in (coalition, other_coalition)]
    Affiliation.objects.filter(person=team_writer, organisation__country="FJ").delete()

    assert steps == [1, 0]
    assert list_plan_tasks(team_writer, coalition) == []


def list_plan_tasks(person, coalition):
    return list(find_tasks(Standing(person, coalition), (find_plan_tasks,)))


def test_former_country_is_not_counted(coalition):
    (plan, _lead), *_others = create_five_plans(coalition)
    Organisation.objects.filter(country=plan.country).update(country="YU")
    Plan.objects.filter(pk=plan.pk).update(country="YU")
    count_published_months()

    assert get_published_figures(coalition) is None


def test_request_to_lead_does_not_reveal_inactive_plan(client, coalition, plan, plan_lead, member):
    end_affiliations(plan_lead)
    stranger = create_government_lead(coalition, "TV")
    for person in (member, stranger):
        client.force_login(person)
        assert client.post(build_plan_url("plan_claim", plan)).status_code == 404
