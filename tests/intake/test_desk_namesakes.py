"""A reading that begins a meeting, and a meeting of the same name that the record has already."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from jukwaa.coalitions.models import Activity
from jukwaa.core.refusals import ActionRefused
from jukwaa.intake import actions
from jukwaa.intake.actions import EntryResult
from jukwaa.meetings.models import Entry, Meeting
from jukwaa.records.models import Source
from tests.factories import MeetingFactory
from tests.intake.desk import REPORT, reading_of
from tests.intake.test_desk_entering import keep_all

MORE = REPORT + "\nHelpline Two offered to host the next session.\n"


@pytest.fixture
def meeting(coalition, rapporteur) -> Meeting:
    """Entered from a first copy of the report."""
    return actions.enter_reading(
        actor=rapporteur, reading=keep_all(reading_of(coalition, rapporteur), rapporteur)
    ).meeting


@pytest.fixture
def again(meeting, coalition, rapporteur):
    """A second report with the same sentences and one more, of a meeting with the same name."""
    return keep_all(reading_of(coalition, rapporteur, MORE), rapporteur)


def enter_url(reading) -> str:
    return reverse("intake:reading_enter", args=[reading.coalition.slug, reading.pk])


def test_nothing_is_written_until_it_is_said_which_meeting_is_meant(meeting, again, rapporteur):
    with pytest.raises(ActionRefused, match="“Session in Nairobi”, which is already in the record"):
        actions.enter_reading(actor=rapporteur, reading=again)

    assert (Meeting.objects.count(), Entry.objects.count()) == (1, 5)


def test_into_the_meeting_that_is_there_only_what_is_new_is_written(meeting, again, rapporteur):
    entered = actions.enter_reading(actor=rapporteur, reading=again, into=meeting)

    assert entered == EntryResult(meeting, 1, 3)
    assert (Meeting.objects.count(), Entry.objects.count(), meeting.attendances.count()) == (1, 6, 3)
    offers = again.suggestions.filter(kind="offer").order_by("sentence__number")
    assert [row.record.title for row in offers] == [
        "Helpline One offered to provide training to the other members.",
        "Helpline Two offered to host the next session.",
    ]
    assert not again.suggestions.kept().filter(entered_at__isnull=True).exists()


def test_what_stands_there_already_gains_the_sentence_of_the_second_document_as_a_source(meeting, again, rapporteur):
    offer = Entry.objects.get(kind="offer")

    actions.enter_reading(actor=rapporteur, reading=again, into=meeting)

    first, second = offer.sources.order_by("document")
    assert (first.quote, first.number) == (second.quote, second.number) == (offer.text, 5)
    assert (first.document != second.document, second.document) == (True, again.document)
    assert list(Activity.objects.filter(verb="sourced").values_list("actor", "kind", "object_id").order_by("pk")) == [
        (rapporteur.pk, entry.kind, entry.pk) for entry in meeting.entries.exclude(text__contains="Helpline Two")
    ]


def test_entering_again_adds_no_source_twice(meeting, again, rapporteur):
    actions.enter_reading(actor=rapporteur, reading=again, into=meeting)
    before = list(Source.objects.values_list("record", "document", "start"))
    again.suggestions.update(entered_at=None)  # as if two had pressed the button at once

    actions.enter_reading(actor=rapporteur, reading=again)

    assert list(Source.objects.values_list("record", "document", "start")) == before
    assert Activity.objects.filter(verb="sourced").count() == 5


def test_what_stands_there_under_the_chatham_house_rule_gains_the_bare_document(coalition, rapporteur):
    first, second = (keep_all(reading_of(coalition, rapporteur, text), rapporteur) for text in (REPORT, MORE))
    for reading in (first, second):
        actions.mark_part(actor=rapporteur, reading=reading, title="Closed talk", first=6, last=6, chatham=True)
    meeting = actions.enter_reading(actor=rapporteur, reading=first).meeting

    actions.enter_reading(actor=rapporteur, reading=second, into=meeting)

    decision = Entry.objects.get(kind="decision")
    assert list(decision.sources.values_list("document", "start", "quote").order_by("document")) == [
        (first.document_id, None, ""),
        (second.document_id, None, ""),
    ]


def test_a_new_meeting_of_the_same_name_begins_where_that_was_asked_for(meeting, again, rapporteur):
    entered = actions.enter_reading(actor=rapporteur, reading=again, anew=True)
    second = actions.enter_reading(actor=rapporteur, reading=again, anew=True)

    assert (entered.meeting != meeting, entered.entries) == (True, 6)
    assert second == EntryResult(entered.meeting, 0, 0)  # a second press of the button
    assert (Meeting.objects.count(), Entry.objects.filter(meeting=meeting).count()) == (2, 5)


def test_the_page_asks_and_what_it_proposes_writes_nothing_twice(client, meeting, again, rapporteur):
    client.force_login(rapporteur)

    page = client.get(enter_url(again))
    into = page.context["into"]
    client.post(enter_url(again), {"into": into.pk})

    assert (into, len(page.context["plan"].entries), len(page.context["plan"].there)) == (meeting, 1, 5)
    assert "Add to an existing meeting, or create a new one?" in page.text
    assert "we will add this document as another source" in page.text
    assert (Meeting.objects.count(), Entry.objects.count()) == (1, 6)


def test_the_page_shows_and_writes_the_new_meeting_that_was_asked_for(client, meeting, again, rapporteur):
    client.force_login(rapporteur)

    page = client.get(enter_url(again), {"into": "new"})
    client.post(enter_url(again), {"into": "new"})

    assert (len(page.context["plan"].entries), page.context["plan"].there) == (6, [])
    assert Meeting.objects.count() == 2


def test_a_form_that_does_not_say_which_comes_back_with_the_question(client, meeting, again, rapporteur):
    client.force_login(rapporteur)

    response = client.post(enter_url(again))

    assert (response.status_code, Entry.objects.count()) == (422, 5)
    assert "Add to an existing meeting, or create a new one?" in response.text


@pytest.mark.parametrize(
    "other",
    [
        {"title": "Session in Nairobi, the other"},
        {"starts_on": date(2026, 3, 1)},
        {"state": "withdrawn", "withdrawn_because": "A mistake.", "withdrawn_at": timezone.now()},
        {"label": "TLP:CLEAR", "reading_label": "TLP:GREEN"},
    ],
)
def test_another_meeting_is_no_question(coalition, rapporteur, other):
    label = other.pop("reading_label", "TLP:CLEAR")
    there = MeetingFactory(coalition=coalition, **{"title": "Session in Nairobi", "published": True, **other})
    reading = keep_all(reading_of(coalition, rapporteur, label=label, meeting_on=date(2027, 1, 20)), rapporteur)

    entered = actions.enter_reading(actor=rapporteur, reading=reading)

    assert (entered.meeting != there, entered.entries) == (True, 5)


def test_what_was_said_under_the_chatham_house_rule_is_not_traced_to_what_was_said_openly(meeting, again, rapporteur):
    actions.mark_part(actor=rapporteur, reading=again, title="Closed talk", first=7, last=7, chatham=True)
    promised = again.suggestions.get(kind="commitment", sentence__number=7)
    wording = actions.Wording(kind="topic", text="The proposal.", actors=[])
    actions.edit_suggestion(actor=rapporteur, suggestion=promised, wording=wording, from_version=promised.version)
    Entry.objects.filter(meeting=meeting, kind="commitment", text__startswith="The coord").update(
        kind="topic", text="The proposal."
    )

    actions.enter_reading(actor=rapporteur, reading=again, into=meeting)

    assert list(Entry.objects.filter(text="The proposal.").values_list("part__chatham", flat=True)) == [None, True]
