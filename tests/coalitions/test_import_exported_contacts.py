"""Exports of contacts: rows that go on in the next one, names that begin with an organisation, archived contacts."""

import pytest

from jukwaa.coalitions.imports.email_wishes import limits_emails, says_opted_out
from jukwaa.coalitions.imports.exported_contacts import remove_organisation_from_name
from jukwaa.coalitions.imports.questions import find_import_questions

HEADINGS = [
    "ID",
    "Display Name",
    "Is a Company",
    "Related Company/Display Name",
    "Email",
    "Tags/Display Name",
    "Active",
]
QUILLWORT = ["1", "Quillwort, Ana Vidal", "False", "Quillwort", "ana@quillwort.example", "Member contact", "True"]
YARROW = ["2", "Yarrow SA, Ed Hume", "False", "Yarrow SA", "ed@yarrow.example", "Press", "True"]


def tag(text):
    return ["", "", "", "", "", text, ""]


def list_questions(brought):
    return {question.key: question.numbers for question in find_import_questions(brought).columns}


@pytest.mark.parametrize(
    ("kind", "name_field", "organisation_field"),
    [
        ("people", "person", "organisation"),
        ("members", "contact", "name"),
    ],
)
def test_organisation_before_the_name_is_removed(import_rows, kind, name_field, organisation_field):
    company = ["3", "Fennel Trust", "True", "", "info@fennel.example", "", "True"]
    alone = ["4", "Odette Marsh", "False", "", "odette@marsh.example", "", "True"]
    brought = import_rows(QUILLWORT, YARROW, company, alone, heading=HEADINGS, kind=kind)

    rows = brought.rows.order_by("number")
    assert [(row.get(name_field), row.get(organisation_field)) for row in rows] == [
        ("Ana Vidal", "Quillwort"),
        ("Ed Hume", "Yarrow SA"),
        ("", "Fennel Trust"),
        ("Odette Marsh", ""),
    ]


@pytest.mark.parametrize(
    ("name", "organisation", "rest"),
    [
        ("Quillwort, Ana Vidal", "Quillwort", "Ana Vidal"),
        ("QUILLWORT , Ana Vidal", "Quillwort", "Ana Vidal"),
        ("Ministry (MoC), Kenya, Ana Vidal", "Ministry (MoC), Kenya", "Ana Vidal"),
        ("Vidal, Ana", "Quillwort", "Vidal, Ana"),
        ("Quillwort Trust, Ana Vidal", "Quillwort", "Quillwort Trust, Ana Vidal"),
        ("Quillwort", "Quillwort", "Quillwort"),
        ("Quillwort,", "Quillwort", "Quillwort,"),
        ("Ana Vidal", "", "Ana Vidal"),
    ],
)
def test_only_the_organisation_of_the_row_is_removed(name, organisation, rest):
    assert remove_organisation_from_name(name, organisation) == rest


def test_family_name_first_stays_a_name(import_rows):
    brought = import_rows(
        ["Vidal, Ana", "Quillwort", "ana@quillwort.example"],
        ["Hume, Ed", "Yarrow", "ed@yarrow.example"],
        heading=["Name", "Company Name", "Email"],
        kind="people",
    )
    assert [row.get("person") for row in brought.rows.order_by("number")] == ["Vidal, Ana", "Hume, Ed"]


def test_place_that_begins_with_its_country_is_no_name(import_rows):
    brought = import_rows(
        ["Quillwort", "Kenya", "Kenya, Nairobi"],
        ["Yarrow", "Ghana", "Ghana, Accra"],
        heading=["Organisation", "Country", "Location"],
    )
    assert brought.mapping[:2] == ["name", "country"]
    assert [row.get("name") for row in brought.rows.order_by("number")] == ["Quillwort", "Yarrow"]


def test_row_with_nothing_but_a_tag_belongs_to_the_row_above(import_rows):
    brought = import_rows(QUILLWORT, tag("Steering Group"), tag("DO NOT MAIL"), YARROW, heading=HEADINGS, kind="people")

    assert list(brought.rows.order_by("number").values_list("number", flat=True)) == [2, 5]
    assert brought.row_numbers == [1, 2, 5]
    assert list_questions(brought) == {"person-opted-out": [2]}
    assert "“Member contact; Steering Group; DO NOT MAIL”" in brought.rows.get(number=2).reason


def test_row_with_a_tag_and_an_address_is_a_row_of_its_own(import_rows):
    other = ["", "", "", "", "ed@yarrow.example", "DO NOT MAIL", ""]
    brought = import_rows(QUILLWORT, other, heading=HEADINGS, kind="people")

    assert list_questions(brought) == {"person-opted-out": [3]}


def test_title_above_a_section_is_no_tag(import_rows):
    brought = import_rows(["Africa"], ["Quillwort", "Kenya"], heading=["Organisation", "Country", "Tags"])
    assert brought.row_numbers == [1, 2, 3]


@pytest.mark.parametrize("kind", ["people", "members"])
@pytest.mark.parametrize(
    ("column", "text", "key"),
    [
        ("Active", "False", "person-deleted"),
        ("Active", "No", "person-deleted"),
        ("Active", "True", ""),
        ("Active", "", ""),
        ("Notes", "active since May", ""),
        ("Notes", "Only via the official mailbox office@quillwort.example (her request)", "person-opted-out"),
        ("Notes", "<p>wants no surveys, phone only</p>", "person-opted-out"),
        ("Notes", "<p>press only, NOT members mailing</p>", "person-opted-out"),
        ("Tags", "DO NOT MAIL", "person-opted-out"),
        ("Tags", "Press; Board", ""),
    ],
)
def test_archived_and_limited_contacts_are_asked_about(import_rows, kind, column, text, key):
    brought = import_rows(
        ["Ana Vidal", "Quillwort", "ana@quillwort.example", text],
        ["Ed Hume", "Yarrow", "ed@yarrow.example", "yes" if column == "Active" else ""],
        heading=["Contact person", "Organisation", "Email", column],
        kind=kind,
    )
    keys = {each: numbers for each, numbers in list_questions(brought).items() if each.startswith("person-")}
    assert keys == ({key: [2]} if key else {})


@pytest.mark.parametrize(
    ("text", "is_asked"),
    [("Former member", True), ("Press; ancien membre", True), ("Member contact", False), ("Formerly in Lomé", False)],
)
def test_former_member_among_subscribers_is_asked_about(import_rows, text, is_asked):
    brought = import_rows(
        ["Ana Vidal", "ana@quillwort.example", text], heading=["Name", "Email", "Tags"], kind="people"
    )
    assert list_questions(brought) == ({"person-left": [2]} if is_asked else {})


@pytest.mark.parametrize(
    "text",
    [
        "only via the office",
        "phone only",
        "only by phone",
        "uniquement par téléphone",
        "solo por teléfono",
        "apenas por telefone",
        "not on the mailing list",
        "not for the newsletter",
        "NOT members mailing",
    ],
)
def test_limits_to_emails_are_known(text):
    assert limits_emails(text)


@pytest.mark.parametrize(
    "text",
    [
        "the only office in Kenya",
        "not the mailing address",
        "did not open the newsletter",
        "phone: only mornings",
        "only 2 staff",
        "not yet on the mailing list",
        "member of the newsletter team",
    ],
)
def test_other_remarks_are_no_limits_to_emails(text):
    assert not limits_emails(text)
    assert not says_opted_out(text)
