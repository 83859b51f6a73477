"""A file with answers to a registration form is not taken for a list of members."""

import csv
import io

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile

from jukwaa.coalitions.actions import change_import_to_mailing_list, create_import, import_ready_rows
from jukwaa.coalitions.imports.registration_forms import looks_like_registrations
from jukwaa.coalitions.models import Import, ListEntry, Membership, Organisation
from jukwaa.core.documents.incoming import ImportedTable

REGISTRATION_HEADINGS = ["Carimbo de data/hora", "Email", "Full name", "Organização", "Vai participar", "Restrições"]
REGISTRATION_ROWS = [
    ["2026/10/12 8:14:33", "ana@one.example", "Ana Vidal", "Helpline One", "Presencial", ""],
    ["2026/10/13 9:02:10", "ed@tv.example", "Ed Hume", "TV Norte", "Online", "halaal"],
]
MEMBER_HEADINGS = ["Organisation", "Country", "Contact person", "Email"]
MEMBER_ROWS = [["Helpline One", "Kenya", "Ana Vidal", "ana@one.example"]]
QUESTION = "This looks like answers to a registration form. Are these organisations members of the coalition?"


def build_csv_upload(*rows):
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows(rows)
    return SimpleUploadedFile("answers.csv", stream.getvalue().encode())


@pytest.fixture
def start_import(coalition, coordinator, client):
    client.force_login(coordinator)

    def start_import_of_kind(headings, rows, kind="members"):
        return create_import(
            actor=coordinator,
            coalition=coalition,
            import_kind=kind,
            file_name="answers.csv",
            imported_table=ImportedTable([headings, *rows]),
        )

    return start_import_of_kind


def get_column_choices(spreadsheet_import):
    return {f"column{place}": field for place, field in enumerate(spreadsheet_import.mapping)} | {"all_adults": "on"}


@pytest.mark.parametrize(
    ("headings", "cells"),
    [
        (["Timestamp", "Name"], ["2026-10-12 08:14:33", "One"]),
        (["Horodateur", "Nom"], ["12/10/2026 08:14:33", "One"]),
        (["Date d'envoi", "Nom"], ["12/10/2026 08:14:33", "One"]),
        (["Marca temporal", "Nombre"], ["12/10/2026 8:14:33", "One"]),
        (["طابع زمني", "الاسم"], ["12/10/2026 8:14:33", "One"]),
        (["Start time", "Completion time", "Name"], ["10/12/2026 8:14", "10/12/2026 8:20", "One"]),
        (["Name", "Will you attend?", "Dietary requirements"], ["One", "Yes", ""]),
        (["Nom", "Participation", "Régime alimentaire"], ["One", "oui", ""]),
        (["Nombre", "Modalidad de asistencia", "Restricciones alimentarias"], ["One", "en línea", ""]),
        (["Nome", "Restrições alimentares", "Autorizo o uso de fotografias"], ["One", "", "Sim"]),
        (["الاسم", "الحضور", "القيود الغذائية"], ["One", "نعم", ""]),
    ],
)
def test_answers_to_a_form_are_recognised_in_five_languages(headings, cells):
    assert looks_like_registrations([headings, cells, cells])


@pytest.mark.parametrize(
    ("headings", "rows"),
    [
        (MEMBER_HEADINGS, MEMBER_ROWS),
        (["Organisation", "Attendance 2025", "Country"], [["One", "3 of 4", "Kenya"]]),
        (["Organisation", "Timestamp"], [["One", ""], ["Two", ""]]),
        (["Organisation", "GDPR consent", "Participation fee"], [["One", "yes", "paid"]]),
        (["Organisation", "Member since", "Updated at"], [["One", "2009", "2026-10-12 08:14:33"]]),
        (
            ["Organisation", "Contact person"],
            [["One", "Ana"], ["One", "Ed"], ["Two", "Ola"], ["Three", "Kim"], ["Four", "Jo"]],
        ),
    ],
)
def test_lists_of_members_are_not_taken_for_registrations(headings, rows):
    assert not looks_like_registrations([headings, *rows])


def test_start_page_asks_what_the_file_is_without_a_preset(client, build_coalition_url, coordinator):
    client.force_login(coordinator)
    page = client.get(build_coalition_url("import_start"))
    chosen = client.get(build_coalition_url("import_start") + "?of=people")
    refused = client.post(
        build_coalition_url("import_start"), {"file": build_csv_upload(MEMBER_HEADINGS, *MEMBER_ROWS)}
    )

    assert 'type="radio"' in page.text
    assert "checked" not in page.text
    assert chosen.context["form"]["kind"].value() == "people"
    assert refused.context["form"].errors == {"kind": ["Choose what the file contains."]}
    assert not Import.objects.exists()


def test_registrations_are_not_imported_as_members_without_an_answer(start_import, client, build_coalition_url):
    brought = start_import(REGISTRATION_HEADINGS, REGISTRATION_ROWS)
    url = build_coalition_url("import_map", brought.pk)
    page = client.get(url).text
    refused = client.post(url, get_column_choices(brought) | {"all_adults": ""})
    client.post(build_coalition_url("import_enter", brought.pk))

    assert QUESTION in page
    assert "checked" not in page
    assert refused.context["form"].errors == {"standing": ["Choose an answer."]}
    assert not brought.rows.exists()
    assert not Membership.objects.exclude(organisation=None).exists()


def test_registrations_lead_to_the_mailing_list(start_import, client, build_coalition_url, coordinator, coalition):
    brought = start_import(REGISTRATION_HEADINGS, REGISTRATION_ROWS)
    url = build_coalition_url("import_map", brought.pk)
    changed = client.post(url, {"standing": "people"})
    brought.refresh_from_db()
    refused = client.post(url, get_column_choices(brought) | {"all_adults": ""})
    preview = client.post(url, get_column_choices(brought))
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)

    assert (changed.url, brought.of, brought.mapping) == (
        url,
        "people",
        ["", "email", "person", "organisation", "", ""],
    )
    assert list(refused.context["form"].errors) == ["all_adults"]
    assert preview.url == build_coalition_url("import_preview", brought.pk)
    listed = ListEntry.objects.filter(coalition=coalition).values_list("person__name", flat=True)
    assert sorted(listed) == ["Ana Vidal", "Ed Hume"]
    assert not Organisation.objects.filter(name__in=["Helpline One", "TV Norte"]).exists()


def test_registrations_of_members_are_imported_and_stay_answered(start_import, client, build_coalition_url):
    brought = start_import(REGISTRATION_HEADINGS, REGISTRATION_ROWS)
    url = build_coalition_url("import_map", brought.pk)
    done = client.post(url, get_column_choices(brought) | {"standing": "member"})
    again = client.get(url).context["form"]["standing"].value()

    assert (done.url, again) == (build_coalition_url("import_preview", brought.pk), "member")


def test_list_of_members_is_asked_nothing_about_registrations(start_import, client, build_coalition_url):
    brought = start_import(MEMBER_HEADINGS, MEMBER_ROWS)
    page = client.get(build_coalition_url("import_map", brought.pk))

    assert QUESTION not in page.text
    assert page.context["form"]["standing"].value() == "member"


def test_kind_of_an_import_does_not_change_once_rows_are_imported(
    start_import, client, build_coalition_url, coordinator
):
    brought = start_import(REGISTRATION_HEADINGS, REGISTRATION_ROWS)
    url = build_coalition_url("import_map", brought.pk)
    client.post(url, get_column_choices(brought) | {"standing": "member"})
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)
    refused = client.post(url, {"standing": "people"})
    brought.refresh_from_db()

    assert "Upload the file again to change the columns." in refused.text
    assert (brought.of, brought.state) == ("members", "entered")


def test_only_coordinators_change_the_kind_of_an_import(start_import, member):
    brought = start_import(REGISTRATION_HEADINGS, REGISTRATION_ROWS)

    with pytest.raises(PermissionDenied):
        change_import_to_mailing_list(actor=member, spreadsheet_import=brought)
    brought.refresh_from_db()
    assert brought.of == "members"


@pytest.mark.parametrize(("standing", "shown"), [("member", "member"), ("observer", "observer")])
def test_preview_always_shows_the_membership_status(start_import, client, build_coalition_url, standing, shown):
    brought = start_import(MEMBER_HEADINGS, MEMBER_ROWS)
    client.post(build_coalition_url("import_map", brought.pk), get_column_choices(brought) | {"standing": standing})
    page = client.get(build_coalition_url("import_preview", brought.pk))
    ((_row, _first, columns),) = [line for lines in page.context["lines"].values() for line in lines]

    (cell,) = dict(columns)["Membership status (member, left or observer)"]
    assert (cell.value, cell.is_wrong) == (shown, False)


def test_preview_says_that_contact_people_have_no_names(start_import, client, build_coalition_url):
    brought = start_import(MEMBER_HEADINGS, MEMBER_ROWS)
    sentence = "Contact person without a name: row 2."

    def load_preview(**changes):
        client.post(build_coalition_url("import_map", brought.pk), get_column_choices(brought) | changes)
        return client.get(build_coalition_url("import_preview", brought.pk)).text

    assert [
        sentence in load_preview(**changes)
        for changes in (
            {},
            {"column2": ""},
            {"column2": "position", "column3": ""},
        )
    ] == [
        False,
        True,
        False,
    ]
