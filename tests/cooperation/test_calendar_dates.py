"""What joint work, offers and needs bring to the calendar."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone

from jukwaa.cooperation.actions.offers import close_offer_or_need
from jukwaa.cooperation.actions.work_following import ReportData, report_deliverable
from jukwaa.cooperation.models import Deliverable, JointWork
from jukwaa.events.calendar_sources import CalendarWindow, list_calendar_items
from jukwaa.records.models import Label
from tests.cooperation.charter_steps import create_proposed_charter, create_work_with_signed_charter
from tests.factories import NeedFactory, OfferFactory

pytestmark = pytest.mark.django_db


def list_dated_records(coalition, viewer=None):
    today = timezone.localdate()
    window = CalendarWindow(coalition, viewer or AnonymousUser(), today, today + timedelta(days=90))
    return list_calendar_items(window, ("deliverable", "help"))


def list_calendar_titles(coalition, viewer=None):
    return [(row.title, (row.first - timezone.localdate()).days) for row in list_dated_records(coalition, viewer)]


def test_deliverable_is_in_calendar_until_delivered(client, coalition, helpline, provider):
    work = create_work_with_signed_charter(coalition, helpline, provider)
    promise = work.deliverables.get()
    assert list_calendar_titles(coalition) == [("A guide for helplines", 60)]
    answer = client.get(reverse("events:calendar_list", args=[coalition.slug]) + "?kind=deliverable")
    assert reverse("cooperation:deliverable_detail", args=[coalition.slug, work.pk, promise.pk]) in answer.text

    before = list_dated_records(coalition)[0].change
    later = timezone.localdate() + timedelta(days=80)
    report_deliverable(
        actor=helpline[0], deliverable=promise, report_data=ReportData("delayed", "We lost a month.", later)
    )
    assert list_calendar_titles(coalition) == [("A guide for helplines", 80)]
    assert list_dated_records(coalition)[0].change == before + 1
    Deliverable.objects.update(state="delivered")
    assert list_calendar_titles(coalition) == []


def test_unsigned_charter_has_no_calendar_date(coalition, helpline, provider):
    create_proposed_charter(coalition, helpline, provider)

    assert list_calendar_titles(coalition) == []


def test_joint_work_dates_follow_read_rules(coalition, member, helpline, provider):
    create_work_with_signed_charter(coalition, helpline, provider, label=Label.GREEN)

    assert list_calendar_titles(coalition) == []
    assert list_calendar_titles(coalition, member) == [("A guide for helplines", 60)]
    JointWork.objects.update(stage=JointWork.Stage.GIVEN_UP)
    assert list_calendar_titles(coalition, member) == []


def test_last_day_of_open_offer_and_need_is_in_calendar(coalition, member, helpline):
    today = timezone.localdate()
    offer = OfferFactory(coalition=coalition, published=True, title="Lessons", until=today + timedelta(days=3))
    NeedFactory(coalition=coalition, published=True, title="Rooms", until=today + timedelta(days=2))
    NeedFactory(coalition=coalition, published=True, title="Always")
    OfferFactory(coalition=coalition, published=True, title="Inside", label=Label.GREEN, until=today)
    assert list_calendar_titles(coalition) == [("Rooms", 2), ("Lessons", 3)]
    assert list_calendar_titles(coalition, member) == [("Inside", 0), ("Rooms", 2), ("Lessons", 3)]

    offer.organisation = helpline[1]
    offer.save()
    close_offer_or_need(actor=helpline[0], help_record=offer, reason="Nobody is left to teach.")
    assert list_calendar_titles(coalition) == [("Rooms", 2)]


@pytest.mark.parametrize("count", [1, 3])
def test_calendar_query_count_is_constant(coalition, helpline, provider, django_assert_num_queries, count):
    day = timezone.localdate() + timedelta(days=1)
    for _ in range(count):
        create_work_with_signed_charter(coalition, helpline, provider)
        OfferFactory(coalition=coalition, published=True, until=day)
        NeedFactory(coalition=coalition, published=True, until=day)
    with django_assert_num_queries(1):
        assert len(list_calendar_titles(coalition)) == 3 * count
