"""The agenda of a meeting: its items in their order, who sees them when, and two people who edit it at once."""

import pytest
from django.urls import reverse

from jukwaa.coalitions.models import Capacity
from jukwaa.core.refusals import ActionRefused, EditConflict
from jukwaa.meetings.actions import record_entry
from jukwaa.meetings.actions.agenda import (
    add_agenda_item,
    change_agenda_item,
    get_or_create_member_updates_item,
    move_agenda_item,
    remove_agenda_item,
)
from jukwaa.meetings.actions.agenda_sending import send_meeting_agenda
from jukwaa.meetings.models import Agenda, Part
from tests.factories import EntryFactory, MeetingFactory, OrganisationFactory, PersonFactory
from tests.meetings.planned_meetings import create_planned_meeting


@pytest.fixture
def meeting(coalition):
    return create_planned_meeting(coalition)


def get_agenda_page(client, meeting):
    return client.get(reverse("meetings:agenda_detail", args=["ours", meeting.pk]))


def build_agenda_url(route_name, meeting, *rest):
    return reverse(f"meetings:{route_name}", args=["ours", meeting.pk, *rest])


def list_agenda_titles(meeting):
    return list(meeting.parts.values_list("title", flat=True))


def test_agenda_item_is_added_by_form(client, coalition, coordinator, meeting, organisation):
    client.force_login(coordinator)
    words = {
        "title": "The work plan",
        "purpose": "decision",
        "minutes": "20",
        "presenter": organisation.name,
        "is_standing": "on",
        "version": "1",
    }
    answer = client.post(build_agenda_url("agenda_item_new", meeting), words, follow=True)
    part = Part.objects.get()

    assert "“The work plan” has been added to the agenda." in answer.text
    assert (part.purpose, part.minutes, part.is_standing, part.chatham) == ("decision", 20, True, False)
    assert part.presenter.organisation == organisation
    assert f"Presenter: <bdi>{organisation.name}</bdi>" in answer.text
    assert "Planned: 20 of 60 minutes." in answer.text


def test_resubmitted_item_is_added_once(coordinator, meeting):
    first = add_agenda_item(actor=coordinator, meeting=meeting, title="The work plan", minutes=5)
    second = add_agenda_item(actor=coordinator, meeting=meeting, title="The work plan", minutes=5)

    assert first == second
    with pytest.raises(ActionRefused, match="already has an item with this title"):
        add_agenda_item(actor=coordinator, meeting=meeting, title="The work plan", minutes=10)


@pytest.mark.parametrize("minutes", ["0", "601", "ten"])
def test_planned_minutes_outside_of_range_are_refused(client, coordinator, meeting, minutes):
    client.force_login(coordinator)
    answer = client.post(
        build_agenda_url("agenda_item_new", meeting), {"title": "Long", "minutes": minutes, "version": "1"}
    )

    assert answer.status_code == 422
    assert not Part.objects.exists()


def test_agenda_longer_than_meeting_shows_warning(client, coordinator, meeting):
    for title, minutes in (("One", 40), ("Two", 35), ("Three", None)):
        add_agenda_item(actor=coordinator, meeting=meeting, title=title, minutes=minutes)
    client.force_login(coordinator)
    text = get_agenda_page(client, meeting).text

    assert "The agenda is 15 minutes longer than the meeting." in text
    assert "1 item has no planned length." in text


def test_planned_length_of_sent_agenda_is_shown_to_note_takers_only(client, coordinator, member, meeting):
    add_agenda_item(actor=coordinator, meeting=meeting, title="One", minutes=75)
    send_meeting_agenda(actor=coordinator, meeting=meeting)
    readers = {"visitor": None, "member": member, "coordinator": coordinator}
    shown = {}
    for name, person in readers.items():
        client.logout()
        if person:
            client.force_login(person)
        page = get_agenda_page(client, meeting).text
        shown[name] = ("75 minutes" in page, "Planned:" in page, "longer than the meeting" in page)

    assert shown == {
        "visitor": (True, False, False),
        "member": (True, False, False),
        "coordinator": (True, True, True),
    }


def test_items_move_up_and_down_to_the_ends(client, coordinator, meeting):
    for title in ("One", "Two", "Three"):
        add_agenda_item(actor=coordinator, meeting=meeting, title=title)
    first, _second, third = meeting.parts.all()
    client.force_login(coordinator)
    client.post(build_agenda_url("agenda_item_up", meeting, third.pk))
    assert list_agenda_titles(meeting) == ["One", "Three", "Two"]
    client.post(build_agenda_url("agenda_item_down", meeting, first.pk))
    assert list_agenda_titles(meeting) == ["Three", "One", "Two"]
    client.post(build_agenda_url("agenda_item_up", meeting, third.pk))
    assert list_agenda_titles(meeting) == ["Three", "One", "Two"]


def test_member_updates_item_cannot_be_moved_from_first_place(client, coordinator, meeting):
    one = add_agenda_item(actor=coordinator, meeting=meeting, title="One")
    updates = get_or_create_member_updates_item(meeting)
    move_agenda_item(actor=coordinator, agenda_item=one, position_change=-1)
    move_agenda_item(actor=coordinator, agenda_item=updates, position_change=1)

    assert list_agenda_titles(meeting) == ["Updates from members", "One"]
    client.force_login(coordinator)
    assert "Move up" not in get_agenda_page(client, meeting).text


def test_edit_conflict_of_agenda_item_shows_both_versions(client, coordinator, rapporteur, meeting):
    part = add_agenda_item(actor=coordinator, meeting=meeting, title="The work plan", minutes=10)
    change_agenda_item(actor=rapporteur, agenda_item=part, changes={"title": "The work plan for 2027"}, from_version=1)
    client.force_login(coordinator)
    words = {"title": "The plan of work", "minutes": "15", "version": "1"}
    answer = client.post(build_agenda_url("agenda_item_edit", meeting, part.pk), words)

    assert answer.status_code == 409
    assert "The work plan for 2027" in answer.text
    assert "The plan of work" in answer.text
    assert Part.objects.get().title == "The work plan for 2027"

    client.post(build_agenda_url("agenda_item_edit", meeting, part.pk), words | {"version": "2"})
    assert (Part.objects.get().title, Part.objects.get().minutes) == ("The plan of work", 15)


def test_edits_of_removed_item_are_shown_to_be_added_again(client, coordinator, rapporteur, meeting):
    part = add_agenda_item(actor=coordinator, meeting=meeting, title="The work plan")
    pk = part.pk
    remove_agenda_item(actor=rapporteur, agenda_item=part, from_version=1)
    client.force_login(coordinator)
    words = {"title": "The plan of work", "minutes": "15", "version": "1"}
    answer = client.post(build_agenda_url("agenda_item_edit", meeting, pk), words)

    assert answer.status_code == 409
    assert "Another person has removed this entry since you opened the page." in answer.text
    assert 'value="The plan of work"' in answer.text
    assert f'action="{build_agenda_url("agenda_item_new", meeting)}"' in answer.text
    assert client.get(build_agenda_url("agenda_item_edit", meeting, pk)).status_code == 404


def test_item_changed_by_another_person_is_not_removed(client, coordinator, rapporteur, meeting):
    part = add_agenda_item(actor=coordinator, meeting=meeting, title="One")
    change_agenda_item(actor=rapporteur, agenda_item=part, changes={"minutes": 5}, from_version=1)
    client.force_login(coordinator)
    answer = client.post(build_agenda_url("agenda_item_remove", meeting, part.pk), {"version": "1"}, follow=True)

    assert "Someone else has saved a change since you opened this page." in answer.text
    assert Part.objects.count() == 1
    client.post(build_agenda_url("agenda_item_remove", meeting, part.pk), {"version": "2"})
    assert not Part.objects.exists()


def test_item_with_minutes_cannot_be_removed(coordinator, meeting):
    part = add_agenda_item(actor=coordinator, meeting=meeting, title="One")
    record_entry(actor=coordinator, meeting=meeting, kind="decision", text="It was agreed.", part=part)

    with pytest.raises(ActionRefused, match="Remove the minutes of this item"):
        remove_agenda_item(actor=coordinator, agenda_item=part, from_version=1)
    with pytest.raises(ActionRefused, match="already has minutes"):
        change_agenda_item(actor=coordinator, agenda_item=part, changes={"chatham": True}, from_version=1)


def test_removed_or_replaced_presenter_leaves_no_row(coordinator, meeting, coalition):
    voice = ("The University", None)
    part = add_agenda_item(actor=coordinator, meeting=meeting, title="One", presenter=voice)
    change_agenda_item(
        actor=coordinator, agenda_item=part, changes={"presenter": ("The Ministry", None)}, from_version=1
    )
    assert list(Capacity.objects.values_list("name", flat=True)) == ["The Ministry"]

    remove_agenda_item(actor=coordinator, agenda_item=part, from_version=2)
    assert not Capacity.objects.exists()


def test_minor_as_presenter_is_refused_with_field_error(client, coalition, coordinator, meeting, member):
    member.name, member.is_minor, member.adult_contact = "Amina Otieno", True, PersonFactory()
    member.save()
    client.force_login(coordinator)
    words = {"title": "One", "presenter": "Amina Otieno", "version": "1"}
    answer = client.post(build_agenda_url("agenda_item_new", meeting), words)

    assert answer.status_code == 422
    assert "Enter the organisation or the role instead. “Amina Otieno” can&#x27;t be recorded here." in answer.text
    assert not Part.objects.exists()


def test_presenter_marked_as_minor_later_is_hidden(client, coalition, coordinator, meeting, member):
    add_agenda_item(actor=coordinator, meeting=meeting, title="One", presenter=(member.name, None))
    client.force_login(coordinator)
    assert "Presenter:" in get_agenda_page(client, meeting).text
    member.is_minor, member.adult_contact = True, PersonFactory()
    member.save()

    assert "Presenter:" not in get_agenda_page(client, meeting).text


def test_joint_presenters_are_named_to_members_only(client, coordinator, meeting, member):
    member.name, member.name_is_public = "Amina Otieno", False
    member.save()
    add_agenda_item(actor=coordinator, meeting=meeting, title="One", presenter=("Amina Otieno and Ben Adu", None))
    add_agenda_item(actor=coordinator, meeting=meeting, title="Two", presenter=("Dr Guest of the library", None))
    send_meeting_agenda(actor=coordinator, meeting=meeting)
    public = get_agenda_page(client, meeting).text
    client.force_login(member)

    assert ("Amina Otieno" in public, "Dr Guest of the library" in public) == (False, True)
    assert "Amina Otieno and Ben Adu" in get_agenda_page(client, meeting).text


def test_chatham_house_presenter_is_for_members_before_meeting(client, coalition, coordinator, member, meeting):
    voice = ("The Ministry", None)
    add_agenda_item(actor=coordinator, meeting=meeting, title="One", presenter=voice, chatham=True)
    send_meeting_agenda(actor=coordinator, meeting=meeting)
    seen = ["The Ministry" in get_agenda_page(client, meeting).text]
    client.force_login(member)
    seen.append("The Ministry" in get_agenda_page(client, meeting).text)
    meeting.starts_at = meeting.ends_at = meeting.published_at
    meeting.save()
    seen.append("The Ministry" in get_agenda_page(client, meeting).text)

    assert seen == [False, True, False]


def test_agenda_is_public_once_sent(client, coordinator, member, meeting):
    add_agenda_item(actor=coordinator, meeting=meeting, title="The work plan")
    before = [get_agenda_page(client, meeting).text, client.get(meeting.get_absolute_url()).text]
    client.force_login(member)
    for_members = get_agenda_page(client, meeting).text
    client.logout()
    send_meeting_agenda(actor=coordinator, meeting=meeting)
    after = [get_agenda_page(client, meeting).text, client.get(meeting.get_absolute_url()).text]

    assert ["The work plan" in text for text in before] == [False, False]
    assert "The agenda has not been published yet." in before[0]
    assert "The work plan" in for_members
    assert "Draft agenda" in for_members
    assert ["The work plan" in text for text in after] == [True, True]


@pytest.mark.parametrize(("reader", "status_code"), [("member", 403), ("outsider", 403), ("rapporteur", 200)])
def test_only_note_takers_prepare_agenda(client, request, meeting, reader, status_code):
    client.force_login(request.getfixturevalue(reader))
    part = Part.objects.create(meeting=meeting, title="One")
    pages = [("agenda_item_new",), ("agenda_item_edit", part.pk), ("agenda_suggestions",), ("agenda_send",)]

    assert [client.get(build_agenda_url(name, meeting, *rest)).status_code for name, *rest in pages] == [
        status_code
    ] * len(pages)


def test_agenda_of_restricted_meeting_is_not_found_by_others(client, coalition, member, outsider):
    meeting = create_planned_meeting(coalition, label="TLP:GREEN")
    found = []
    for reader in (outsider, member):
        client.force_login(reader)
        found.append(get_agenda_page(client, meeting).status_code)

    assert found == [404, 200]


def test_item_of_another_meeting_is_not_found(client, coordinator, coalition, meeting):
    other = Part.objects.create(meeting=MeetingFactory(coalition=coalition, published=True), title="Other")
    client.force_login(coordinator)

    assert client.post(build_agenda_url("agenda_item_up", meeting, other.pk)).status_code == 404
    assert client.get(build_agenda_url("agenda_item_edit", meeting, other.pk)).status_code == 404


def test_agenda_of_past_meeting_is_not_on_its_page(client, coalition, coordinator):
    meeting = create_planned_meeting(coalition, days=-2)
    part = Part.objects.create(meeting=meeting, title="The work plan", minutes=10)
    EntryFactory(coalition=coalition, meeting=meeting, part=part, published=True)

    assert 'id="agenda"' not in client.get(meeting.get_absolute_url()).text
    assert "The work plan" in get_agenda_page(client, meeting).text


@pytest.mark.parametrize("count", [1, 3])
def test_agenda_query_count_is_constant(client, coalition, coordinator, meeting, django_assert_num_queries, count):
    for number in range(count):
        organisation = OrganisationFactory(coalition=coalition)
        voice = (organisation.name, organisation)
        add_agenda_item(actor=coordinator, meeting=meeting, title=f"Item {number}", presenter=voice)
    client.force_login(coordinator)

    with django_assert_num_queries(8):
        assert get_agenda_page(client, meeting).text.count('id="item-') == count


def test_adding_items_creates_no_agenda_row(coordinator, meeting):
    add_agenda_item(actor=coordinator, meeting=meeting, title="One")

    assert not Agenda.objects.exists()


def test_stale_version_raises_an_edit_conflict(coordinator, meeting):
    part = add_agenda_item(actor=coordinator, meeting=meeting, title="One")

    with pytest.raises(EditConflict):
        change_agenda_item(actor=coordinator, agenda_item=part, changes={"minutes": 5}, from_version=7)
