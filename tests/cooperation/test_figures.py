"""Who offers, needs, pledges and works together: counted by group, with nobody named."""

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.urls import reverse
from django.utils import timezone

from jukwaa.coalitions.models import Coalition
from jukwaa.cooperation.actions import work as works
from jukwaa.cooperation.actions import work_charters as charters
from jukwaa.cooperation.models import Party
from jukwaa.events.models import Pledge
from tests.cooperation.charter_steps import (
    begin_work_with_charter,
    create_spokesperson,
    create_work_with_signed_charter,
    sign_charter_for,
)
from tests.factories import EventFactory, OccurrenceFactory, OfferFactory, PledgeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def read_shown_figures(client, coalition):
    """The rows of both tables: group, offers, needs, pledges, parties of joint work."""

    def read_figures_page():
        caches["pages"].clear()
        page = client.get(reverse("cooperation:figures", args=[coalition.slug]))
        return [[(label, *row.values()) for label, row in rows] for _heading, rows in page.context["tables"]]

    return read_figures_page


def create_grouped_organisation(organisation, region, stakeholder):
    type(organisation).objects.filter(pk=organisation.pk).update(regional_group=region, stakeholder_group=stakeholder)


def test_offers_and_needs_are_counted_by_organisation(
    client, coalition, offer, need, giving_organisation, needing_organisation, read_shown_figures
):
    create_grouped_organisation(giving_organisation, "african", "technical-community")
    create_grouped_organisation(needing_organisation, "asia-pacific", "government")
    OfferFactory(coalition=coalition, organisation=giving_organisation, published=True)

    assert read_shown_figures() == [
        [("African Group", 1, 0, 0, 0), ("Asia-Pacific Group", 0, 1, 0, 0)],
        [("Government", 0, 1, 0, 0), ("Technical community", 1, 0, 0, 0)],
    ]
    assert "A university" not in client.get(reverse("cooperation:figures", args=[coalition.slug])).text


def test_pledges_of_past_and_coming_year_are_counted_by_organisation(
    coalition, giving_organisation, needing_organisation, read_shown_figures
):
    create_grouped_organisation(giving_organisation, "african", "technical-community")
    create_grouped_organisation(needing_organisation, "asia-pacific", "government")
    day = timezone.localdate()
    event = EventFactory(coalition=coalition, published=True, on=day - timedelta(days=30))
    recent, old = event.occurrences.get(), OccurrenceFactory(event=event, starts_on=day - timedelta(days=400))
    for code in ("KE", "UG"):
        PledgeFactory(occurrence=recent, organisation=giving_organisation, country=code)
    PledgeFactory(occurrence=old, organisation=needing_organisation)
    assert read_shown_figures()[0] == [("African Group", 0, 0, 1, 0)]

    Pledge.objects.filter(occurrence=recent).update(withdrawn_at=timezone.now())
    assert read_shown_figures()[0] == []


def test_unreadable_event_pledges_are_not_counted(client, coalition, giving_organisation, member, read_shown_figures):
    event = EventFactory(coalition=coalition, published=True, label="TLP:GREEN", on=timezone.localdate())
    PledgeFactory(occurrence=event.occurrences.get(), organisation=giving_organisation)
    assert read_shown_figures()[1] == []
    client.force_login(member)
    assert len(read_shown_figures()[1]) == 1


def test_parties_of_signed_current_work_are_counted(coalition, helpline, provider, read_shown_figures):
    for who, stakeholder in ((helpline, "civil-society"), (provider, "private-sector")):
        create_grouped_organisation(who[1], "african", stakeholder)
    named = create_spokesperson(coalition, "A ministry", organisation__regional_group="african")
    work = begin_work_with_charter(coalition, helpline, provider)
    works.add_work_party(actor=helpline[0], work=work, organisation=named[1], must_sign=False)
    charter = charters.propose_charter(actor=helpline[0], work=work)
    sign_charter_for(charter, helpline)
    assert read_shown_figures()[0] == []  # it is not in force
    sign_charter_for(charter, provider)
    assert read_shown_figures() == [
        [("African Group", 0, 0, 0, 2)],
        [("Civil society", 0, 0, 0, 1), ("Private sector", 0, 0, 0, 1)],
    ]
    party = Party.objects.select_related("work__coalition").get(organisation=provider[1])
    works.leave_joint_work(actor=provider[0], party=party, reason="No people.")
    assert read_shown_figures()[0] == [("African Group", 0, 0, 0, 1)]


@pytest.mark.parametrize("count", [1, 3])
def test_figures_query_count_is_constant(
    client, coalition, helpline, provider, member, django_assert_num_queries, count
):
    event = EventFactory(coalition=coalition, published=True, on=timezone.localdate())
    for number in range(count):
        create_work_with_signed_charter(coalition, helpline, provider, title=f"Work {number}")
        OfferFactory(coalition=coalition, published=True)
        PledgeFactory(occurrence=event.occurrences.get())
    client.force_login(member)
    page = reverse("cooperation:figures", args=[coalition.slug])
    client.get(page)
    with django_assert_num_queries(3):  # what is counted is kept
        client.get(page)
    Coalition.objects.increment_revision([coalition.pk])
    with django_assert_num_queries(7):
        client.get(page)
