"""Contacts as address books export them: numbered columns, labels, custom fields, several values in a cell."""

import pytest

from jukwaa.coalitions.imports.email_wishes import refuses_emails
from jukwaa.coalitions.imports.fields import guess_column_mapping
from jukwaa.coalitions.imports.numbered_headings import get_plain_heading
from jukwaa.coalitions.imports.questions import find_import_questions
from jukwaa.coalitions.imports.vocabulary import split_list_items
from jukwaa.coalitions.models import ListEntry

ADDRESS = "ana@quillwort.example"
COLUMNS = {
    "First Name": "Ana",
    "Last Name": "Vidal",
    "Organization Name": "Quillwort",
    "Organization Title": "Advisor",
    "Notes": "",
    "Labels": "Friends ::: * myContacts",
    "E-mail 1 - Label": "* Work",
    "E-mail 1 - Value": ADDRESS,
    "E-mail 2 - Value": "",
    "Phone 1 - Label": "Mobile",
    "Phone 1 - Value": "+44 20 7946 0018",
    "Address 1 - Label": "",
    "Address 1 - Street": "",
    "Address 1 - Region": "",
    "Address 1 - Country": "",
    "Website 1 - Label": "",
    "Website 1 - Value": "",
    "Custom Field 1 - Label": "",
    "Custom Field 1 - Value": "",
}


def write_row(**cells):
    changed = {name.replace("_", " "): cell for name, cell in cells.items()}
    return [changed.get(heading.replace(" - ", " ").replace("-", ""), cell) for heading, cell in COLUMNS.items()]


def list_asked_rows(brought):
    return {question.key: question.numbers for question in find_import_questions(brought).columns}


def test_columns_of_an_address_book_are_recognised():
    subscribers = guess_column_mapping([*COLUMNS], "people", [[*COLUMNS.values()]])
    assert {heading: field for heading, field in zip(COLUMNS, subscribers, strict=True) if field} == {
        "First Name": "person_first",
        "Last Name": "person_last",
        "Organization Name": "organisation",
        "E-mail 1 - Value": "email",
    }
    members = guess_column_mapping([*COLUMNS], "members", [[*COLUMNS.values()]])
    assert {heading: field for heading, field in zip(COLUMNS, members, strict=True) if field} == {
        "First Name": "contact_first",
        "Last Name": "contact_last",
        "Organization Name": "name",
        "Organization Title": "position",
        "E-mail 1 - Value": "email",
        "Phone 1 - Value": "phone",
        "Address 1 - Country": "country",
        "Website 1 - Value": "website",
    }


@pytest.mark.parametrize("heading", ["E-mail 1 - Value", "Email 1", "Mail 1", "E-mail Address", "Contact point"])
def test_column_with_addresses_is_suggested_as_email(heading):
    columns = ["Address", heading, "Name"]
    assert guess_column_mapping(columns, "people", [["", ADDRESS, "Ana"]])[:2] == ["", "email"]
    assert guess_column_mapping(columns, "people", [["2 Low Road", ADDRESS, "Ana"]])[:2] == ["", "email"]


@pytest.mark.parametrize(
    ("columns", "cells", "expected"),
    [
        (["Email", "Work"], ["", ADDRESS], ["", "email"]),
        (["Email", "Second email"], [ADDRESS, "b@fennel.example"], ["email", ""]),
        (["Email", "Name"], ["", "Ana"], ["email", "person"]),  # no other column has addresses
        (["Address", "Name"], ["", "Ana"], ["", "person"]),
        (["Address", "Name"], ["2 Low Road", "Ana"], ["", "person"]),
        (["Address", "Name"], [ADDRESS, "Ana"], ["email", "person"]),
    ],
)
def test_values_decide_which_column_has_the_addresses(columns, cells, expected):
    assert guess_column_mapping(columns, "people", [cells]) == expected


@pytest.mark.parametrize(
    ("heading", "plain"),
    [
        ("E-mail 1 - Value", "E-mail"),
        ("E-mail 2 - Type", ""),
        ("Organization 1 - Title", "Organization Title"),
        ("Address 1 - Country", "Address Country"),
        ("Email 1", "Email 1"),
        ("Question 1: Name", "Question 1: Name"),
        ("Contact - Label", "Contact - Label"),
    ],
)
def test_number_and_part_are_removed_from_a_heading(heading, plain):
    assert get_plain_heading(heading) == plain


@pytest.mark.parametrize(
    ("cells", "key"),
    [
        ({"Labels": "Friends ::: NO MAIL ::: * myContacts"}, "person-opted-out"),
        ({"Labels": "Friends ::: No email"}, "person-opted-out"),
        ({"Notes": "Letters please, no e-mails at all"}, "person-opted-out"),
        ({"Notes": "moved abroad, do not write"}, "person-opted-out"),
        ({"Custom_Field_1_Label": "Newsletter", "Custom_Field_1_Value": "no"}, "person-opted-out"),
        ({"Custom_Field_1_Label": "Unsubscribed", "Custom_Field_1_Value": "yes"}, "person-opted-out"),
        ({"Custom_Field_1_Label": "Do not email", "Custom_Field_1_Value": "yes"}, "person-opted-out"),
        ({"Notes": "old - do not use this one"}, "person-bounced"),
        ({"Labels": "Left ::: * myContacts"}, "person-left"),
        ({"Custom_Field_1_Label": "Newsletter", "Custom_Field_1_Value": "yes"}, ""),
        ({"Custom_Field_1_Label": "Vegetarian", "Custom_Field_1_Value": "no"}, ""),
        ({"Custom_Field_1_Label": "Unsubscribed", "Custom_Field_1_Value": "no"}, ""),
        ({"Custom_Field_1_Label": "Unsubscribed", "Custom_Field_1_Value": ""}, ""),
        ({"Labels": "Mail ::: News ::: * starred"}, ""),
        ({"Notes": "do not write in capitals on the badge"}, ""),
    ],
)
def test_refusals_in_an_address_book_are_asked_about(import_rows, cells, key):
    brought = import_rows(write_row(**cells), heading=[*COLUMNS], kind="people")
    assert list_asked_rows(brought) == ({key: [2]} if key else {})


def test_custom_field_is_quoted_with_its_name(import_rows):
    row = write_row(Custom_Field_1_Label="Newsletter", Custom_Field_1_Value="no")
    brought = import_rows(row, heading=[*COLUMNS], kind="people")
    assert "under “Newsletter”: “no”" in str(brought.rows.get().problems)


def test_two_addresses_in_a_cell_are_a_choice(import_rows):
    brought = import_rows(
        write_row(Email_1_Value=f"{ADDRESS} ::: info@quillwort.example"), heading=[*COLUMNS], kind="people"
    )
    assert "info@quillwort.example" in str(brought.rows.get().problems)
    assert not ListEntry.objects.exists()


@pytest.mark.parametrize(
    ("heading", "cell", "is_refused"),
    [
        ("Labels", "NO MAIL", True),
        ("Group Membership", "Press ::: no email ::: * myContacts", True),
        ("Notes", "No mail", True),
        ("Second address", "No email", False),
        ("Priority", "Baja", False),
        ("Etiquetas", "Baja", True),
        ("Notes", "There was no mail from her", False),
    ],
)
def test_tags_that_refuse_emails(heading, cell, is_refused):
    assert refuses_emails(heading, cell) is is_refused


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("Press, radio ::: * myContacts", ["Press, radio", "* myContacts"]),
        ("Press, radio", ["Press", "radio"]),
        ("10:30 and 11:45", ["10:30 and 11:45"]),
    ],
)
def test_three_colons_separate_items(text, items):
    assert split_list_items(text) == items
