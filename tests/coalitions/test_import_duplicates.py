"""Rows of a file that may be about one organisation: by acronym, by address, or because the coordinator says so."""

import pytest

from jukwaa.coalitions.actions import RowAnswers, answer_questions_of_import, import_ready_rows
from jukwaa.coalitions.imports.row_names import OrganisationNamesInFile
from jukwaa.coalitions.models import ImportRow, Organisation
from tests.coalitions.test_import_questions import list_row_states
from tests.factories import AffiliationFactory

COLUMN_HEADINGS = ["Name", "Acronym", "Country", "E-mail"]


@pytest.mark.parametrize(
    ("first_row", "second_row", "is_same_person"),
    [
        ("Instituto Capivara|ICAP|Brazil/Portugal|", "Inst. Capivara (ICAP)||Brazil|", True),
        ("Parasol Group|PTG|Germany / EU|", "Parasol Telecom|PTG|Germany|", True),
        ("Réseau Pipistrelle pour l'enfance|RPEC|Senegal|", "RPEC - Réseau Pipistrelle||Senegal|", True),
        ("Cocoapod Net|CSN|Ghana|", "Civic Screens|CSN|Nepal|", False),
        ("Baobab|||ibou@baobab.example", "Baobab Dakar|||Ibou@Baobab.example", True),
        ("Baobab|||office@umbrella.example", "Kilimanjaro|||office@umbrella.example", False),
        ("Child Helpline Kenya|||a@x.example", "Child Helpline Ghana|||b@x.example", False),
    ],
)
def test_acronym_or_address_makes_a_row_doubtful(first_row, second_row, is_same_person):
    rows = [
        ImportRow(number=number, cells=dict(zip(("name", "acronym", "country", "email"), text.split("|"), strict=True)))
        for number, text in enumerate([first_row, second_row], start=2)
    ]
    names = OrganisationNamesInFile(rows)
    names.add(rows[0])
    found = names.find_earlier_row(rows[1])

    assert (found and (found.number, found.is_certain)) == ((2, False) if is_same_person else None)


def test_question_names_the_earlier_organisation(import_rows):
    brought = import_rows(["Baobab", "BB", "Senegal"], ["Baobab Dakar", "BB", "Senegal"], heading=COLUMN_HEADINGS)

    assert brought.rows.get(number=3).reason == ("This may be “Baobab” in row 2.")


def test_preview_says_that_known_organisation_gets_another_contact_person(import_rows, coalition):
    there = AffiliationFactory(
        organisation__coalition=coalition, organisation__name="Quillwort", person__name="Harriet Plumbley"
    )
    rows = [["Quillwort", "", "", "Desmond@q.example"], ["Quillwort", "", "", there.person.email.upper()]]
    noted = [import_rows(row, heading=COLUMN_HEADINGS).rows.get().notes for row in rows]

    assert [[said.partition(". If")[0] for said in notes] for notes in noted] == [
        ["desmond@q.example will be added to this organisation as another contact person"],
        [],
    ]


def test_coordinator_combines_rows_by_hand(import_rows, client, build_coalition_url, coordinator):
    brought = import_rows(
        ["Ministry of Digital Affairs", "", "Kenya"], ["Child Unit", "", "Kenya"], heading=COLUMN_HEADINGS
    )
    row = brought.rows.get(number=3)
    client.force_login(coordinator)
    url = build_coalition_url("import_row", brought.pk, row.pk)
    later = client.post(url, {"name": "Child Unit", "same_as": "3"})
    saved = client.post(url, {"name": "Child Unit", "acronym": "CU", "same_as": "2"})
    form = client.get(url).context["form"]
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)

    assert "Enter the number of an earlier row that will be imported." in later.text
    assert (saved.status_code, form["same_as"].value()) == (302, 2)
    assert list(Organisation.objects.values_list("name", "acronym")) == [("Ministry of Digital Affairs", "CU")]


def test_renamed_row_is_no_longer_combined(import_rows, client, build_coalition_url, coordinator):
    brought = import_rows(
        ["Ministry of Digital Affairs", "", "Kenya"], ["Child Unit", "", "Kenya"], heading=COLUMN_HEADINGS
    )
    row = brought.rows.get(number=3)
    client.force_login(coordinator)
    url = build_coalition_url("import_row", brought.pk, row.pk)
    client.post(url, {"name": "Child Unit", "same_as": "2"})
    client.post(url, {"name": "Child Agency", "same_as": "2"})
    row.refresh_from_db()

    assert (row.is_combined, list_row_states(brought)) == (False, ["waiting", "waiting"])


@pytest.mark.parametrize("is_office_first", [True, False])
def test_organisation_has_name_and_country_of_the_row_without_a_country_in_brackets(
    import_rows, coordinator, is_office_first
):
    rows = [["Red Farolito (Guatemala)", "", "Guatemala"], ["Red Farolito", "", "Mexico"]]
    brought = import_rows(*(rows if is_office_first else rows[::-1]), heading=COLUMN_HEADINGS)
    answers = {brought.rows.get(number=3).pk: RowAnswers(same="row-2")}
    answer_questions_of_import(
        actor=coordinator, spreadsheet_import=brought, import_decisions={}, answers_by_row=answers
    )
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)

    assert list(Organisation.objects.values_list("name", "country")) == [("Red Farolito", "MX")]


@pytest.mark.parametrize(("country", "expected"), [("Regional", ""), ("", "ET"), ("-", "ET"), ("Kenya", "KE")])
def test_combined_row_gives_no_country_to_a_regional_organisation(
    import_rows, coordinator, client, build_coalition_url, country, expected
):
    brought = import_rows(
        ["Quillwort Cooperative", country, ""],
        ["Quillwort Cooperative", "Ethiopia", ""],
        heading=["Organisation", "Country", "Website"],
    )
    decisions = {"rows": {"repeated": "combine"}}
    answer_questions_of_import(
        actor=coordinator, spreadsheet_import=brought, import_decisions=decisions, answers_by_row={}
    )
    brought.refresh_from_db()
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)

    assert Organisation.objects.get().country == expected
