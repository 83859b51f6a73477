"""Adding several agenda items from a pasted text: preview, presenters who are known, and what is refused."""

import pytest
from django.urls import reverse

from jukwaa.coalitions.models import Activity
from jukwaa.meetings.actions.agenda import add_agenda_item
from jukwaa.meetings.agenda_pasting import read_pasted_agenda
from jukwaa.meetings.models import Part
from tests.factories import AffiliationFactory, OrganisationFactory, PersonFactory
from tests.meetings.planned_meetings import create_planned_meeting

TEXT = "14:00-14:10 Welcome (Yaw)\n2. Budget, 20 min -- Norrvik University\n14:30 Any other business (Someone else)"


@pytest.fixture
def meeting(coalition):
    return create_planned_meeting(coalition)


@pytest.fixture
def university(coalition):
    return OrganisationFactory(coalition=coalition, name="Norrvik University")


@pytest.fixture
def yaw(university):
    return AffiliationFactory(organisation=university, person=PersonFactory(name="Yaw Darkwa")).person


def get_paste_url(meeting):
    return reverse("meetings:agenda_paste", args=["ours", meeting.pk])


def get_preview_value(answer):
    return answer.context["form"]["previewed"].value()


def submit_previewed_text(client, meeting, text):
    """Press the button twice, as after reading the preview."""
    preview = client.post(get_paste_url(meeting), {"text": text})
    return client.post(get_paste_url(meeting), {"text": text, "previewed": get_preview_value(preview)}, follow=True)


def test_items_are_shown_before_they_are_added(client, coordinator, meeting, university, yaw):
    client.force_login(coordinator)
    preview = client.post(get_paste_url(meeting), {"text": TEXT})

    assert preview.status_code == 200
    assert "1. <bdi>Welcome</bdi>" in preview.text
    assert "Presenter: <bdi>Yaw Darkwa</bdi>" in preview.text
    assert "3. <bdi>Any other business (Someone else)</bdi>" in preview.text
    assert "Planned: 30 minutes." in preview.text
    assert ">Add 3 agenda items</button>" in preview.text
    assert not Part.objects.exists()


def test_previewed_items_are_added_with_presenters(client, coordinator, meeting, university, yaw):
    client.force_login(coordinator)
    answer = submit_previewed_text(client, meeting, TEXT)
    rows = [
        (part.title, part.minutes, part.presenter and (part.presenter.person, part.presenter.organisation))
        for part in meeting.parts.all()
    ]

    assert "3 agenda items have been added." in answer.text
    assert rows == [
        ("Welcome", 10, (yaw, None)),
        ("Budget", 20, (None, university)),
        ("Any other business (Someone else)", None, None),
    ]


def test_text_changed_after_preview_is_previewed_again(client, coordinator, meeting):
    client.force_login(coordinator)
    preview = client.post(get_paste_url(meeting), {"text": "Welcome"})
    changed = {"text": "Welcome\nBudget", "previewed": get_preview_value(preview)}
    again = client.post(get_paste_url(meeting), changed)

    assert ">Add 2 agenda items</button>" in again.text
    assert not Part.objects.exists()


def test_text_sent_twice_adds_items_once(client, coordinator, meeting):
    client.force_login(coordinator)
    submit_previewed_text(client, meeting, "Welcome (5 min)\nBudget")
    submit_previewed_text(client, meeting, "Welcome (5 min)\nBudget")

    assert list(meeting.parts.values_list("title", flat=True)) == ["Welcome", "Budget"]


def test_joint_presenters_are_named_in_full(client, coordinator, meeting, university, yaw):
    AffiliationFactory(organisation=university, person=PersonFactory(name="Mere Tauwhara"))
    client.force_login(coordinator)
    submit_previewed_text(client, meeting, "One-pager / Mere + Yaw")

    assert meeting.parts.get().title == "One-pager"
    assert meeting.parts.get().presenter.name == "Mere Tauwhara, Yaw Darkwa"


@pytest.mark.parametrize("line", ["Report -- Yaw?", "Report (Yaw to be confirmed)", "Report (Mere and Yaw)", "Yaw"])
def test_uncertain_presenter_names_remain_in_title(client, coordinator, meeting, university, yaw, line):
    client.force_login(coordinator)
    submit_previewed_text(client, meeting, line)

    assert (meeting.parts.get().title, meeting.parts.get().presenter) == (line, None)


def test_first_name_shared_by_two_people_remains_in_title(client, coordinator, meeting, university, yaw):
    AffiliationFactory(organisation=university, person=PersonFactory(name="Yaw Mensah"))
    client.force_login(coordinator)
    submit_previewed_text(client, meeting, "Report (Yaw)")

    assert (meeting.parts.get().title, meeting.parts.get().presenter) == ("Report (Yaw)", None)


def test_minor_as_presenter_is_refused(client, coordinator, meeting, member):
    member.name, member.is_minor, member.adult_contact = "Amina Otieno", True, PersonFactory()
    member.save()
    client.force_login(coordinator)
    answer = client.post(get_paste_url(meeting), {"text": "Report (Amina Otieno)"})

    assert answer.status_code == 422
    assert "Enter the organisation or the role instead." in answer.text


def test_line_with_title_of_existing_item_adds_no_items(client, coordinator, meeting):
    add_agenda_item(actor=coordinator, meeting=meeting, title="Budget", minutes=5)
    client.force_login(coordinator)
    activities = Activity.objects.count()
    answer = submit_previewed_text(client, meeting, "Welcome\nBudget (10 min)")

    assert answer.status_code == 422
    assert "Change or remove the line “Budget”. The agenda already has an item with this title." in answer.text
    assert (Part.objects.count(), Activity.objects.count()) == (1, activities)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (" \n ", "Enter at least one agenda item."),
        ("- \n\u2022", "Enter at least one agenda item."),
        ("One\nTwo\nOne", "Change one of the lines with the title “One”."),
        (f"Long {'x' * 200}", "to 200 characters."),
        ("\n".join(f"Item {number}" for number in range(42)), "Remove 2 lines. You can add up to 40 items at once."),
    ],
)
def test_invalid_pasted_text_shows_reason(client, coordinator, meeting, text, sentence):
    client.force_login(coordinator)
    answer = client.post(get_paste_url(meeting), {"text": text})

    assert answer.status_code == 422
    assert sentence in answer.text


@pytest.mark.parametrize("ending", ["", "\nKind regards,\nWrite to marta.ruiz@post.example  about the venue"])
def test_address_in_an_item_is_pointed_out_even_if_the_line_is_repeated_below_the_agenda(
    client, coordinator, meeting, ending
):
    client.force_login(coordinator)
    text = f"Welcome\nWrite to marta.ruiz@post.example about the venue\nBudget{ending}"
    answer = client.post(get_paste_url(meeting), {"text": text})

    assert answer.status_code == 422
    assert "text" in answer.context["form"].errors


@pytest.mark.parametrize(("reader", "status_code"), [("member", 403), ("outsider", 403), ("rapporteur", 200)])
def test_only_note_takers_paste_items(client, request, meeting, reader, status_code):
    client.force_login(request.getfixturevalue(reader))

    assert client.get(get_paste_url(meeting)).status_code == status_code


def test_agenda_page_links_to_the_form(client, coordinator, meeting):
    client.force_login(coordinator)
    page = client.get(reverse("meetings:agenda_detail", args=["ours", meeting.pk])).text

    assert f'href="{get_paste_url(meeting)}">Paste several items</a>' in page


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("4b. Mirror - short update Yaw / Linnea 5'", ("Mirror - short update", "Yaw Darkwa, Linnea Alm")),
        ("4b. Mirror - short update Yaw / Ben 5'", ("Mirror - short update Yaw / Ben", "")),
        ("2. Minutes (Samu) 10'", ("Minutes", "Samuel Lagat")),
        ("2. Minutes (Yawa) 10'", ("Minutes (Yawa)", "")),
    ],
)
def test_first_names_at_the_end_of_a_line_present(coalition, yaw, university, line, expected):
    for name in ("Linnea Alm", "Samuel Lagat"):
        AffiliationFactory(organisation=university, person=PersonFactory(name=name))
    text = f"From: Samuel Lagat <s@q.example>\n1. Welcome\n{line}\n5. Any other business"
    item = next(each for each in read_pasted_agenda(coalition, text) if "M" in each.title)

    assert (item.title, item.presenter_name) == expected
