"""A reading that begins a meeting, and a meeting of the same name that the record has already."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from jukwaa.coalitions.models import Activity
from jukwaa.core.refusals import ActionRefused
from jukwaa.intake import actions
from jukwaa.intake.actions import ReadingEntryResult
from jukwaa.meetings.models import Entry, Meeting
from jukwaa.records.models import Source
from tests.factories import MeetingFactory
from tests.intake.readings import REPORT_TEXT, create_reading
from tests.intake.test_reading_entries import accept_all_suggestions

ADDITIONAL_TEXT = REPORT_TEXT + "\nHelpline Two offered to host the next session.\n"


@pytest.fixture
def meeting_from_report(coalition, rapporteur) -> Meeting:
    """Entered from a first copy of the report."""
    return actions.enter_reading(
        actor=rapporteur, reading=accept_all_suggestions(create_reading(coalition, rapporteur), rapporteur)
    ).meeting


@pytest.fixture
def second_reading(meeting_from_report, coalition, rapporteur):
    """A second report with the same sentences and one more, of a meeting with the same name."""
    return accept_all_suggestions(create_reading(coalition, rapporteur, ADDITIONAL_TEXT), rapporteur)


def build_enter_url(reading) -> str:
    return reverse("intake:reading_enter", args=[reading.coalition.slug, reading.pk])


def test_nothing_is_saved_until_meeting_is_chosen(meeting_from_report, second_reading, rapporteur):
    with pytest.raises(ActionRefused, match="“Session in Nairobi”, which is already in the record"):
        actions.enter_reading(actor=rapporteur, reading=second_reading)

    assert (Meeting.objects.count(), Entry.objects.count()) == (1, 5)


def test_only_new_entries_are_added_to_existing_meeting(meeting_from_report, second_reading, rapporteur):
    entered = actions.enter_reading(actor=rapporteur, reading=second_reading, target_meeting=meeting_from_report)

    assert entered == ReadingEntryResult(meeting_from_report, 1, 3)
    assert (Meeting.objects.count(), Entry.objects.count(), meeting_from_report.attendances.count()) == (1, 6, 3)
    offers = second_reading.suggestions.filter(kind="offer").order_by("sentence__number")
    assert [row.record.title for row in offers] == [
        "Helpline One offered to provide training to the other members.",
        "Helpline Two offered to host the next session.",
    ]
    assert not second_reading.suggestions.kept().filter(entered_at__isnull=True).exists()


def test_existing_entry_gains_sentence_of_second_document_as_source(meeting_from_report, second_reading, rapporteur):
    offer = Entry.objects.get(kind="offer")

    actions.enter_reading(actor=rapporteur, reading=second_reading, target_meeting=meeting_from_report)

    first, second = offer.sources.order_by("document")
    assert (first.quote, first.number) == (second.quote, second.number) == (offer.text, 5)
    assert (first.document != second.document, second.document) == (True, second_reading.document)
    assert list(Activity.objects.filter(verb="sourced").values_list("actor", "kind", "object_id").order_by("pk")) == [
        (rapporteur.pk, entry.kind, entry.pk)
        for entry in meeting_from_report.entries.exclude(text__contains="Helpline Two")
    ]


def test_entering_again_adds_no_duplicate_source(meeting_from_report, second_reading, rapporteur):
    actions.enter_reading(actor=rapporteur, reading=second_reading, target_meeting=meeting_from_report)
    before = list(Source.objects.values_list("record", "document", "start"))
    second_reading.suggestions.update(entered_at=None)  # as if two had pressed the button at once

    actions.enter_reading(actor=rapporteur, reading=second_reading)

    assert list(Source.objects.values_list("record", "document", "start")) == before
    assert Activity.objects.filter(verb="sourced").count() == 5


def test_chatham_house_entry_gains_document_without_sentence(coalition, rapporteur):
    first, second = (
        accept_all_suggestions(create_reading(coalition, rapporteur, text), rapporteur)
        for text in (REPORT_TEXT, ADDITIONAL_TEXT)
    )
    for reading in (first, second):
        actions.create_reading_part(
            actor=rapporteur, reading=reading, title="Closed talk", first=6, last=6, chatham=True
        )
    meeting = actions.enter_reading(actor=rapporteur, reading=first).meeting

    actions.enter_reading(actor=rapporteur, reading=second, target_meeting=meeting)

    decision = Entry.objects.get(kind="decision")
    assert list(decision.sources.values_list("document", "start", "quote").order_by("document")) == [
        (first.document_id, None, ""),
        (second.document_id, None, ""),
    ]


def test_new_meeting_of_same_name_is_created_on_request(meeting_from_report, second_reading, rapporteur):
    entered = actions.enter_reading(actor=rapporteur, reading=second_reading, as_new_meeting=True)
    second = actions.enter_reading(actor=rapporteur, reading=second_reading, as_new_meeting=True)

    assert (entered.meeting != meeting_from_report, entered.entries) == (True, 6)
    assert second == ReadingEntryResult(entered.meeting, 0, 0)  # a second press of the button
    assert (Meeting.objects.count(), Entry.objects.filter(meeting=meeting_from_report).count()) == (2, 5)


def test_proposed_choice_of_meeting_writes_no_duplicates(client, meeting_from_report, second_reading, rapporteur):
    client.force_login(rapporteur)

    page = client.get(build_enter_url(second_reading))
    into = page.context["into"]
    client.post(build_enter_url(second_reading), {"into": into.pk})

    assert (into, len(page.context["plan"].entry_items), len(page.context["plan"].items_in_meeting)) == (
        meeting_from_report,
        1,
        5,
    )
    assert "Add to an existing meeting, or create a new one?" in page.text
    assert "we will add this document as another source" in page.text
    assert (Meeting.objects.count(), Entry.objects.count()) == (1, 6)


def test_page_shows_and_creates_requested_new_meeting(client, meeting_from_report, second_reading, rapporteur):
    client.force_login(rapporteur)

    page = client.get(build_enter_url(second_reading), {"into": "new"})
    client.post(build_enter_url(second_reading), {"into": "new"})

    assert (len(page.context["plan"].entry_items), page.context["plan"].items_in_meeting) == (6, [])
    assert Meeting.objects.count() == 2


def test_form_without_meeting_choice_shows_choice_again(client, meeting_from_report, second_reading, rapporteur):
    client.force_login(rapporteur)

    response = client.post(build_enter_url(second_reading))

    assert (response.status_code, Entry.objects.count()) == (422, 5)
    assert "Add to an existing meeting, or create a new one?" in response.text


@pytest.mark.parametrize(
    "other_meeting_facts",
    [
        {"title": "Session in Nairobi, the other"},
        {"starts_on": date(2026, 3, 1)},
        {"state": "withdrawn", "withdrawn_because": "A mistake.", "withdrawn_at": timezone.now()},
        {"label": "TLP:CLEAR", "reading_label": "TLP:AMBER"},
    ],
)
def test_other_meeting_needs_no_choice(coalition, rapporteur, other_meeting_facts):
    label = other_meeting_facts.pop("reading_label", "TLP:CLEAR")
    there = MeetingFactory(
        coalition=coalition, **{"title": "Session in Nairobi", "published": True, **other_meeting_facts}
    )
    reading = accept_all_suggestions(
        create_reading(coalition, rapporteur, label=label, meeting_on=date(2027, 1, 20)), rapporteur
    )

    entered = actions.enter_reading(actor=rapporteur, reading=reading)

    assert (entered.meeting != there, entered.entries) == (True, 5)


def test_chatham_house_statement_is_not_linked_to_open_statement(meeting_from_report, second_reading, rapporteur):
    actions.create_reading_part(
        actor=rapporteur, reading=second_reading, title="Closed talk", first=7, last=7, chatham=True
    )
    promised = second_reading.suggestions.get(kind="commitment", sentence__number=7)
    wording = actions.SuggestionWording(kind="topic", text="The proposal.", actors=[])
    actions.edit_suggestion(actor=rapporteur, suggestion=promised, wording=wording, from_version=promised.version)
    Entry.objects.filter(meeting=meeting_from_report, kind="commitment", text__startswith="The coord").update(
        kind="topic", text="The proposal."
    )

    actions.enter_reading(actor=rapporteur, reading=second_reading, target_meeting=meeting_from_report)

    assert list(Entry.objects.filter(text="The proposal.").values_list("part__chatham", flat=True)) == [None, True]
