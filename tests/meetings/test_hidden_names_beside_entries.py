"""Names that are not public beside the entries of a meeting: in agenda items, the report, dissents and notes."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from jukwaa.meetings import actions
from jukwaa.meetings.models import CommitmentChange, Dissent, Entry, EntryKind, Meeting, Part, Report
from jukwaa.records.models import Label
from tests.conftest import create_seated_person
from tests.factories import CapacityFactory, MeetingFactory
from tests.meetings.ideas import IdeaFactory
from tests.meetings.minutes_steps import add_minutes_line
from tests.meetings.test_hidden_names import LIST_HEADING

TEXT = "Thanks to Wanjiru Kamotho."
WARNING = "This looks like a name that is not public: Wanjiru Kamotho."


@pytest.fixture(autouse=True)
def hidden_person(coalition):
    return create_seated_person(coalition, "Wanjiru Kamotho")


@pytest.fixture
def meeting(coalition, rapporteur):
    """Of today, for everyone, with draft minutes."""
    now = timezone.now()
    begun = {"starts_at": now - timedelta(hours=1), "ends_at": now + timedelta(hours=1)}
    meeting = MeetingFactory(
        coalition=coalition, author=rapporteur, label=Label.CLEAR, published=True, starts_on=now.date(), **begun
    )
    actions.start_live_minutes(actor=rapporteur, meeting=meeting)
    return meeting


def test_agenda_item_is_shown_once_while_minutes_are_a_draft(client, meeting, rapporteur):
    client.force_login(rapporteur)
    url = reverse("meetings:agenda_item_new", args=["ours", meeting.pk])
    asked = client.post(url, {"title": TEXT, "version": 1})
    assert WARNING in asked.text
    assert not Part.objects.filter(meeting=meeting).exists()
    client.post(url, {"title": TEXT, "version": 1, "screened": asked.context["form"]["screened"].value()})
    assert Part.objects.get(meeting=meeting).title == TEXT


def test_report_paragraph_is_shown_once_while_minutes_are_a_draft(client, meeting, rapporteur):
    client.force_login(rapporteur)
    url = reverse("meetings:paragraph_edit", args=["ours", meeting.pk, "messages"])
    asked = client.post(url, {"text": TEXT, "version": 0})
    assert WARNING in asked.text
    client.post(url, {"text": TEXT, "version": 0, "screened": asked.context["form"]["screened"].value()})
    assert Report.objects.get(meeting=meeting).edits["messages"]["text"] == TEXT


def test_report_of_draft_is_listed_at_publication(client, coalition, rapporteur):
    draft = MeetingFactory(coalition=coalition, author=rapporteur, label=Label.CLEAR)
    Report.objects.create(meeting=draft, edits={"messages": {"text": TEXT, "basis": "", "covers": []}})
    client.force_login(rapporteur)
    assert (
        LIST_HEADING
        in client.post(reverse("meetings:meeting_publish", args=["ours", draft.pk]), {"invites": "everyone"}).text
    )


@pytest.mark.parametrize("place", ["dissent", "note", "due_text"])
def test_approval_lists_names_beside_entries(client, coalition, meeting, rapporteur, place):
    kind = EntryKind.DECISION if place == "dissent" else EntryKind.COMMITMENT
    add_minutes_line(rapporteur, meeting, "The list.", entry_kind=kind)
    entry = Entry.objects.get(meeting=meeting)
    if place == "dissent":
        capacity = CapacityFactory(coalition=coalition)
        Dissent.objects.create(entry=entry, capacity=capacity, kind=Dissent.Kind.OBJECTED, statement=TEXT)
    elif place == "note":
        event = CommitmentChange.Event.STATUS
        CommitmentChange.objects.create(commitment=entry.commitment, event=event, after="done", note=TEXT)
    else:
        entry.commitment.due_text = "before Wanjiru Kamotho leaves"
        entry.commitment.save()
    Meeting.objects.filter(pk=meeting.pk).update(ends_at=timezone.now() - timedelta(minutes=1))
    client.force_login(rapporteur)
    url = reverse("meetings:minutes_approve", args=["ours", meeting.pk])
    assert LIST_HEADING in client.post(url, {}).text
    assert Entry.objects.get(pk=entry.pk).label == Label.GREEN
    page = client.get(url)
    assert f'href="{entry.get_absolute_url()}"' in page.text
    assert client.post(url, {"names_seen": page.context["names_seen"]}).status_code == 302


def test_pasted_agenda_is_shown_once(client, meeting, rapporteur):
    client.force_login(rapporteur)
    url = reverse("meetings:agenda_paste", args=["ours", meeting.pk])
    sent = {"text": f"{TEXT}\nThe budget"}
    asked = client.post(url, sent)
    assert WARNING in asked.text
    sent["screened"] = asked.context["form"]["screened"].value()
    preview = client.post(url, sent)
    assert WARNING not in preview.text
    client.post(url, sent | {"previewed": preview.context["form"]["previewed"].value()})
    assert Part.objects.filter(meeting=meeting, title__contains="Wanjiru").count() == 1


def test_presenter_of_pasted_item_is_no_name_in_its_title(client, meeting, rapporteur):
    client.force_login(rapporteur)
    url = reverse("meetings:agenda_paste", args=["ours", meeting.pk])
    page = client.post(url, {"text": "The budget (Wanjiru Kamotho)\nThe plan"})
    assert [item.title for item in page.context["form"].pasted_items] == ["The budget", "The plan"]
    assert WARNING not in page.text


def test_due_date_in_words_of_a_new_commitment_is_shown_once(client, coalition, rapporteur):
    meeting = MeetingFactory(coalition=coalition, author=rapporteur, label=Label.CLEAR, published=True)
    client.force_login(rapporteur)
    url = reverse("meetings:entry_new", args=["ours", meeting.pk])
    sent = {"kind": "commitment", "text": "To write a letter.", "due_text": "once Wanjiru Kamotho agrees"}
    asked = client.post(url, sent)
    assert WARNING in asked.text
    assert not Entry.objects.exists()
    client.post(url, sent | {"screened": asked.context["form"]["screened"].value()})
    assert Entry.objects.get().commitment.due_text == sent["due_text"]


@pytest.mark.parametrize(("label", "is_asked"), [(Label.CLEAR, True), (Label.GREEN, False)])
def test_idea_on_agenda_that_everyone_reads_is_shown_once(client, coalition, rapporteur, label, is_asked):
    day = timezone.localdate() + timedelta(days=9)
    meeting = MeetingFactory(coalition=coalition, author=rapporteur, label=label, published=True, starts_on=day)
    idea = IdeaFactory(coalition=coalition, published=True, title=TEXT, label=Label.CLEAR)
    client.force_login(rapporteur)
    url = reverse("meetings:idea_agenda", args=["ours", idea.pk])
    asked = client.post(url, {"meeting": meeting.pk, "title": TEXT})
    assert (WARNING in asked.text, Part.objects.exists()) == (is_asked, not is_asked)
    if is_asked:
        client.post(url, {"meeting": meeting.pk, "title": TEXT, "screened": asked.context["form"]["screened"].value()})
    assert Part.objects.get().title == TEXT
