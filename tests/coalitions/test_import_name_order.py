"""Names that a file writes with the family name first are stored with the first name first, and a note says so."""

import pytest

from jukwaa.accounts.models import Person
from jukwaa.coalitions.actions import import_ready_rows
from jukwaa.coalitions.imports.contact_names import split_person_name
from jukwaa.coalitions.imports.contact_parsing import find_email_addresses, parse_contact
from jukwaa.coalitions.imports.name_order import put_first_name_first
from jukwaa.coalitions.imports.problems import RowProblems
from tests.factories import AffiliationFactory, OrganisationFactory

MEMBER_HEADINGS = ["Organisation", "Country", "Contact person", "E-mail"]


@pytest.mark.parametrize(
    ("written", "address", "name"),
    [
        ("Muthee-Oloo, Wanjiku", "wanjiku@lindamtoto.example", "Wanjiku Muthee-Oloo"),
        ("Njoh-Mandeng, Ebénézer", "njoh.mandeng@mboa.example", "Ebénézer Njoh-Mandeng"),
        ("Évora Tavares, Nilza", "nilza@morabeza.example", "Nilza Évora Tavares"),
        ("Évora Tavares, Nilza", "n.evora@morabeza.example", "Nilza Évora Tavares"),
        ("d'Alva Bonfim, Edlena", "", "Edlena d'Alva Bonfim"),
        ("Al-Rawahneh, Dr Yousuf", "y.alrawahneh@glccm.example", "Dr Yousuf Al-Rawahneh"),
        ("Dr Al-Rawahneh, Yousuf", "", "Dr Yousuf Al-Rawahneh"),
        ("Al-Qasrawi, Rana (رنا)", "", "Rana Al-Qasrawi (رنا)"),
        ("Seecharan, Col. (ret.) Aldwyn", "aldwyn.seecharan@cbto.example", "Col. (ret.) Aldwyn Seecharan"),
        ("O'Neill, J.", "", "J. O'Neill"),
        ("LOPES, ANA", "ana@lopes.example", "ANA LOPES"),
        ("SILVEIRA Ana", "", "Ana Silveira"),
        ("VAN DER MOLEN Ana Rita", "", "Ana Rita van der Molen"),
        ("Dr O'NEILL Ana", "", "Dr Ana O'Neill"),
        ("Moss, Jordan", "jordan@moss.example", "Jordan Moss"),
        # What stands after the comma may also be something else.
        ("García Pérez, Ana", "", ""),
        ("ANA SILVEIRA", "", ""),
        ("J. Silveira", "", ""),
        ("UNICEF Kenya", "", ""),
        ("CEO Ana Lopes", "", ""),
        ("Ana Lopes, Greenpeace", "ana.lopes@greenpeace.example", ""),
        ("Lopes, Greenpeace", "lopes@greenpeace.example", ""),
        ("Ana Lopes, Child Aid", "", ""),
        ("Lopes, Child Foundation", "", ""),
        ("Otieno, Kenya", "otieno@kijana.example", ""),
        ("Otieno, Director", "otieno@kijana.example", ""),
        ("Moss, Jr", "", ""),
        ("Zhang, PhD", "", ""),
        ("Lopes, CEO", "ceo@lopes.example", ""),
        ("Lopes, UNICEF", "lopes@unicef.example", ""),
        ("Mira, Jad", "mira@arz.example; jad@arz.example", ""),
        ("Moss, Ana, Ben", "", ""),
        ("王伟, 李娜", "", ""),
    ],
)
def test_first_name_is_put_first(written, address, name):
    notes = []
    found = split_person_name(written, notes, find_email_addresses(address))

    assert found.name == (name or written)
    assert notes == ([f"“{written}” will be imported as “{name}”."] if name else [])


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Ana Lopes\nBen Roe", ("Ana Lopes", "Ben Roe")),
        ("Dr Ana Lopes,\nSILVA Rui", ("Dr Ana Lopes", "SILVA Rui")),
        ("Ana Lopes\nHead of Policy", ()),
        ("Ana\nLopes", ()),
        ("Ana Lopes\n+44 20 7946 0000", ()),
    ],
)
def test_people_on_two_lines_are_not_one_person(cell, names):
    problems = RowProblems()
    parse_contact({"contact": cell}, [], problems)

    assert [problem.options for problem in problems] == ([names] if names else [])


@pytest.mark.parametrize("written", ["Owusu, Kofi (Dr)", "Kofi Owusu (Dr)", "OWUSU Kofi (Dr.)"])
def test_title_in_brackets_is_not_part_of_the_name(written):
    assert split_person_name(written, [], ()).name == "Kofi Owusu"


def test_contact_person_is_stored_with_first_name_first(import_rows, coordinator):
    brought = import_rows(
        ["Linda Mtoto", "KE", "Muthee-Oloo, Wanjiku", "wanjiku@lindamtoto.example"], heading=MEMBER_HEADINGS
    )
    assert "“Muthee-Oloo, Wanjiku” will be imported as “Wanjiku Muthee-Oloo”." in brought.rows.get().notes
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)

    assert Person.objects.get(email="wanjiku@lindamtoto.example").name == "Wanjiku Muthee-Oloo"


def test_subscriber_is_stored_with_first_name_first(import_rows, coordinator):
    brought = import_rows(
        ["wanjiku@lindamtoto.example", "Muthee-Oloo, Wanjiku"], heading=["Email", "Full name"], kind="people"
    )
    assert "“Muthee-Oloo, Wanjiku” will be imported as “Wanjiku Muthee-Oloo”." in brought.rows.get().notes
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)

    assert Person.objects.get(email="wanjiku@lindamtoto.example").name == "Wanjiku Muthee-Oloo"


@pytest.mark.parametrize("stored_name", ["Muthee-Oloo, Wanjiku", "Wanjiku Muthee Oloo"])
def test_contact_person_on_record_is_not_another_person(import_rows, coalition, stored_name):
    organisation = OrganisationFactory(coalition=coalition, name="Linda Mtoto")
    AffiliationFactory(organisation=organisation, person__name=stored_name, person__email=None)
    brought = import_rows(["Linda Mtoto", "", "Muthee-Oloo, Wanjiku", ""], heading=MEMBER_HEADINGS)

    assert brought.rows.get().organisation == organisation
    assert not [note for note in brought.rows.get().notes if "another contact person" in note]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Quillwort Mobile SA, Amel Boudiaf", "Amel Boudiaf"),
        ("Yarrow GmbH, Ed van Hume", "Ed van Hume"),
        ("Quillwort Mobile SA, Amel", "Quillwort Mobile SA, Amel"),
        ("Quillwort Mobile SA, Head of Policy", "Quillwort Mobile SA, Head of Policy"),
        ("BEN SA, Amel", "Amel BEN SA"),
        ("Sá, Amel", "Amel Sá"),
    ],
)
def test_company_before_the_comma_is_no_family_name(text, name):
    assert put_first_name_first(text, ["amel.boudiaf@quillwort.example"], []) == name
