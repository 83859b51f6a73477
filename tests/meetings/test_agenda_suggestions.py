"""Suggestions for an agenda: each with its reason, chosen by the coordinator; and agendas that are copied."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from jukwaa.coalitions.models import Activity
from jukwaa.coalitions.standing import Standing
from jukwaa.meetings.actions.agenda import add_agenda_item, add_updates_item
from jukwaa.meetings.actions.meeting_copies import copy_agenda
from jukwaa.meetings.agenda_sources import find_previous_meeting
from jukwaa.meetings.agenda_suggestions import Suggestion, agenda_sources, find_suggestions
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
from tests.meetings.preparing import planned


@pytest.fixture
def before(coalition):
    return MeetingFactory(coalition=coalition, title="The autumn call", starts_on=date(2024, 9, 1), published=True)


@pytest.fixture
def meeting(coalition, before):
    return planned(coalition)


def url(name, meeting):
    return reverse(f"meetings:{name}", args=["ours", meeting.pk])


def reasons(meeting, person):
    found = find_suggestions(meeting, Standing(person, meeting.coalition))
    return {each.short_title: each.reason for each in found}


def said(before, kind, title, **more):
    return EntryFactory(coalition=before.coalition, meeting=before, kind=kind, title=title, published=True, **more)


def test_previous_meeting_has_been_held(coalition, coordinator, before):
    undecided = MeetingFactory(coalition=coalition, precision="open", published=True)
    MeetingFactory(coalition=coalition, precision="open", title="The summer call", published=True)
    later = planned(coalition)

    assert find_previous_meeting(undecided, coordinator) == before
    assert find_previous_meeting(later, coordinator) == before


def test_open_commitments_are_carried_forward(coalition, coordinator, before, meeting):
    for title, progress, day in (
        ("Translate it", "open", date(2025, 1, 5)),
        ("Print it", "in-hand", None),
        ("Done", "kept", None),
    ):
        closed = timezone.localdate() if progress == "kept" else None
        entry = said(before, "commitment", title)
        CommitmentFactory(entry=entry, progress=progress, due_on=day, closed_on=closed)

    assert reasons(meeting, coordinator) == {
        "Translate it": "Open commitment, carried forward from The autumn call. Due on 5 January 2025.",
        "Print it": "Open commitment, carried forward from The autumn call",
    }


def test_offers_and_requests_are_suggested_until_something_comes_of_them(coalition, coordinator, before, meeting):
    offer = said(before, "offer", "Help with translation")
    said(before, "request", "Data on helplines")
    assert reasons(meeting, coordinator) == {
        "Help with translation": "Offer made at The autumn call that has not been taken up",
        "Data on helplines": "Request made at The autumn call that has not been answered",
    }

    document = DocumentFactory(coalition=coalition, published=True)
    Link.objects.create(from_record=document, to_record_id=offer.pk, relation="began-as")
    assert list(reasons(meeting, coordinator)) == ["Data on helplines"]


@pytest.mark.parametrize("response", ["taken-up", "closed"])
def test_entry_that_has_been_answered_is_not_suggested(coordinator, before, meeting, response):
    said(before, "offer", "Help with translation", response=response)

    assert reasons(meeting, coordinator) == {}


def test_entries_of_the_latest_meetings_are_suggested_first(coalition, coordinator, before, meeting):
    spring = MeetingFactory(coalition=coalition, title="Spring", starts_on=date(2024, 3, 1), published=True)
    for held, title in ((spring, "Old offer"), (before, "First"), (before, "Second")):
        said(held, "offer", title, position=len(title))

    assert list(reasons(meeting, coordinator)) == ["First", "Second", "Old offer"]


def test_observations_of_the_last_meeting_and_those_published_since_are_suggested(
    coalition, coordinator, before, meeting
):
    said(before, "observation", "Fees are rising")
    ObservationFactory(coalition=coalition, title="Fees in Kenya", published=True)

    assert reasons(meeting, coordinator) == {
        "Fees are rising": "Observation made at The autumn call",
        "Fees in Kenya": "Observation published since the last meeting",
    }


def test_missing_voices_are_groups_without_a_member(coalition, coordinator, meeting):
    for region, group in (("african", "civil-society"), ("grulac", "government")):
        MembershipFactory(
            coalition=coalition,
            organisation__coalition=coalition,
            organisation__regional_group=region,
            organisation__stakeholder_group=group,
        )
    found = reasons(meeting, coordinator)

    assert list(found.values()) == [
        "The coalition has no member organisation from these regional groups",
        "The coalition has no member organisation from these stakeholder groups",
    ]
    [regions, groups] = found
    assert "Asia-Pacific Group" in regions
    assert "African Group" not in regions
    assert "Technical community" in groups
    assert "Government" not in groups


def test_standing_items_of_the_last_meeting_are_suggested(coordinator, before, meeting):
    Part.objects.create(meeting=before, title="Review of commitments", minutes=10, is_standing=True)
    Part.objects.create(meeting=before, title="A guest")

    assert reasons(meeting, coordinator) == {"Review of commitments": "Standing item of The autumn call"}


def test_coordinator_adds_what_they_choose(client, coordinator, before, meeting):
    Part.objects.create(meeting=before, title="Review of commitments", minutes=10, is_standing=True)
    entry = said(before, "offer", "Help with translation")
    said(before, "request", "Data on helplines")
    client.force_login(coordinator)
    page = client.get(url("agenda_suggestions", meeting)).text
    assert "Offer made at The autumn call that has not been taken up" in page
    standing = Part.objects.get(is_standing=True)
    words = {"chosen": [f"entry:{entry.pk}", f"standing:{standing.pk}"]}
    answer = client.post(url("agenda_suggestions", meeting), words, follow=True)

    assert "2 agenda items have been added." in answer.text
    rows = list(meeting.parts.values_list("title", "about", "minutes", "is_standing"))
    assert rows == [("Review of commitments", None, 10, True), ("Help with translation", entry.pk, None, False)]
    assert list(reasons(meeting, coordinator)) == ["Data on helplines"]
    assert f'<a href="{entry.get_absolute_url()}">Open the record' in answer.text


def test_choosing_nothing_or_what_is_gone_is_explained(client, coordinator, before, meeting):
    said(before, "offer", "Help with translation")
    client.force_login(coordinator)
    nothing = client.post(url("agenda_suggestions", meeting), {})
    gone = client.post(url("agenda_suggestions", meeting), {"chosen": ["entry:1999"]})

    assert (nothing.status_code, gone.status_code) == (422, 422)
    assert "Select at least one suggestion." in nothing.text
    assert "One of these suggestions no longer applies. Select again." in gone.text


def test_idea_for_the_next_meeting_becomes_an_agenda_item(client, coalition, coordinator, meeting):
    idea = IdeaFactory(coalition=coalition, title="A guide for parents", support_count=3, published=True)
    IdeaFactory(coalition=coalition, title="Later", timeframe="year", published=True)
    assert reasons(meeting, coordinator) == {"A guide for parents": "Idea supported by 3 people"}

    client.force_login(coordinator)
    client.post(url("agenda_suggestions", meeting), {"chosen": [f"idea:{idea.pk}"]})
    idea.refresh_from_db()
    assert idea.status == "on-agenda"
    assert [(part, part.about_id) for part in meeting.parts.all()] == [(idea.agenda_item, idea.pk)]
    assert Activity.objects.filter(verb="put-on-agenda", object_id=idea.pk).count() == 1
    assert reasons(meeting, coordinator) == {}


def test_ideas_are_not_suggested_for_a_draft(coalition, coordinator):
    IdeaFactory(coalition=coalition, published=True)
    draft = MeetingFactory(coalition=coalition, author=coordinator)

    assert reasons(draft, coordinator) == {}


def test_what_a_reader_may_not_read_is_not_suggested(coalition, coordinator, before, meeting):
    EntryFactory(coalition=coalition, meeting=before, kind="offer", title="Secret", label="TLP:RED", published=True)
    EntryFactory(coalition=coalition, meeting=before, kind="offer", title="Draft")

    assert reasons(meeting, coordinator) == {}


def test_feature_registers_a_source_and_hears_of_what_was_chosen(client, coalition, coordinator, meeting, monkeypatch):
    heard = []
    document = DocumentFactory(coalition=coalition, title="An idea", published=True)

    def source(_meeting, _standing):
        yield Suggestion(
            key="idea:1",
            title="An idea",
            reason="Three members support it",
            record=document,
            on_added=lambda actor, part: heard.append((actor, part.title)),
        )

    monkeypatch.setitem(agenda_sources._values, 990, source)
    client.force_login(coordinator)
    client.post(url("agenda_suggestions", meeting), {"chosen": ["idea:1"]})

    assert heard == [(coordinator, "An idea")]


def test_agenda_is_copied_without_what_was_about_one_record(client, coordinator, before, meeting):
    entry = said(before, "offer", "Help with translation")
    add_updates_item(before)
    add_agenda_item(actor=coordinator, meeting=before, title="Welcome", minutes=5, purpose="information")
    add_agenda_item(actor=coordinator, meeting=before, title="Help with translation", about=entry)
    add_agenda_item(actor=coordinator, meeting=before, title="Reports", minutes=10, is_standing=True)
    client.force_login(coordinator)
    page = client.get(url("agenda_detail", meeting)).text
    assert "Copy the agenda of The autumn call" in page
    client.post(url("agenda_copy", meeting))
    client.post(url("agenda_copy", meeting))

    rows = list(meeting.parts.values_list("title", "minutes", "purpose", "is_standing"))
    assert rows == [("Welcome", 5, "information", False), ("Reports", 10, "", True)]


def test_only_standing_items_are_copied_if_asked(coordinator, before, meeting):
    for title, is_standing in (("Welcome", False), ("Reports", True)):
        add_agenda_item(actor=coordinator, meeting=before, title=title, is_standing=is_standing)
    copy_agenda(actor=coordinator, meeting=meeting, source=before, standing_only=True)

    assert [part.title for part in meeting.parts.all()] == ["Reports"]


def test_meeting_is_copied_as_a_draft_with_its_agenda(client, coordinator, coalition, meeting):
    add_agenda_item(actor=coordinator, meeting=meeting, title="Welcome", minutes=5)
    client.force_login(coordinator)
    day = meeting.starts_on + timedelta(days=28)
    words = {"title": "The summer call", "starts_on": day.isoformat(), "items": "all"}
    for _press in range(2):
        answer = client.post(url("meeting_copy", meeting), words, follow=True)
    copy = Meeting.objects.get(title="The summer call")

    assert "The meeting has been created as a draft." in answer.text
    assert (copy.state, copy.starts_on, copy.start_time) == ("draft", day, meeting.start_time)
    assert (copy.joining_link, copy.time_zone) == (meeting.joining_link, meeting.time_zone)
    assert [(part.title, part.minutes) for part in copy.parts.all()] == [("Welcome", 5)]


@pytest.mark.parametrize("count", [1, 3])
def test_suggestions_cost_as_many_queries_for_three_as_for_one(
    client, coordinator, before, meeting, django_assert_num_queries, count
):
    for number in range(count):
        CommitmentFactory(entry=said(before, "commitment", f"Promise {number}"), due_on=date(2025, 1, 5))
        said(before, "offer", f"Offer {number}")
        said(before, "observation", f"Observation {number}")
    client.force_login(coordinator)
    client.get(url("agenda_suggestions", meeting))

    with django_assert_num_queries(12):
        assert client.get(url("agenda_suggestions", meeting)).text.count('name="chosen"') == 3 * count
