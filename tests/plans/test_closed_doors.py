"""Doors that one would try: of another coalition, of a closed account, by what was read before for somebody else."""

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
from tests.plans.planning import five, leader, months_go_by, said, url
from tests.plans.test_access import reads
from tests.plans.test_figures import numbers

CANARY = "canarypracticepublished"


def ended(person):
    Affiliation.objects.filter(person=person).update(ends_on=timezone.localdate() - timedelta(days=1))


def test_a_closed_account_opens_nothing_and_leads_nothing(plan, lead, writer):
    Person.objects.filter(pk=writer.pk).update(is_active=False)
    assert not reads(writer)
    Person.objects.filter(pk=lead.pk).update(is_active=False)
    assert Plan.objects.without_lead().get() == plan


def test_what_another_coalition_vouches_for_opens_nothing_here(plan, writer, other_coalition):
    ended(writer)
    namesake = OrganisationFactory(coalition=other_coalition, name="A bureau elsewhere", country="FJ")
    AffiliationFactory(organisation=namesake, person=writer)

    assert not reads(writer)


def test_what_fits_is_kept_for_each_reader(client, coalition, plan, lead, writer):
    told = {"title": CANARY, "label": Label.RED, "details": {"capabilities": ["mnr-2016/11"]}}
    ItemFactory(coalition=coalition, author=lead, published=True, **told)
    seen = []
    for person in (lead, writer):
        client.force_login(person)
        seen.append(CANARY in client.get(url("capability_detail", plan, 11)).text)

    assert seen == [True, False]


def test_that_somebody_has_a_plan_is_known_of_them_alone(coalition, plan, lead, compatriot):
    asked = [has_plans(Standing(person, coalition)) for person in (lead, compatriot)]

    assert asked == [True, False]


def test_the_desk_knows_no_step_of_a_plan_that_was_closed_to_them(coalition, other_coalition, plan, lead, writer):
    said(plan, lead, next_step="Ask the ministry.", due_on=timezone.localdate())
    elsewhere = OrganisationFactory(coalition=other_coalition, name="An office", country="TV")
    abroad = OrganisationFactory(coalition=coalition, name="An office abroad", country="TV")
    for organisation in (elsewhere, abroad):
        AffiliationFactory(organisation=organisation, person=writer)
    steps = [len(steps_for(writer, each)) for each in (coalition, other_coalition)]
    Affiliation.objects.filter(person=writer, organisation__country="FJ").delete()

    assert steps == [1, 0]
    assert steps_for(writer, coalition) == []


def steps_for(person, coalition):
    return list(find_tasks(Standing(person, coalition), (find_plan_tasks,)))


def test_a_country_that_is_no_more_is_counted_nowhere(coalition):
    (plan, _lead), *_others = five(coalition)
    Organisation.objects.filter(country=plan.country).update(country="YU")
    Plan.objects.filter(pk=plan.pk).update(country="YU")
    months_go_by()

    assert numbers(coalition) is None


def test_to_ask_for_a_plan_that_sleeps_tells_nobody_else_that_there_is_one(client, coalition, plan, lead, member):
    ended(lead)
    stranger = leader(coalition, "TV")
    for person in (member, stranger):
        client.force_login(person)
        assert client.post(url("plan_claim", plan)).status_code == 404
