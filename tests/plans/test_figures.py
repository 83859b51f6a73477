"""What the coalition sees: over at least five countries, with consent, counted once when a month is over."""

from datetime import timedelta

import pytest
from django.template.defaultfilters import date
from django.urls import reverse
from django.utils import timezone

from jukwaa.places.former_countries import EXAMPLE_COUNTRY_CODE
from jukwaa.plans.actions import close_plan, consent_to_figures, open_plan, withdraw_plan_consent
from jukwaa.plans.figures import load_framework_figures
from jukwaa.plans.models import CountedMonth, Plan
from tests.factories import AffiliationFactory
from tests.plans.plan_steps import (
    STATES_OF_FIVE,
    add_assessment,
    count_published_months,
    create_consenting_plan,
    create_five_plans,
    create_government,
    get_action_refusal_text,
)
from tests.plans.test_team import end_affiliation

STATE_OF_OTHER_COUNTRIES = {"NG": "needed", "GH": "needed", "PE": "in-place", "CL": "in-place", "DE": "partly-in-place"}


def get_published_figures(coalition, figure_value="mnr-2016/11"):
    """Return the published figures of one capability by state, or None."""
    rows = [row for each in load_framework_figures(coalition) for _named, rows in each.groups for row in rows]
    found = next((row.numbers for row in rows if row.capability.value == figure_value), None)
    return {state.value: number for state, number in found} if found else None


def build_state_counts(in_place, partly, needed):
    return {"in-place": in_place, "partly-in-place": partly, "needed": needed}


def test_figures_need_five_countries_and_a_new_month(client, coalition, member):
    client.force_login(member)
    page = reverse("plans:figures", args=[coalition.slug])
    for country in list(STATES_OF_FIVE)[1:]:
        create_consenting_plan(coalition, country, state=STATES_OF_FIVE[country])
    count_published_months()
    assert get_published_figures(coalition) is None
    assert "No figures yet." in client.get(page).text
    create_consenting_plan(coalition, "FJ")
    count_published_months()
    assert get_published_figures(coalition) is None
    count_published_months(2)
    assert get_published_figures(coalition) == build_state_counts(2, 0, 3)
    text = client.get(page).text

    assert text.count("cannot be published") == 20
    assert not [name for name in ("Fiji", "Kenya", "Brazil", "France", "Japan", "A government of") if name in text]


@pytest.mark.parametrize("plan_case", ["took it back", "asleep", "closed", "says something else", "another came"])
def test_figures_change_monthly_and_reveal_no_country(coalition, plan_case):
    (plan, lead), *_others = create_five_plans(coalition)
    count_published_months()
    before = get_published_figures(coalition)
    {
        "took it back": lambda: withdraw_plan_consent(actor=lead, plan=plan),
        "asleep": lambda: end_affiliation(lead),
        "closed": lambda: close_plan(actor=lead, plan=plan),
        "says something else": lambda: add_assessment(plan, lead, "11", "in-place"),
        "another came": lambda: create_consenting_plan(coalition, "NG", days_ago=0),
    }[plan_case]()
    count_published_months()
    assert get_published_figures(coalition) == before == build_state_counts(2, 0, 3)
    count_published_months(2)
    assert get_published_figures(coalition) == before


def test_figures_need_consent_before_end_of_month(coalition):
    (plan, _lead), *_others = create_five_plans(coalition)
    create_consenting_plan(coalition, "NG", consents=False)
    Plan.objects.filter(pk=plan.pk).update(consented_at=timezone.now())
    count_published_months()
    assert get_published_figures(coalition) is None
    count_published_months(2)
    assert get_published_figures(coalition) == build_state_counts(2, 0, 3)


@pytest.mark.parametrize("plan_case", ["took it back", "asleep", "closed"])
def test_figures_exclude_plans_that_ended(coalition, plan_case):
    (plan, lead), *_others = create_five_plans(coalition)
    count_published_months()
    {
        "took it back": lambda: withdraw_plan_consent(actor=lead, plan=plan),
        "asleep": lambda: end_affiliation(lead),
        "closed": lambda: close_plan(actor=lead, plan=plan),
    }[plan_case]()
    for country, state in STATE_OF_OTHER_COUNTRIES.items():
        create_consenting_plan(coalition, country, state=state)
    count_published_months(2)

    assert get_published_figures(coalition) == build_state_counts(4, 1, 4)
    assert plan.country not in CountedMonth.objects.first().answers["mnr-2016/11"]


def test_old_figures_name_month_and_expire_after_a_year(client, coalition, member):
    plans = create_five_plans(coalition)
    count_published_months()
    withdraw_plan_consent(actor=plans[0][1], plan=plans[0][0])
    count_published_months(2)
    client.force_login(member)
    last = timezone.localdate().replace(day=1) - timedelta(days=1)
    page = client.get(reverse("plans:figures", args=[coalition.slug])).text

    assert date(last, "F Y") in page
    CountedMonth.objects.filter(day=last).update(day=last - timedelta(days=371))
    assert get_published_figures(coalition) is None


def test_missing_assessment_is_not_counted(coalition):
    for country in list(STATES_OF_FIVE)[1:]:
        create_consenting_plan(coalition, country, state=STATES_OF_FIVE[country])
    create_consenting_plan(coalition, "FJ", state="not-looked-at")
    count_published_months()

    assert get_published_figures(coalition) is None


@pytest.mark.parametrize("plan_case", ["asleep", "closed", "of another coalition"])
def test_inactive_and_closed_plans_are_not_counted(coalition, other_coalition, plan_case):
    for country in list(STATES_OF_FIVE)[1:]:
        create_consenting_plan(coalition, country, state=STATES_OF_FIVE[country])
    plan, lead = create_consenting_plan(other_coalition if plan_case == "of another coalition" else coalition, "FJ")
    if plan_case == "asleep":
        end_affiliation(lead)
    if plan_case == "closed":
        close_plan(actor=lead, plan=plan)
    count_published_months()

    assert get_published_figures(coalition) is None


def test_month_is_counted_once_and_only_with_plans(coalition, other_coalition):
    create_five_plans(coalition)
    for _day in range(2):
        count_published_months()

    assert [month.coalition for month in CountedMonth.objects.all()] == [coalition]


def test_demonstration_plan_is_not_counted(coalition):
    lead = AffiliationFactory(organisation=create_government(coalition, EXAMPLE_COUNTRY_CODE), may_speak=True).person
    plan = open_plan(
        actor=lead, coalition=coalition, country=EXAMPLE_COUNTRY_CODE, framework="mnr-2016", title="An example"
    )

    assert "This plan is an example" in get_action_refusal_text(consent_to_figures, actor=lead, plan=plan)
    assert Plan.objects.get().where == "an example country"


def test_only_members_see_figures(client, coalition, plan_lead):
    page = reverse("plans:figures", args=[coalition.slug])
    assert client.get(page).status_code == 302
    client.force_login(plan_lead)
    assert client.get(page).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_figures_query_count_is_constant(client, coalition, member, django_assert_num_queries, count):
    create_five_plans(coalition)
    for month in range(count):
        count_published_months(month + 1)
    client.force_login(member)
    with django_assert_num_queries(4):
        client.get(reverse("plans:figures", args=[coalition.slug]))
