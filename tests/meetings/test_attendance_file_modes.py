"""The file of a video call says of people on the attendance list that they were online, and whose device it may be."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from jukwaa.meetings.actions import record_attendance
from jukwaa.meetings.attendance_files import find_device_owner
from jukwaa.meetings.models import Attendance, Meeting
from tests.factories import AffiliationFactory, MeetingFactory, OrganisationFactory


@pytest.fixture
def meeting(coalition, rapporteur):
    meeting = MeetingFactory(
        coalition=coalition,
        published=True,
        starts_on=date(2026, 11, 19),
        order_day=date(2026, 11, 19),
        precision=Meeting.Precision.DAY,
    )
    operator = OrganisationFactory(coalition=coalition, name="Lagoon Telecom Ltd")
    AffiliationFactory(person__name="Jörg Saltmüller", organisation=operator)
    people = [
        ("Ilisavani Vakatora", None, ""),
        ("Sonia Reis", None, ""),
        ("Jörg Saltmüller", operator, ""),
        ("Ben Okoro", None, "room"),
        ("Ana Lopes", None, ""),
        ("Ana Ruiz", None, ""),
        ("Hope Otieno", None, "apologies"),
    ]
    for name, organisation, how in people:
        came_as = "apologies" if how == "apologies" else "member"
        mode = how if how == "room" else ""
        record_attendance(
            actor=rapporteur, meeting=meeting, name=name, came_as=came_as, organisation=organisation, mode=mode
        )
    return meeting


@pytest.fixture
def upload(client, coalition, meeting, rapporteur):
    client.force_login(rapporteur)
    url = reverse("meetings:attendance_import", args=[coalition.slug, meeting.pk])

    def upload_names(*names, heading="Duration (Minutes)", cell="60"):
        lines = [f"Name,{heading}", *(f"{name},{cell}" for name in names)]
        return client.post(url, {"file": SimpleUploadedFile("calls.csv", "\n".join(lines).encode())})

    return upload_names


@pytest.fixture
def check(client, coalition, meeting):
    def post_shown_table(page, *also):
        form = page.context["form"]
        chosen = {
            n for n, line in enumerate(form.iter_match_rows()) if line["include"].value() or line["match"].name in also
        }
        data = {"rows": form["rows"].value()} | {f"include_{number}": "on" for number in chosen}
        return client.post(reverse("meetings:attendance_check", args=[coalition.slug, meeting.pk]), data, follow=True)

    return post_shown_table


def list_modes(meeting):
    rows = Attendance.with_apologies.filter(meeting=meeting).select_related("capacity__person")
    return {row.capacity.person.name if row.capacity.person else row.capacity.name: row.mode for row in rows}


def list_suggested(page):
    return {match.name: match.listed_as for match in page.context["form"].matches if match.is_suggested}


def test_people_on_the_list_are_marked_online_where_nothing_is_stated(meeting, upload, check):
    before = list_modes(meeting)
    page = upload("Sonia Reis", "Ben Okoro", "joerg SALTMUELLER", "Hope Otieno")
    check(page)

    assert list_modes(meeting) == before | {"Sonia Reis": "online", "Jörg Saltmüller": "online"}
    assert "we add “in the room” or “online” if the list does not say it" in page.text


@pytest.mark.parametrize(
    ("names", "marked"),
    [
        (("Sonia",), ["Sonia Reis"]),
        (("Sonia", "Tom Hay"), ["Sonia Reis"]),
        (("Sonia", "Sonia Silva"), []),  # another in the file
        (("Ili",), []),  # only a beginning
        (("Jörg",), ["Jörg Saltmüller"]),
        (("Ana",), []),
    ],
)
def test_first_name_alone_is_selected_only_where_no_other_person_in_the_file_has_it(
    meeting, upload, check, names, marked
):
    before = list_modes(meeting)
    check(upload(*names))
    after = list_modes(meeting)

    assert [name for name in before if before[name] != after[name]] == marked


@pytest.mark.parametrize(("other", "marked"), [("Sonia Silva", []), ("Sonia Maria Reis", ["Sonia Reis"])])
def test_first_name_alone_is_not_selected_where_another_person_of_the_directory_has_it(
    coalition, meeting, upload, check, other, marked
):
    AffiliationFactory(person__name=other, organisation=OrganisationFactory(coalition=coalition))
    before = list_modes(meeting)
    check(upload("Sonia"))
    after = list_modes(meeting)

    assert [name for name in before if before[name] != after[name]] == marked


def test_list_without_times_of_a_call_says_nothing(meeting, upload, check):
    before = list_modes(meeting)
    page = upload("Sonia Reis", heading="Country", cell="Fiji")
    check(page)

    assert list_modes(meeting) == before
    assert "only get “in the room” or “online”" not in page.text


def test_device_is_confirmed_as_the_one_person_whom_its_name_fits(meeting, upload, check):
    before = list_modes(meeting)
    page = upload(
        "iPad (Ili)", "iPhone de Sonia", "Lagoon Telecom Boardroom", "iPad (Ana)", "iPhone", "Ben's Galaxy A14"
    )

    assert list_suggested(page) == {
        "iPad (Ili)": "Ilisavani Vakatora",
        "iPhone de Sonia": "Sonia Reis",
        "Lagoon Telecom Boardroom": "Jörg Saltmüller",
    }
    assert "Select if this is <bdi>Sonia Reis</bdi>" in page.text
    check(page)
    assert list_modes(meeting) == before  # nothing without a confirmation
    check(page, "iPad (Ili)", "Lagoon Telecom Boardroom")
    assert list_modes(meeting) == before | {"Ilisavani Vakatora": "online", "Jörg Saltmüller": "online"}


def test_second_device_of_a_person_in_the_file_is_not_suggested(meeting, upload):
    assert list_suggested(upload("Sonia Reis", "iPhone de Sonia")) == {}


@pytest.mark.parametrize(
    ("name", "owner"),
    [
        ("iPad (Ili)", "Ili"),
        ("iPhone de Sonia", "Sonia"),
        ("Teburoro's Galaxy A14", "Teburoro"),
        ("Lagoon Telecom Boardroom", "Lagoon Telecom"),
        ("Elm Farm - Meeting Room 2", "Elm Farm"),
        ("iPhone", ""),
        ("Galaxy A14", ""),
        ("Meeting Room", ""),
        ("Ana Lopes", ""),
    ],
)
def test_owner_of_a_device_is_what_its_name_says_beside_it(name, owner):
    assert find_device_owner(name) == owner
