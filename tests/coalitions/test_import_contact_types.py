"""Exports of CiviCRM and others with organisations and people in one sheet."""

import pytest

from jukwaa.coalitions.actions import answer_questions_of_import, create_import, import_ready_rows, map_import_columns
from jukwaa.coalitions.imports.fields import guess_column_mapping
from jukwaa.coalitions.models import Affiliation, Membership, Organisation
from jukwaa.core.documents.incoming import ImportedTable

HEADING = [
    *("Internal Contact ID", "Contact Type", "Contact Subtype", "Sort Name", "Display Name", "Nick Name"),
    *("Current Employer", "Job Title", "Email-Primary", "Phone-Primary", "City-Primary", "Country-Primary"),
    *("Preferred Language", "Membership Type", "Membership Status", "Member Since", "Group(s)", "Note(s)"),
]


def build_organisation(name, acronym="", country="Kenya", status="Current", note="", membership="Full"):
    facts = ["1", "Organization", "NGO", name, name, acronym, "", "", "info@office.example", "", "Kisumu", country]
    return [*facts, "en_GB", membership, status, "2019-10-01", "", note]


def build_person(name, employer, email, note="", status="", kind="Individual"):
    facts = ["2", kind, "", f"{name.split()[-1]}, {name.split()[0]}", name, "", employer, "Director", email]
    return [*facts, f"+254 57 555 0{len(email):03}", "", "France", "fr_FR", "", status, "", "Steering Group", note]


ROWS = [
    build_person("Ana Moss", "QT", "ana@quillwort.example"),
    build_organisation("Quillwort Trust", "QT"),
    build_person("Ben Fern", "Quillwort trust", "ben@quillwort.example", "left the charity"),
    build_organisation("Yarrow Network", "YN"),
    build_person("Cleo Reed", "Sedge Institute", "cleo@sedge.example"),
]


@pytest.fixture
def import_export(coalition, coordinator):
    """Import rows below a title, with the numbers that they have in the spreadsheet."""

    def import_rows_below_title(*rows, heading=HEADING, hidden=()):
        width = len(heading)
        table = ImportedTable(
            [["Export", *[""] * (width - 1)], heading, *rows], numbers=(1, 3, *range(4, 4 + len(rows))), hidden=hidden
        )
        brought = create_import(
            actor=coordinator, coalition=coalition, import_kind="members", file_name="export.xlsx", imported_table=table
        )
        return map_import_columns(actor=coordinator, spreadsheet_import=brought, column_mapping=brought.mapping)

    return import_rows_below_title


@pytest.fixture
def answer_all(coordinator):
    def answer_questions(brought, **row_decisions):
        decisions = {"rows": {key.replace("_", "-"): answer for key, answer in row_decisions.items()}}
        answer_questions_of_import(
            actor=coordinator, spreadsheet_import=brought, import_decisions=decisions, answers_by_row={}
        )
        brought.refresh_from_db()

    return answer_questions


def test_organisations_and_people_are_imported_in_one_go(import_export, answer_all, coordinator):
    brought = import_export(*ROWS)

    assert {row.number: row.state for row in brought.rows.all()} == {
        4: "waiting",
        5: "waiting",
        6: "quarantine",
        7: "waiting",
        8: "quarantine",
    }
    answer_all(brought, person_left="no-person", unknown_employer="skip")
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)

    organisations = Organisation.objects.exclude(name="Helpline").order_by("name")
    facts = organisations.values_list("name", "acronym", "country", "languages")
    assert {each[:3] for each in facts} >= {("Quillwort Trust", "QT", "KE"), ("Yarrow Network", "YN", "KE")}
    assert not organisations.filter(name__startswith="Sedge").exists()
    ties = Affiliation.objects.filter(organisation__name="Quillwort Trust")
    assert [(tie.person.name, tie.person.email, tie.position, tie.phone) for tie in ties] == [
        ("Ana Moss", "ana@quillwort.example", "Director", "+254 57 555 0021")
    ]
    assert not Affiliation.objects.filter(person__email="info@office.example").exists()
    membership = Membership.objects.get(organisation__name="Quillwort Trust")
    assert (str(membership.starts_on), membership.standing) == ("2019-10-01", "active")


def test_columns_page_says_what_the_list_has_in_one_sentence(import_export, client, coordinator, build_coalition_url):
    brought = import_export(*ROWS)
    client.force_login(coordinator)
    page = client.get(build_coalition_url("import_map", brought.pk))

    sentence = (
        "This list has organisations and people. We will import the people as contact people of the organisations in"
        " “Current Employer”."
    )
    assert sentence in page.text
    chosen = dict(zip(brought.table[0], brought.mapping, strict=True))
    assert {heading: field for heading, field in chosen.items() if field} == {
        "Contact Subtype": "stakeholder_group",
        "Display Name": "contact",
        "Nick Name": "acronym",
        "Current Employer": "name",
        "Job Title": "position",
        "Email-Primary": "email",
        "Phone-Primary": "phone",
        "Country-Primary": "country",
        "Preferred Language": "languages",
        "Membership Status": "standing",
        "Member Since": "since",
    }


def test_person_of_unknown_organisation_is_asked_about(import_export, answer_all):
    brought = import_export(*ROWS)

    assert brought.rows.get(number=8).reason == (
        "“Sedge Institute” is not in the list as an organisation. Choose whether to import this row, and how."
    )
    answer_all(brought, unknown_employer="known")
    assert brought.rows.get(number=8).state == "waiting"


def test_person_without_organisation_is_asked_about(import_export):
    brought = import_export(*ROWS, build_person("Dan Wold", "", "dan@wold.example", kind="Household"))

    assert brought.rows.get(number=9).reason.startswith("Enter the name of the organisation. This row has no name.")


def test_remarks_about_an_organisation_hold_for_its_people(import_export, answer_all, coordinator):
    brought = import_export(
        build_person("Ana Moss", "TB", "ana@tb.example"),
        build_organisation("Toile Bleue", "TB", note="asbl dissoute"),
        build_person("Ben Fern", "Observer Office", "ben@observer.example"),
        build_organisation("Observer Office", "OO", membership="Observador"),
        build_organisation("Yarrow Network", "YN"),
    )

    assert {row.number for row in brought.rows.filter(state="quarantine")} == {4, 5, 6, 7}
    assert brought.rows.get(number=4).reason.startswith("The row says under “Note(s) (organisation)”: “asbl dissoute”.")
    answer_all(brought, says_left="skip", says_observer="observer")
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)

    assert not Organisation.objects.filter(name="Toile Bleue").exists()
    assert Membership.objects.get(organisation__name="Observer Office").standing == "observer"


def test_hidden_column_stays_hidden(import_export):
    brought = import_export(*ROWS, heading=[*HEADING[:-1], "Phone"], hidden=(17,))

    assert brought.row_looks["hidden"] == [17]
    assert brought.mapping[17] == ""


@pytest.mark.parametrize(
    ("heading", "types"),
    [
        (["Type de contact", "Nom affiché", "Employeur", "Courriel"], ("Organisme", "Individu")),
        (["Tipo de contacto", "Nombre", "Organización", "Correo"], ("Organización", "Persona")),
        (["Tipo", "Nome", "Empresa", "Email"], ("Organização", "Pessoa")),
        (["Record type", "Name", "Company", "Email"], ("Company", "Contact")),
        (["نوع", "الاسم", "المنظمة", "البريد الالكتروني"], ("منظمة", "فرد")),
    ],
)
def test_types_of_contacts_are_recognised_in_several_languages(import_export, heading, types):
    rows = [
        [types[0], "Quillwort Trust", "", "info@quillwort.example"],
        [types[1], "Ana Moss", "Quillwort Trust", "ana@quillwort.example"],
    ]
    brought = import_export(*rows, heading=heading)

    assert [(row.get("name"), row.get("contact"), row.get("email")) for row in brought.rows.all()] == [
        ("Quillwort Trust", "", ""),
        ("Quillwort Trust", "Ana Moss", "ana@quillwort.example"),
    ]


@pytest.mark.parametrize(
    ("heading", "rows"),
    [
        (
            ["Organisation", "Type", "Contact person"],
            [["Quillwort", "Organisation", "Ana Moss"], ["Yarrow", "Individual", "Ben Fern"]],
        ),
        (
            ["Name", "Type of member", "Organisation"],
            [["Ana Moss", "Organisation", "Quillwort"], ["Ben Fern", "Individual", "Yarrow"]],
        ),
        (["Name", "Type", "Country"], [["Quillwort", "Organisation", "Kenya"], ["Ben Fern", "Individual", "Kenya"]]),
        (["Name", "Type", "Company"], [["Ana Moss", "Individual", "Quillwort"], ["Ben Fern", "Individual", "Yarrow"]]),
    ],
)
def test_other_lists_stay_as_they_are(import_export, heading, rows):
    brought = import_export(*rows, heading=heading)

    assert brought.table == [heading, *rows]


def test_sort_name_and_groups_are_not_guessed():
    assert guess_column_mapping(["Organization Name", "Sort Name", "Group(s)", "Groups", "Region"], "members") == [
        *("name", "", "", "", "regional_group")
    ]
