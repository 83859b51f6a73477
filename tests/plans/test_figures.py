"""What the coalition sees: over at least five countries, with consent, as it stood at the end of last month."""

import pytest
from django.urls import reverse

from jukwaa.plans.actions import close_plan, consent_to_figures, open_plan, withdraw_consent
from jukwaa.plans.figures import figures
from jukwaa.plans.models import EXAMPLE, Plan
from tests.factories import AffiliationFactory
from tests.plans.planning import counted, government, refusal, said
from tests.plans.test_team import gone

FIVE = ("FJ", "KE", "BR", "FR", "JP")


def numbers(coalition, value="mnr-2016/11"):
    """What is told of one capability: by state, or nothing."""
    rows = [row for each in figures(coalition) for _named, rows in each.groups for row in rows]
    found = next((row.numbers for row in rows if row.capability.value == value), None)
    return {state.value: number for state, number in found} if found else None


def test_over_four_countries_nothing_is_told_and_over_five_it_is(client, coalition, member):
    client.force_login(member)
    page = reverse("plans:figures", args=[coalition.slug])
    for country in FIVE[:4]:
        counted(coalition, country)
    assert numbers(coalition) is None
    assert "Too few to tell" in client.get(page).text
    counted(coalition, FIVE[4], state="in-place")
    assert numbers(coalition) == {"in-place": 1, "partly-in-place": 0, "needed": 4}
    text = client.get(page).text

    assert text.count("too few to tell") == 20
    assert not [name for name in ("Fiji", "Kenya", "Brazil", "France", "Japan", "A government of") if name in text]


def test_only_with_consent_and_withdrawn_at_once(coalition):
    plans = [counted(coalition, country) for country in FIVE]
    sixth, _lead = counted(coalition, "NG", consents=False)
    assert numbers(coalition)["needed"] == 5
    plan, lead = plans[0]
    withdraw_consent(actor=lead, plan=plan)

    assert numbers(coalition) is None
    assert sixth.consented_at is None


def test_a_change_of_this_month_can_not_be_watched(coalition):
    plans = [counted(coalition, country) for country in FIVE]
    plan, lead = plans[0]
    said(plan, lead, "11", "in-place")
    assert numbers(coalition) == {"in-place": 0, "partly-in-place": 0, "needed": 5}
    counted(coalition, "NG", days_ago=0)
    assert numbers(coalition)["needed"] == 5


def test_what_nobody_looked_at_is_no_answer(coalition):
    for country in FIVE[:4]:
        counted(coalition, country)
    counted(coalition, FIVE[4], state="not-looked-at")

    assert numbers(coalition) is None


@pytest.mark.parametrize("how", ["asleep", "closed", "of another coalition"])
def test_a_plan_that_nobody_leads_or_that_is_closed_is_not_counted(coalition, other_coalition, how):
    for country in FIVE[:4]:
        counted(coalition, country)
    plan, lead = counted(other_coalition if how == "of another coalition" else coalition, FIVE[4])
    if how == "asleep":
        gone(lead)
    if how == "closed":
        close_plan(actor=lead, plan=plan)

    assert numbers(coalition) is None


def test_an_example_is_counted_nowhere(coalition):
    lead = AffiliationFactory(organisation=government(coalition, EXAMPLE), may_speak=True).person
    plan = open_plan(actor=lead, coalition=coalition, country=EXAMPLE, framework="mnr-2016", title="An example")

    assert "An example is no country" in refusal(consent_to_figures, actor=lead, plan=plan)
    assert Plan.objects.get().where == "an example country"


def test_only_members_see_it(client, coalition, lead):
    page = reverse("plans:figures", args=[coalition.slug])
    assert client.get(page).status_code == 302
    client.force_login(lead)
    assert client.get(page).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_the_same_however_many_there_are(client, coalition, member, django_assert_num_queries, count):
    for country in FIVE[:count]:
        counted(coalition, country)
    client.force_login(member)
    with django_assert_num_queries(4):
        client.get(reverse("plans:figures", args=[coalition.slug]))
