"""Safer Internet Day of next year, announced by the delegate's organisation, with a call that is open."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from jukwaa.events import actions
from jukwaa.events.actions import CallDetails, OccurrenceDetails, PledgeDetails
from jukwaa.events.models import Event, Occurrence
from jukwaa.events.recurrence import SAFER_INTERNET_DAY_RULE, find_next_date
from tests.factories import OccurrenceFactory

FEEDBACK_DATA = {"done": "We held it.", "reached": 250, "what_worked": "Short videos.", "words": "A good day."}
FEEDBACK_DATA |= {"may_be_quoted": True, "was_worth_it": 4, "had_what_was_needed": 3, "would_again": 4}


@pytest.fixture
def announce_event(coalition, rapporteur):
    """Announces an event: `announce_event("A day", starts_on=date(...), rule="")`."""

    def announce_one_event(
        title: str = "A day", *, starts_on: date | None = None, by=None, label="TLP:CLEAR", rule="", **when
    ):
        day = starts_on or timezone.localdate() + timedelta(days=30)
        ends_on = when.pop("ends_on", day)
        told = {"title": title, "label": label, "rule": rule, **when.pop("told", {})}
        return actions.announce_event(
            actor=by or rapporteur,
            coalition=coalition,
            occurrence_details=OccurrenceDetails(day, ends_on, **when),
            details=told,
        )

    return announce_one_event


@pytest.fixture
def event(announce_event) -> Event:
    today = timezone.localdate()
    return announce_event(
        "Safer Internet Day", starts_on=find_next_date(SAFER_INTERNET_DAY_RULE, today), rule=SAFER_INTERNET_DAY_RULE
    )


@pytest.fixture
def occurrence(event) -> Occurrence:
    """The next date of the event, without a call."""
    return event.occurrences.filter(starts_on__gte=timezone.localdate()).order_by("starts_on").first()


@pytest.fixture
def open_call_for_pledges(rapporteur):
    """Asks others to take part: `open_call_for_pledges(occurrence)`."""

    def call_for_occurrence(occurrence: Occurrence, asks: str = "Say what you will do.", **asked) -> Occurrence:
        return actions.call_to_take_part(
            actor=rapporteur,
            occurrence=occurrence,
            call_details=CallDetails(asks, **asked),
            from_version=occurrence.version,
        )

    return call_for_occurrence


@pytest.fixture
def occurrence_with_call(open_call_for_pledges, occurrence) -> Occurrence:
    return open_call_for_pledges(occurrence)


@pytest.fixture
def make_pledge(delegate, organisation):
    """Pledges for the delegate's organisation: `make_pledge(occurrence, "We hold a workshop.")`."""

    def pledge_for_occurrence(occurrence: Occurrence, activity: str = "We hold a workshop.", *, token=None, **promised):
        return actions.pledge(
            actor=delegate,
            occurrence=occurrence,
            organisation=organisation,
            promise=PledgeDetails(activity, **promised),
            token=token,
        )

    return pledge_for_occurrence


@pytest.fixture
def past_occurrence(event):
    """It was two weeks ago."""
    day = timezone.localdate() - timedelta(days=14)
    return OccurrenceFactory(event=event, starts_on=day)


@pytest.fixture
def reported_pledge(past_occurrence, delegate, organisation):
    return actions.report_event_participation(
        actor=delegate,
        occurrence=past_occurrence,
        organisation=organisation,
        promise=PledgeDetails("We held it.", country="KE"),
        told=FEEDBACK_DATA,
    )
