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
from tests.cooperation.agreeing import agreed, begun, create_spokesperson, sign
from tests.factories import EventFactory, OccurrenceFactory, OfferFactory, PledgeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def shown(client, coalition):
    """The rows of both tables: group, offers, needs, pledges, parties of joint work."""

    def read():
        caches["pages"].clear()
        page = client.get(reverse("cooperation:figures", args=[coalition.slug]))
        return [[(label, *row.values()) for label, row in rows] for _heading, rows in page.context["tables"]]

    return read


def group(organisation, region, stakeholder):
    type(organisation).objects.filter(pk=organisation.pk).update(regional_group=region, stakeholder_group=stakeholder)


def test_offers_and_needs_are_counted_by_organisation(client, coalition, offer, need, giver, taker, shown):
    group(giver, "african", "technical-community")
    group(taker, "asia-pacific", "government")
    OfferFactory(coalition=coalition, organisation=giver, published=True)

    assert shown() == [
        [("African Group", 1, 0, 0, 0), ("Asia-Pacific Group", 0, 1, 0, 0)],
        [("Government", 0, 1, 0, 0), ("Technical community", 1, 0, 0, 0)],
    ]
    assert "A university" not in client.get(reverse("cooperation:figures", args=[coalition.slug])).text


def test_pledges_of_the_last_year_and_to_come_are_counted_by_organisation(coalition, giver, taker, shown):
    group(giver, "african", "technical-community")
    group(taker, "asia-pacific", "government")
    day = timezone.localdate()
    event = EventFactory(coalition=coalition, published=True, on=day - timedelta(days=30))
    recent, old = event.occurrences.get(), OccurrenceFactory(event=event, starts_on=day - timedelta(days=400))
    for code in ("KE", "UG"):
        PledgeFactory(occurrence=recent, organisation=giver, country=code)
    PledgeFactory(occurrence=old, organisation=taker)
    assert shown()[0] == [("African Group", 0, 0, 1, 0)]

    Pledge.objects.filter(occurrence=recent).update(withdrawn_at=timezone.now())
    assert shown()[0] == []


def test_pledges_for_an_event_that_one_may_not_read_are_not_counted(client, coalition, giver, member, shown):
    event = EventFactory(coalition=coalition, published=True, label="TLP:GREEN", on=timezone.localdate())
    PledgeFactory(occurrence=event.occurrences.get(), organisation=giver)
    assert shown()[1] == []
    client.force_login(member)
    assert len(shown()[1]) == 1


def test_parties_are_counted_that_have_signed_what_is_under_way_and_no_others(coalition, helpline, provider, shown):
    for who, stakeholder in ((helpline, "civil-society"), (provider, "private-sector")):
        group(who[1], "african", stakeholder)
    named = create_spokesperson(coalition, "A ministry", organisation__regional_group="african")
    work = begun(coalition, helpline, provider)
    works.add_work_party(actor=helpline[0], work=work, organisation=named[1], must_sign=False)
    charter = charters.propose_charter(actor=helpline[0], work=work)
    sign(charter, helpline)
    assert shown()[0] == []  # it is not in force
    sign(charter, provider)
    assert shown() == [
        [("African Group", 0, 0, 0, 2)],
        [("Civil society", 0, 0, 0, 1), ("Private sector", 0, 0, 0, 1)],
    ]
    party = Party.objects.select_related("work__coalition").get(organisation=provider[1])
    works.leave_joint_work(actor=provider[0], party=party, reason="No people.")
    assert shown()[0] == [("African Group", 0, 0, 0, 1)]


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_the_same_however_many_there_are(
    client, coalition, helpline, provider, member, django_assert_num_queries, count
):
    event = EventFactory(coalition=coalition, published=True, on=timezone.localdate())
    for number in range(count):
        agreed(coalition, helpline, provider, title=f"Work {number}")
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
