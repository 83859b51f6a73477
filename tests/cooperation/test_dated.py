"""What joint work, offers and needs bring to the calendar."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone

from jukwaa.cooperation.actions.offers import close_help
from jukwaa.cooperation.actions.work_following import ReportData, report_deliverable
from jukwaa.cooperation.models import Deliverable, JointWork
from jukwaa.events.calendar_sources import CalendarWindow, list_calendar_items
from jukwaa.records.models import Label
from tests.cooperation.agreeing import agree_on_work, proposed
from tests.factories import NeedFactory, OfferFactory

pytestmark = pytest.mark.django_db


def found(coalition, viewer=None):
    today = timezone.localdate()
    window = CalendarWindow(coalition, viewer or AnonymousUser(), today, today + timedelta(days=90))
    return list_calendar_items(window, ("deliverable", "help"))


def list_calendar_titles(coalition, viewer=None):
    return [(row.title, (row.first - timezone.localdate()).days) for row in found(coalition, viewer)]


def test_a_deliverable_stands_on_its_day_until_it_is_delivered(client, coalition, helpline, provider):
    work = agree_on_work(coalition, helpline, provider)
    promise = work.deliverables.get()
    assert list_calendar_titles(coalition) == [("A guide for helplines", 60)]
    answer = client.get(reverse("events:calendar_list", args=[coalition.slug]) + "?kind=deliverable")
    assert reverse("cooperation:deliverable_detail", args=[coalition.slug, work.pk, promise.pk]) in answer.text

    before = found(coalition)[0].change
    later = timezone.localdate() + timedelta(days=80)
    report_deliverable(
        actor=helpline[0], deliverable=promise, report_data=ReportData("delayed", "We lost a month.", later)
    )
    assert list_calendar_titles(coalition) == [("A guide for helplines", 80)]
    assert found(coalition)[0].change == before + 1
    Deliverable.objects.update(state="delivered")
    assert list_calendar_titles(coalition) == []


def test_what_nobody_signed_yet_is_promised_on_no_day(coalition, helpline, provider):
    proposed(coalition, helpline, provider)

    assert list_calendar_titles(coalition) == []


def test_the_dates_of_a_work_are_for_its_readers(coalition, member, helpline, provider):
    agree_on_work(coalition, helpline, provider, label=Label.GREEN)

    assert list_calendar_titles(coalition) == []
    assert list_calendar_titles(coalition, member) == [("A guide for helplines", 60)]
    JointWork.objects.update(stage=JointWork.Stage.GIVEN_UP)
    assert list_calendar_titles(coalition, member) == []


def test_the_last_day_of_an_offer_and_of_a_need_stands_there_while_they_are_open(coalition, member, helpline):
    today = timezone.localdate()
    offer = OfferFactory(coalition=coalition, published=True, title="Lessons", until=today + timedelta(days=3))
    NeedFactory(coalition=coalition, published=True, title="Rooms", until=today + timedelta(days=2))
    NeedFactory(coalition=coalition, published=True, title="Always")
    OfferFactory(coalition=coalition, published=True, title="Inside", label=Label.GREEN, until=today)
    assert list_calendar_titles(coalition) == [("Rooms", 2), ("Lessons", 3)]
    assert list_calendar_titles(coalition, member) == [("Inside", 0), ("Rooms", 2), ("Lessons", 3)]

    offer.organisation = helpline[1]
    offer.save()
    close_help(actor=helpline[0], help_record=offer, reason="Nobody is left to teach.")
    assert list_calendar_titles(coalition) == [("Rooms", 2)]


@pytest.mark.parametrize("count", [1, 3])
def test_the_dates_cost_the_same_however_many_there_are(
    coalition, helpline, provider, django_assert_num_queries, count
):
    day = timezone.localdate() + timedelta(days=1)
    for _ in range(count):
        agree_on_work(coalition, helpline, provider)
        OfferFactory(coalition=coalition, published=True, until=day)
        NeedFactory(coalition=coalition, published=True, until=day)
    with django_assert_num_queries(2):
        assert len(list_calendar_titles(coalition)) == 3 * count
