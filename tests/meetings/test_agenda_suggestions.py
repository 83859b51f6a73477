"""Suggestions for an agenda: each with its reason, chosen by the coordinator; and agendas that are copied."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from jukwaa.coalitions.models import Activity
from jukwaa.coalitions.standing import Standing
from jukwaa.meetings.actions.agenda import add_agenda_item, get_or_create_member_updates_item
from jukwaa.meetings.actions.meeting_copies import copy_agenda
from jukwaa.meetings.agenda_suggestions import (
    AgendaSuggestion,
    agenda_sources,
    find_agenda_suggestions,
    find_previous_meeting,
)
from jukwaa.meetings.models import Meeting, Part
from jukwaa.records.models import Link
from tests.factories import (
    CommitmentFactory,
    DocumentFactory,
    EntryFactory,
    MeetingFactory,
    MembershipFactory,
    ObservationFactory,
)
from tests.meetings.ideas import IdeaFactory
from tests.meetings.planned_meetings import create_planned_meeting


@pytest.fixture
def previous_meeting(coalition):
    return MeetingFactory(coalition=coalition, title="The autumn call", starts_on=date(2024, 9, 1), published=True)


@pytest.fixture
def meeting(coalition, previous_meeting):
    return create_planned_meeting(coalition)


def build_agenda_url(route_name, meeting):
    return reverse(f"meetings:{route_name}", args=["ours", meeting.pk])


def list_suggestion_reasons(meeting, person):
    found = find_agenda_suggestions(meeting, Standing(person, meeting.coalition))
    return {each.shortened_title: each.reason for each in found}


def add_previous_entry(previous_meeting, entry_kind, entry_title, **more):
    return EntryFactory(
        coalition=previous_meeting.coalition,
        meeting=previous_meeting,
        kind=entry_kind,
        title=entry_title,
        published=True,
        **more,
    )


def test_previous_meeting_is_latest_past_meeting(coalition, coordinator, previous_meeting):
    undecided = MeetingFactory(coalition=coalition, precision="open", published=True)
    MeetingFactory(coalition=coalition, precision="open", title="The summer call", published=True)
    later = create_planned_meeting(coalition)

    assert find_previous_meeting(undecided, coordinator) == previous_meeting
    assert find_previous_meeting(later, coordinator) == previous_meeting


def test_open_commitments_are_carried_forward(coalition, coordinator, previous_meeting, meeting):
    for title, progress, day in (
        ("Translate it", "open", date(2025, 1, 5)),
        ("Print it", "in-hand", None),
        ("Done", "kept", None),
    ):
        closed = timezone.localdate() if progress == "kept" else None
        entry = add_previous_entry(previous_meeting, "commitment", title)
        CommitmentFactory(entry=entry, progress=progress, due_on=day, closed_on=closed)

    assert list_suggestion_reasons(meeting, coordinator) == {
        "Translate it": "Open commitment, carried forward from The autumn call. Due on 5 January 2025.",
        "Print it": "Open commitment, carried forward from The autumn call",
    }


def test_offers_and_requests_are_suggested_until_resolved(coalition, coordinator, previous_meeting, meeting):
    offer = add_previous_entry(previous_meeting, "offer", "Help with translation")
    add_previous_entry(previous_meeting, "request", "Data on helplines")
    assert list_suggestion_reasons(meeting, coordinator) == {
        "Help with translation": "Offer made at The autumn call that has not been taken up",
        "Data on helplines": "Request made at The autumn call that has not been answered",
    }

    document = DocumentFactory(coalition=coalition, published=True)
    Link.objects.create(from_record=document, to_record_id=offer.pk, relation="began-as")
    assert list(list_suggestion_reasons(meeting, coordinator)) == ["Data on helplines"]


@pytest.mark.parametrize("response", ["taken-up", "closed"])
def test_answered_entry_is_not_suggested(coordinator, previous_meeting, meeting, response):
    add_previous_entry(previous_meeting, "offer", "Help with translation", response=response)

    assert list_suggestion_reasons(meeting, coordinator) == {}


def test_entries_of_the_latest_meetings_are_suggested_first(coalition, coordinator, previous_meeting, meeting):
    spring = MeetingFactory(coalition=coalition, title="Spring", starts_on=date(2024, 3, 1), published=True)
    for held, title in ((spring, "Old offer"), (previous_meeting, "First"), (previous_meeting, "Second")):
        add_previous_entry(held, "offer", title, position=len(title))

    assert list(list_suggestion_reasons(meeting, coordinator)) == ["First", "Second", "Old offer"]


def test_recent_observations_are_suggested(coalition, coordinator, previous_meeting, meeting):
    add_previous_entry(previous_meeting, "observation", "Fees are rising")
    ObservationFactory(coalition=coalition, title="Fees in Kenya", published=True)

    assert list_suggestion_reasons(meeting, coordinator) == {
        "Fees are rising": "Observation made at The autumn call",
        "Fees in Kenya": "Observation published since the last meeting",
    }


def test_groups_without_a_member_are_suggested_as_missing(coalition, coordinator, meeting):
    for region, group in (("african", "civil-society"), ("grulac", "government")):
        MembershipFactory(
            coalition=coalition,
            organisation__coalition=coalition,
            organisation__regional_group=region,
            organisation__stakeholder_group=group,
        )
    found = list_suggestion_reasons(meeting, coordinator)

    assert list(found.values()) == [
        "The coalition has no member organisations from these regional groups",
        "The coalition has no member organisations from these stakeholder groups",
    ]
    [regions, groups] = found
    assert "Asia-Pacific Group" in regions
    assert "African Group" not in regions
    assert "Technical community" in groups
    assert "Government" not in groups


def test_standing_items_of_the_last_meeting_are_suggested(coordinator, previous_meeting, meeting):
    Part.objects.create(meeting=previous_meeting, title="Review of commitments", minutes=10, is_standing=True)
    Part.objects.create(meeting=previous_meeting, title="A guest")

    assert list_suggestion_reasons(meeting, coordinator) == {
        "Review of commitments": "Standing item of The autumn call"
    }


def test_coordinator_adds_selected_suggestions(client, coordinator, previous_meeting, meeting):
    Part.objects.create(meeting=previous_meeting, title="Review of commitments", minutes=10, is_standing=True)
    entry = add_previous_entry(previous_meeting, "offer", "Help with translation")
    add_previous_entry(previous_meeting, "request", "Data on helplines")
    client.force_login(coordinator)
    page = client.get(build_agenda_url("agenda_suggestions", meeting)).text
    assert "Offer made at The autumn call that has not been taken up" in page
    standing = Part.objects.get(is_standing=True)
    words = {"chosen": [f"entry:{entry.pk}", f"standing:{standing.pk}"]}
    answer = client.post(build_agenda_url("agenda_suggestions", meeting), words, follow=True)

    assert "2 agenda items have been added." in answer.text
    rows = list(meeting.parts.values_list("title", "about", "minutes", "is_standing"))
    assert rows == [("Review of commitments", None, 10, True), ("Help with translation", entry.pk, None, False)]
    assert list(list_suggestion_reasons(meeting, coordinator)) == ["Data on helplines"]
    assert f'<a href="{entry.get_absolute_url()}">Open the record' in answer.text


def test_empty_or_outdated_selection_shows_error(client, coordinator, previous_meeting, meeting):
    add_previous_entry(previous_meeting, "offer", "Help with translation")
    client.force_login(coordinator)
    nothing = client.post(build_agenda_url("agenda_suggestions", meeting), {})
    gone = client.post(build_agenda_url("agenda_suggestions", meeting), {"chosen": ["entry:1999"]})

    assert (nothing.status_code, gone.status_code) == (422, 422)
    assert "Select at least one suggestion." in nothing.text
    assert "Select the suggestions again. One of those that you selected no longer applies." in gone.text


def test_idea_for_the_next_meeting_becomes_an_agenda_item(client, coalition, coordinator, meeting):
    idea = IdeaFactory(coalition=coalition, title="A guide for parents", support_count=3, published=True)
    IdeaFactory(coalition=coalition, title="Later", timeframe="year", published=True)
    assert list_suggestion_reasons(meeting, coordinator) == {"A guide for parents": "Idea supported by 3 people"}

    client.force_login(coordinator)
    client.post(build_agenda_url("agenda_suggestions", meeting), {"chosen": [f"idea:{idea.pk}"]})
    idea.refresh_from_db()
    assert idea.status == "on-agenda"
    assert [(part, part.about_id) for part in meeting.parts.all()] == [(idea.agenda_item, idea.pk)]
    assert Activity.objects.filter(verb="put-on-agenda", object_id=idea.pk).count() == 1
    assert list_suggestion_reasons(meeting, coordinator) == {}


def test_ideas_are_not_suggested_for_a_draft(coalition, coordinator):
    IdeaFactory(coalition=coalition, published=True)
    draft = MeetingFactory(coalition=coalition, author=coordinator)

    assert list_suggestion_reasons(draft, coordinator) == {}


def test_unreadable_records_are_not_suggested(coalition, coordinator, previous_meeting, meeting):
    EntryFactory(
        coalition=coalition, meeting=previous_meeting, kind="offer", title="Secret", label="TLP:RED", published=True
    )
    EntryFactory(coalition=coalition, meeting=previous_meeting, kind="offer", title="Draft")

    assert list_suggestion_reasons(meeting, coordinator) == {}


def test_registered_source_is_notified_of_selection(client, coalition, coordinator, meeting, monkeypatch):
    heard = []
    document = DocumentFactory(coalition=coalition, title="An idea", published=True)

    def suggest_document(_context):
        yield AgendaSuggestion(
            key="idea:1",
            title="An idea",
            reason="Three members support it",
            record=document,
            on_added=lambda actor, part: heard.append((actor, part.title)),
        )

    monkeypatch.setitem(agenda_sources._values, 990, suggest_document)
    client.force_login(coordinator)
    client.post(build_agenda_url("agenda_suggestions", meeting), {"chosen": ["idea:1"]})

    assert heard == [(coordinator, "An idea")]


def test_copied_agenda_omits_items_about_one_record(client, coordinator, previous_meeting, meeting):
    entry = add_previous_entry(previous_meeting, "offer", "Help with translation")
    get_or_create_member_updates_item(previous_meeting)
    add_agenda_item(actor=coordinator, meeting=previous_meeting, title="Welcome", minutes=5, purpose="information")
    add_agenda_item(actor=coordinator, meeting=previous_meeting, title="Help with translation", about=entry)
    add_agenda_item(actor=coordinator, meeting=previous_meeting, title="Reports", minutes=10, is_standing=True)
    client.force_login(coordinator)
    page = client.get(build_agenda_url("agenda_detail", meeting)).text
    assert "Copy the agenda of The autumn call" in page
    client.post(build_agenda_url("agenda_copy", meeting))
    client.post(build_agenda_url("agenda_copy", meeting))

    rows = list(meeting.parts.values_list("title", "minutes", "purpose", "is_standing"))
    assert rows == [("Welcome", 5, "information", False), ("Reports", 10, "", True)]


def test_only_standing_items_are_copied_if_asked(coordinator, previous_meeting, meeting):
    for title, is_standing in (("Welcome", False), ("Reports", True)):
        add_agenda_item(actor=coordinator, meeting=previous_meeting, title=title, is_standing=is_standing)
    copy_agenda(actor=coordinator, meeting=meeting, source_meeting=previous_meeting, copies_standing_items_only=True)

    assert [part.title for part in meeting.parts.all()] == ["Reports"]


def test_meeting_is_copied_as_a_draft_with_its_agenda(client, coordinator, coalition, meeting):
    add_agenda_item(actor=coordinator, meeting=meeting, title="Welcome", minutes=5)
    client.force_login(coordinator)
    day = meeting.starts_on + timedelta(days=28)
    words = {"title": "The summer call", "starts_on": day.isoformat(), "items": "all"}
    for _press in range(2):
        answer = client.post(build_agenda_url("meeting_copy", meeting), words, follow=True)
    copy = Meeting.objects.get(title="The summer call")

    assert "The meeting has been created as a draft." in answer.text
    assert (copy.state, copy.starts_on, copy.start_time) == ("draft", day, meeting.start_time)
    assert (copy.joining_link, copy.time_zone) == (meeting.joining_link, meeting.time_zone)
    assert [(part.title, part.minutes) for part in copy.parts.all()] == [("Welcome", 5)]


@pytest.mark.parametrize("count", [1, 3])
def test_suggestions_query_count_is_constant(
    client, coordinator, previous_meeting, meeting, django_assert_num_queries, count
):
    for number in range(count):
        CommitmentFactory(
            entry=add_previous_entry(previous_meeting, "commitment", f"Promise {number}"), due_on=date(2025, 1, 5)
        )
        add_previous_entry(previous_meeting, "offer", f"Offer {number}")
        add_previous_entry(previous_meeting, "observation", f"Observation {number}")
    client.force_login(coordinator)
    client.get(build_agenda_url("agenda_suggestions", meeting))

    with django_assert_num_queries(11):
        assert client.get(build_agenda_url("agenda_suggestions", meeting)).text.count('name="chosen"') == 3 * count


def test_proposed_owner_of_suggested_commitment_is_only_in_reason(meeting, previous_meeting, coordinator):
    entry = add_previous_entry(previous_meeting, "commitment", "A member - ring 5 numbers")
    CommitmentFactory(entry=entry, owner=None, proposed_name="Ibou", withheld_title="Ibou - ring 5 numbers")

    assert list_suggestion_reasons(meeting, coordinator)["A member - ring 5 numbers"] == (
        "Open commitment, carried forward from The autumn call. Proposed owner, not confirmed yet: Ibou."
    )
