"""Organisations that share an address, a telephone number or an earlier name: are they the same one?"""

import pytest

from jukwaa.coalitions.actions import RowAnswers, answer_questions_of_import, import_ready_rows
from jukwaa.coalitions.imports.row_names import OrganisationNamesInFile
from jukwaa.coalitions.imports.shared_contacts import get_contact_keys
from jukwaa.coalitions.models import ImportRow, Organisation, OrganisationName
from tests.factories import AffiliationFactory

COLUMN_HEADINGS = ["Name", "Country", "E-mail", "Phone"]
COUNTRIES = ["Chile", "Peru", "Fiji", "Togo"]


def find_earlier_row_number(*texts):
    rows = [
        ImportRow(number=number, cells=dict(zip(("name", "country", "email", "phone"), text.split("|"), strict=True)))
        for number, text in enumerate(texts, start=2)
    ]
    names = OrganisationNamesInFile(rows)
    for row in rows[:-1]:
        names.add(row)
    found = names.find_earlier_row(rows[-1])
    return found and (found.number, found.is_certain)


@pytest.mark.parametrize(
    ("earlier", "later", "is_asked"),
    [
        ("Pebble|Kenya|deniz@p.example|905000000577", "KidNest|Ghana|hello@k.example|+90 500 000 05 77", True),
        ("Quillwort|Kenya|ana@mail.example|", "Sorrel|Chile|Ana@mail.example|", True),
        ("Quillwort|Kenya|ana@gmail.com|", "Sorrel|Chile|ana@gmail.com|", True),
        ("Quillwort|Kenya|ana@gmail.com|", "Sorrel|Chile|eva@gmail.com|", False),
        ("Quillwort|Kenya|info@umbrella.example|", "Sorrel|Chile|info@umbrella.example|", False),
        ("Quillwort|Kenya||+44 20 7946 0001", "Sorrel|Chile||+44 20 7946 0002", False),
        ("Quillwort|Kenya||n/a 123", "Sorrel|Chile||n/a 123", False),
        ("Pebble & Co|Kenya||", "KidNest Labs (formerly Pebble & Co)|Ghana||", True),
        ("Pebble & Co|Kenya||", "KidNest Labs (ex Pebble & Co)|Ghana||", True),
        ("Pebble & Co|Kenya||", "KidNest Labs (near Pebble & Co)|Ghana||", False),
        ("Papalote y Pantalla|||", "ídem — capítulo Oaxaca|||", True),
        ("Papalote y Pantalla|||", "Idemitsu Foundation|||", False),
        ("Fil & Cerf-Volant|Togo|a@fcv.example|", "Fil & Cerf-Volant - bureau|Senegal|b@fcv.example|", True),
        ("Child Helpline Kenya|Kenya|a@x.example|", "Child Helpline Ghana|Ghana|b@x.example|", False),
    ],
)
def test_shared_contact_or_earlier_name_makes_a_row_doubtful(earlier, later, is_asked):
    assert find_earlier_row_number(earlier, later) == ((2, False) if is_asked else None)


def test_address_of_whoever_filled_in_the_list_is_not_asked_about():
    rows = [f"{name}|{country}|ana@x.example|" for name, country in zip("PQRS", COUNTRIES, strict=True)]

    assert find_earlier_row_number(*rows[:2]) == (2, False)
    assert find_earlier_row_number(*rows) is None


def test_digits_of_any_script_are_one_number():
    assert get_contact_keys("", "٠٠٩٦٢٧٩٠٠٠٠١٥٥") == get_contact_keys("", "+962 7 9000 0155") == {"962790000155"}
    assert get_contact_keys("", "+31 (0)6 0000 2218 / 22790000622") == {"31600002218", "22790000622"}


@pytest.fixture
def telemira(coalition):
    return AffiliationFactory(
        organisation__coalition=coalition,
        organisation__name="TeleMira S.A.",
        organisation__country="PE",
        person__name="Rosa Huamantica",
        person__email="rosa@telemira.example",
        phone="+51 900 000 765",
    ).organisation


@pytest.mark.parametrize(
    ("cells", "is_asked"),
    [
        (["TM Movistar", "", "Rosa@telemira.example", ""], True),
        (["TM Movistar", "Chile", "other@tm.example", "51900000765"], True),
        (["TM Movistar", "Chile", "other@tm.example", "51900000766"], False),
        (["TM Movistar", "Chile", "other@telemira.example", ""], False),
    ],
)
def test_contact_of_the_directory_is_asked_about_in_any_country(import_rows, telemira, cells, is_asked):
    row = import_rows(cells, heading=COLUMN_HEADINGS).rows.get()

    assert row.reason == (
        "The directory already has “TeleMira S.A.”. Its contact person has the same email address or phone number."
        if is_asked
        else ""
    )


def test_same_contact_is_not_answered_with_all_similar_names(import_rows, telemira, coordinator):
    brought = import_rows(["TM Movistar", "", "rosa@telemira.example", ""], heading=COLUMN_HEADINGS)
    decisions = {"rows": {"similar": "new"}}
    answer_questions_of_import(
        actor=coordinator, spreadsheet_import=brought, import_decisions=decisions, answers_by_row={}
    )
    row = brought.rows.get()
    assert row.state == "quarantine"

    answers = {row.pk: RowAnswers(same=f"org-{telemira.pk}")}
    answer_questions_of_import(
        actor=coordinator, spreadsheet_import=brought, import_decisions={}, answers_by_row=answers
    )
    brought.refresh_from_db()
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)
    assert list(Organisation.objects.values_list("name", flat=True)) == ["TeleMira S.A."]


@pytest.mark.parametrize(
    ("later_name", "name", "former_names"),
    [
        ("KidNest Labs (formerly Pebble & Co)", "KidNest Labs", ["Pebble & Co"]),
        ("Pebble & Company", "Pebble & Co", ["Pebble & Company"]),
    ],
)
def test_newer_name_of_combined_rows_becomes_current_name(import_rows, coordinator, later_name, name, former_names):
    brought = import_rows(["Pebble & Co", "Kenya", "", ""], [later_name, "Kenya", "", ""], heading=COLUMN_HEADINGS)
    answers = {brought.rows.get(number=3).pk: RowAnswers(same="row-2")}
    answer_questions_of_import(
        actor=coordinator, spreadsheet_import=brought, import_decisions={}, answers_by_row=answers
    )
    brought.refresh_from_db()
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)

    organisation = Organisation.objects.get()
    assert organisation.name == name
    assert [each.name for each in OrganisationName.objects.filter(organisation=organisation)] == former_names
