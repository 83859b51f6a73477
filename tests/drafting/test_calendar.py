"""Consultations and calls in the calendar: both in one query, and each under its own last day."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from jukwaa.drafting.models import Call, Consultation
from jukwaa.events.calendar_sources import CalendarWindow, list_calendar_items
from jukwaa.events.views.calendar import MAX_CALENDAR_ITEMS
from jukwaa.records.models import Label
from tests.factories import ConsultationFactory, TextFactory

FIRST_MEMBERSHIP_DAY = date(2027, 2, 1)


@pytest.fixture
def text(coalition):
    return TextFactory(coalition=coalition, published=True, title="Guide", saying=["A clause."])


def add_consultation(text, day: int) -> Consultation:
    return ConsultationFactory(text=text, closes_at=datetime(2027, 2, day, tzinfo=UTC))


def add_call_with_deadline(text, day: int, outcome="") -> Call:
    declared = {"outcome": outcome, "reason": "They differ.", "declared_at": datetime(2027, 2, 1, tzinfo=UTC)}
    return Call.objects.create(
        text=text,
        revision=text.get_latest_revision(),
        silence="support",
        opens_at=datetime(2027, 1, 1, tzinfo=UTC),
        closes_at=datetime(2027, 2, day, tzinfo=UTC),
        **(declared if outcome else {}),
    )


def list_deadline_rows(coalition, viewer, **open_demo_window):
    open_demo_window = CalendarWindow(
        coalition, viewer, FIRST_MEMBERSHIP_DAY, FIRST_MEMBERSHIP_DAY + timedelta(days=27), **open_demo_window
    )
    return [
        (item.kind, item.first.day, item.path)
        for item in list_calendar_items(open_demo_window, ["consultation", "call"])
    ]


def test_each_deadline_of_text_is_listed_once(text, coalition, member, django_assert_num_queries):
    consultations = [add_consultation(text, 4), add_consultation(text, 9)]
    add_call_with_deadline(text, 12, outcome="restarted")
    calls = [add_call_with_deadline(text, 20, outcome="no-consensus"), add_call_with_deadline(text, 25)]
    add_call_with_deadline(TextFactory(coalition=coalition, published=True, label=Label.RED, saying=["Closed."]), 10)
    ConsultationFactory(text__published=True, text__saying=["Of others."], closes_at=datetime(2027, 2, 5, tzinfo=UTC))
    with django_assert_num_queries(1):
        found = list_deadline_rows(coalition, member)

    urls = [reverse("drafting:consultation_detail", args=["ours", each.pk]) for each in consultations]
    urls += [reverse("drafting:call_detail", args=["ours", text.pk, each.pk]) for each in calls]
    assert found == list(zip(["consultation"] * 2 + ["call"] * 2, [3, 8, 19, 24], urls, strict=True))
    assert list_deadline_rows(coalition, member, most=2) == found[:2]


def test_many_consultations_do_not_hide_calls_in_list(client, text, coalition):
    for _ in range(MAX_CALENDAR_ITEMS + 2):
        add_consultation(text, 4)
    call = add_call_with_deadline(text, 20)
    url = reverse("events:calendar_list", args=["ours"]) + "?from=2027-02-01&kind=call"

    assert [row.uid for row in client.get(url).context["rows"]] == [f"call-{call.pk}"]
