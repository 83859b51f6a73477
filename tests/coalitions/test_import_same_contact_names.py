"""Rows that may be about one organisation: a country in brackets, or a contact person of the same name."""

import pytest

from jukwaa.coalitions.imports.row_names import OrganisationNamesInFile
from jukwaa.coalitions.models import ImportRow
from tests.factories import AffiliationFactory

MEMBER_HEADINGS = ["Organisation", "Country", "Contact person", "E-mail"]


def find_earlier_row(first, second):
    rows = [
        ImportRow(number=number, cells=dict(zip(("name", "country", "contact", "email"), text.split("|"), strict=True)))
        for number, text in enumerate([first, second], start=2)
    ]
    names = OrganisationNamesInFile(rows)
    names.add(rows[0])
    found = names.find_earlier_row(rows[1])
    return found and (found.number, found.is_certain)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Linha Morabeza|Cabo Verde||", "Linha Morabeza (Cap-Vert)|Cap Vert||"),
        ("Linha Morabeza (Cap-Vert)|||", "Linha Morabeza|Cabo Verde||"),
        ("Linha Morabeza de Apoio|Cabo Verde||", "Linha Morabeza (Cabo Verde)|Cabo Verde||"),
        ("Morabeza (CV)|Cabo Verde||", "Linha Morabeza de Apoio|Cabo Verde||"),
    ],
)
def test_name_with_country_in_brackets_is_asked_about(first, second):
    assert find_earlier_row(first, second) == (2, False)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Red Farolito|Mexico||", "Red Farolito (Guatemala)|Guatemala||"),
        ("Red Farolito (Mexico)|Mexico||", "Red Farolito (Guatemala)|Guatemala||"),
        ("Ministry of Health|Ghana||", "Ministry (Ghana)|Ghana||"),
        ("Quillwort Trust|Ghana||", "Sorrel (Ghana)|Ghana||"),
    ],
)
def test_name_with_another_country_in_brackets_is_another_organisation(first, second):
    assert find_earlier_row(first, second) is None


@pytest.mark.parametrize(
    ("first_name", "second_name", "is_asked"),
    [
        ("Nilza Évora Tavares", "Nilza Evora", True),
        ("Évora Tavares, Nilza", "NILZA ÉVORA TAVARES", True),
        ("Maria Nilza Evora", "Nilza Evora", True),
        ("Nilza Evora", "Dr Maria Nilza Evora", True),
        ("Head of Policy", "Head of Policy", False),
        ("Nilza", "Nilza", False),
        ("Nilza Évora", "Nilza Tavares", False),
        ("", "", False),
    ],
)
def test_contact_person_of_same_name_in_one_country_is_asked_about(first_name, second_name, is_asked):
    first, second = f"Quillwort|Ghana|{first_name}|n@q.example", f"Sorrel|Ghana|{second_name}|n@mailbox.example"

    assert find_earlier_row(first, second) == ((2, False) if is_asked else None)
    assert find_earlier_row(first, second.replace("Ghana", "Kenya")) is None


def test_contact_person_of_same_name_in_the_directory_is_asked_about(import_rows, coalition):
    AffiliationFactory(
        organisation__coalition=coalition,
        organisation__name="Quillwort",
        organisation__country="GH",
        person__name="Nilza Évora Tavares",
    )
    brought = import_rows(["Sorrel", "Ghana", "Evora Tavares, Nilza", "n@mailbox.example"], heading=MEMBER_HEADINGS)

    assert brought.rows.get().reason == (
        "The directory already has “Quillwort”. The contact person has the same name, or an email address at the same"
        " domain."
    )


def test_person_who_is_contact_of_many_organisations_is_not_asked_about():
    rows = [
        ImportRow(number=number, cells={"name": name, "country": "Ghana", "contact": "Ana Paz", "email": ""})
        for number, name in enumerate(["Quillwort", "Sorrel", "Yarrow", "Tansy"], start=2)
    ]
    names = OrganisationNamesInFile(rows)
    for row in rows[:3]:
        names.add(row)

    assert names.find_earlier_row(rows[3]) is None
