"""Papers of agenda items: what they lead to, and which of them are late for whom."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from jukwaa.meetings.actions.agenda import add_agenda_item
from jukwaa.meetings.actions.agenda_sending import send_meeting_agenda
from jukwaa.meetings.actions.papers import add_agenda_paper, change_agenda_paper
from jukwaa.meetings.models import Paper
from jukwaa.records.models import Attachment
from tests.factories import DocumentFactory, MeetingFactory
from tests.meetings.planned_meetings import create_planned_meeting

TODAY = timezone.localdate()
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def meeting(coalition):
    return create_planned_meeting(coalition)


@pytest.fixture
def agenda_item(coordinator, meeting):
    return add_agenda_item(actor=coordinator, meeting=meeting, title="The budget")


def attach_text_file(record, file_name="budget.txt"):
    return Attachment.objects.create(
        record=record,
        name=file_name,
        media_type="text/plain",
        size=9,
        fingerprint="0" * 64,
        state=Attachment.State.READ,
        text="A budget",
        file=ContentFile(b"A budget", file_name),
    )


def get_agenda_text(client, meeting):
    return client.get(reverse("meetings:agenda_detail", args=["ours", meeting.pk])).text


def build_agenda_url(route_name, meeting, *rest):
    return reverse(f"meetings:{route_name}", args=["ours", meeting.pk, *rest])


def test_paper_can_be_file_of_meeting(client, coordinator, meeting, agenda_item):
    file = attach_text_file(meeting)
    client.force_login(coordinator)
    words = {"title": "Draft budget", "attachment": file.pk, "version": "1"}
    answer = client.post(build_agenda_url("paper_new", meeting, agenda_item.pk), words, follow=True)

    assert (
        f'<a href="{reverse("records:attachment", args=["ours", file.pk])}"><bdi>Draft budget</bdi></a>' in answer.text
    )
    assert Paper.objects.get().linked_on == TODAY


def test_paper_can_be_record_by_address(client, coalition, coordinator, meeting, agenda_item):
    record = DocumentFactory(coalition=coalition, title="The guidance", published=True)
    client.force_login(coordinator)
    words = {"title": "Guidance", "record": f"https://jukwaa.example.org{record.get_absolute_url()}", "version": "1"}
    client.post(build_agenda_url("paper_new", meeting, agenda_item.pk), words)

    assert Paper.objects.get().record_id == record.pk
    assert f'<a href="{record.get_absolute_url()}"><bdi>Guidance</bdi></a>' in get_agenda_text(client, meeting)


@pytest.mark.parametrize("paper_url", ["not an address", "/nowhere/", "https://example.org/a", "draft", "elsewhere"])
def test_invalid_paper_address_shows_error_and_keeps_typed_value(
    client, coalition, other_coalition, coordinator, meeting, agenda_item, paper_url
):
    found = {
        "draft": DocumentFactory(coalition=coalition),
        "elsewhere": DocumentFactory(coalition=other_coalition, published=True),
    }
    typed = found[paper_url].get_absolute_url() if paper_url in found else paper_url
    client.force_login(coordinator)
    answer = client.post(
        build_agenda_url("paper_new", meeting, agenda_item.pk), {"title": "One", "record": typed, "version": "1"}
    )

    assert answer.status_code == 422
    assert "Enter the address of a published document or library item of this coalition." in answer.text
    assert f'value="{typed}"' in answer.text


def test_file_and_address_together_are_refused(client, coalition, coordinator, meeting, agenda_item):
    record = DocumentFactory(coalition=coalition, published=True)
    client.force_login(coordinator)
    words = {
        "title": "One",
        "attachment": attach_text_file(meeting).pk,
        "record": record.get_absolute_url(),
        "version": "1",
    }

    assert (
        "Choose a file or enter an address, not both."
        in client.post(build_agenda_url("paper_new", meeting, agenda_item.pk), words).text
    )


def test_file_of_other_record_is_not_a_choice(client, coalition, coordinator, meeting, agenda_item):
    other = attach_text_file(MeetingFactory(coalition=coalition, published=True))
    client.force_login(coordinator)
    words = {"title": "One", "attachment": other.pk, "version": "1"}

    assert client.post(build_agenda_url("paper_new", meeting, agenda_item.pk), words).status_code == 422


def test_action_refuses_papers_that_actor_cannot_read(coalition, coordinator, member, meeting, agenda_item):
    file = attach_text_file(MeetingFactory(coalition=coalition, published=True))
    secret = DocumentFactory(coalition=coalition, label="TLP:RED", published=True, author=member)
    for linked in ({"attachment": file}, {"record": secret}):
        with pytest.raises(PermissionDenied):
            add_agenda_paper(actor=coordinator, part=agenda_item, title="One", **linked)

    assert not Paper.objects.exists()


def test_late_papers_are_marked_for_members_only(client, coordinator, member, meeting, agenda_item):
    add_agenda_paper(actor=coordinator, part=agenda_item, title="Missing", due_on=YESTERDAY)
    file = attach_text_file(meeting)
    add_agenda_paper(actor=coordinator, part=agenda_item, title="Came late", due_on=YESTERDAY, attachment=file)
    add_agenda_paper(actor=coordinator, part=agenda_item, title="In time", due_on=TODAY)
    send_meeting_agenda(actor=coordinator, meeting=meeting)
    texts = [get_agenda_text(client, meeting)]
    for reader in (member, coordinator):
        client.force_login(reader)
        texts.append(get_agenda_text(client, meeting))

    assert [text.count(">Late<") for text in texts] == [0, 2, 2]
    assert ["Missing" in text for text in texts] == [True, True, True]
    assert ["due on" in text for text in texts] == [False, True, True]


def test_paper_received_on_time_is_not_late_after_changes(coordinator, meeting, agenda_item):
    paper = add_agenda_paper(actor=coordinator, part=agenda_item, title="Budget", due_on=TODAY)
    file = attach_text_file(meeting)
    paper = change_agenda_paper(
        actor=coordinator,
        agenda_paper=paper,
        from_version=1,
        title="Budget",
        attachment=file,
        record=None,
        due_on=TODAY,
    )

    assert paper.linked_on == TODAY
    assert not paper.is_late(TODAY + timedelta(days=3))


def test_unreadable_paper_is_not_named(client, coalition, coordinator, rapporteur, member, meeting, agenda_item):
    record = DocumentFactory(coalition=coalition, title="Secret", label="TLP:RED", published=True, author=coordinator)
    add_agenda_paper(actor=coordinator, part=agenda_item, title="Secret paper", record=record)
    seen = []
    for reader in (coordinator, rapporteur, member):
        client.force_login(reader)
        seen.append("Secret" in get_agenda_text(client, meeting))

    assert seen == [True, False, False]


def test_edit_conflict_of_paper_shows_both_versions(client, coordinator, rapporteur, meeting, agenda_item):
    paper = add_agenda_paper(actor=coordinator, part=agenda_item, title="Budget")
    change_agenda_paper(
        actor=rapporteur,
        agenda_paper=paper,
        from_version=1,
        title="Budget 2027",
        attachment=None,
        record=None,
        due_on=None,
    )
    client.force_login(coordinator)
    words = {"title": "The budget", "version": "1"}
    answer = client.post(build_agenda_url("paper_edit", meeting, paper.pk), words)

    assert answer.status_code == 409
    assert "Budget 2027" in answer.text
    assert "The budget" in answer.text
    client.post(build_agenda_url("paper_remove", meeting, paper.pk), {"version": "1"})
    assert Paper.objects.get().title == "Budget 2027"
    client.post(build_agenda_url("paper_remove", meeting, paper.pk), {"version": "2"})
    assert not Paper.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_papers_query_count_is_constant(
    client, coalition, coordinator, meeting, agenda_item, django_assert_num_queries, count
):
    for number in range(count):
        record = DocumentFactory(coalition=coalition, published=True)
        add_agenda_paper(actor=coordinator, part=agenda_item, title=f"Paper {number}", record=record)
        add_agenda_paper(actor=coordinator, part=agenda_item, title=f"File {number}", due_on=TODAY)
    client.force_login(coordinator)

    with django_assert_num_queries(9):
        assert get_agenda_text(client, meeting).count("<bdi>Paper ") == count


def test_form_of_paper_links_to_attaching_a_file(client, coalition, coordinator, meeting, agenda_item):
    client.force_login(coordinator)
    page = client.get(reverse("meetings:paper_new", args=[coalition.slug, meeting.pk, agenda_item.pk])).text
    address = reverse("records:attachment_add", args=[coalition.slug, meeting.pk])
    assert f'<a href="{address}">First attach the file' in page
    assert client.get(address).status_code == 200
