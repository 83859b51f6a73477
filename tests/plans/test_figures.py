"""What the coalition sees: over at least five countries, with consent, counted once when a month is over."""

from datetime import timedelta

import pytest
from django.template.defaultfilters import date
from django.urls import reverse
from django.utils import timezone

from jukwaa.plans.actions import close_plan, consent_to_figures, open_plan, withdraw_consent
from jukwaa.plans.figures import load_figures
from jukwaa.plans.models import EXAMPLE_COUNTRY, CountedMonth, Plan
from tests.factories import AffiliationFactory
from tests.plans.planning import FIVE, counted, five, government, months_go_by, refusal, said
from tests.plans.test_team import gone

OTHERS = {"NG": "needed", "GH": "needed", "PE": "in-place", "CL": "in-place", "DE": "partly-in-place"}


def numbers(coalition, value="mnr-2016/11"):
    """What is told of one capability: by state, or nothing."""
    rows = [row for each in load_figures(coalition) for _named, rows in each.groups for row in rows]
    found = next((row.numbers for row in rows if row.capability.value == value), None)
    return {state.value: number for state, number in found} if found else None


def told(in_place, partly, needed):
    return {"in-place": in_place, "partly-in-place": partly, "needed": needed}


def test_over_four_countries_nothing_is_told_and_over_five_it_is_by_the_next_month(client, coalition, member):
    client.force_login(member)
    page = reverse("plans:figures", args=[coalition.slug])
    for country in list(FIVE)[1:]:
        counted(coalition, country, state=FIVE[country])
    months_go_by()
    assert numbers(coalition) is None
    assert "No figures yet." in client.get(page).text
    counted(coalition, "FJ")
    months_go_by()
    assert numbers(coalition) is None
    months_go_by(2)
    assert numbers(coalition) == told(2, 0, 3)
    text = client.get(page).text

    assert text.count("cannot be published") == 20
    assert not [name for name in ("Fiji", "Kenya", "Brazil", "France", "Japan", "A government of") if name in text]


@pytest.mark.parametrize("how", ["took it back", "asleep", "closed", "says something else", "another came"])
def test_whoever_looks_each_day_sees_no_change_and_in_the_next_month_none_that_tells_of_one(coalition, how):
    (plan, lead), *_others = five(coalition)
    months_go_by()
    before = numbers(coalition)
    {
        "took it back": lambda: withdraw_consent(actor=lead, plan=plan),
        "asleep": lambda: gone(lead),
        "closed": lambda: close_plan(actor=lead, plan=plan),
        "says something else": lambda: said(plan, lead, "11", "in-place"),
        "another came": lambda: counted(coalition, "NG", days_ago=0),
    }[how]()
    months_go_by()
    assert numbers(coalition) == before == told(2, 0, 3)
    months_go_by(2)
    assert numbers(coalition) == before


def test_only_with_consent_of_before_the_month_ended(coalition):
    (plan, _lead), *_others = five(coalition)
    counted(coalition, "NG", consents=False)
    Plan.objects.filter(pk=plan.pk).update(consented_at=timezone.now())
    months_go_by()
    assert numbers(coalition) is None
    months_go_by(2)
    assert numbers(coalition) == told(2, 0, 3)


@pytest.mark.parametrize("how", ["took it back", "asleep", "closed"])
def test_whoever_is_gone_is_in_nothing_that_is_made_from_then_on(coalition, how):
    (plan, lead), *_others = five(coalition)
    months_go_by()
    {
        "took it back": lambda: withdraw_consent(actor=lead, plan=plan),
        "asleep": lambda: gone(lead),
        "closed": lambda: close_plan(actor=lead, plan=plan),
    }[how]()
    for country, state in OTHERS.items():
        counted(coalition, country, state=state)
    months_go_by(2)

    assert numbers(coalition) == told(4, 1, 4)
    assert plan.country not in CountedMonth.objects.first().answers["mnr-2016/11"]


def test_numbers_that_were_not_told_anew_say_of_which_month_they_are_and_go_after_a_year(client, coalition, member):
    plans = five(coalition)
    months_go_by()
    withdraw_consent(actor=plans[0][1], plan=plans[0][0])
    months_go_by(2)
    client.force_login(member)
    last = timezone.localdate().replace(day=1) - timedelta(days=1)
    page = client.get(reverse("plans:figures", args=[coalition.slug])).text

    assert date(last, "F Y") in page
    CountedMonth.objects.filter(day=last).update(day=last - timedelta(days=371))
    assert numbers(coalition) is None


def test_what_nobody_looked_at_is_no_answer(coalition):
    for country in list(FIVE)[1:]:
        counted(coalition, country, state=FIVE[country])
    counted(coalition, "FJ", state="not-looked-at")
    months_go_by()

    assert numbers(coalition) is None


@pytest.mark.parametrize("how", ["asleep", "closed", "of another coalition"])
def test_a_plan_that_nobody_leads_or_that_is_closed_is_not_counted(coalition, other_coalition, how):
    for country in list(FIVE)[1:]:
        counted(coalition, country, state=FIVE[country])
    plan, lead = counted(other_coalition if how == "of another coalition" else coalition, "FJ")
    if how == "asleep":
        gone(lead)
    if how == "closed":
        close_plan(actor=lead, plan=plan)
    months_go_by()

    assert numbers(coalition) is None


def test_a_month_is_counted_once_and_without_plans_not_at_all(coalition, other_coalition):
    five(coalition)
    for _day in range(2):
        months_go_by()

    assert [month.coalition for month in CountedMonth.objects.all()] == [coalition]


def test_an_example_is_counted_nowhere(coalition):
    lead = AffiliationFactory(organisation=government(coalition, EXAMPLE_COUNTRY), may_speak=True).person
    plan = open_plan(actor=lead, coalition=coalition, country=EXAMPLE_COUNTRY, framework="mnr-2016", title="An example")

    assert "An example does not belong to a country" in refusal(consent_to_figures, actor=lead, plan=plan)
    assert Plan.objects.get().where == "an example country"


def test_only_members_see_it(client, coalition, lead):
    page = reverse("plans:figures", args=[coalition.slug])
    assert client.get(page).status_code == 302
    client.force_login(lead)
    assert client.get(page).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_the_same_however_many_there_are(client, coalition, member, django_assert_num_queries, count):
    five(coalition)
    for month in range(count):
        months_go_by(month + 1)
    client.force_login(member)
    with django_assert_num_queries(4):
        client.get(reverse("plans:figures", args=[coalition.slug]))
