"""Columns and days of an imported spreadsheet."""

from datetime import date

import pytest

from jukwaa.coalitions.actions import create_import
from jukwaa.coalitions.imports.dates import InvalidDateError, parse_date
from jukwaa.coalitions.imports.fields import find_heading_row, guess_column_mapping, score_sheet_rows
from jukwaa.coalitions.imports.row_kinds import describe_extra_row
from jukwaa.coalitions.imports.vocabulary import find_stakeholder_group
from jukwaa.core.documents.incoming import ImportedTable, read_table_file
from tests.coalitions.messy_spreadsheets import (
    build_arabic_workbook,
    build_english_workbook,
    build_french_csv,
    build_spanish_workbook,
)

CONTACT_COLUMNS = ["name", "stakeholder_group", "country", "since", "contact", "position", "email", "phone"]


@pytest.mark.parametrize(
    "column_headings",
    [
        ["Organization name", "Country", "Member since", "Web site"],
        ["Nom de l'organisation", "Pays", "Membre depuis", "Site web"],
        ["Organización", "País", "Miembro desde", "Sitio web"],
        ["Organisation", "Land", "Mitglied seit", "Webseite"],
        ["المنظمة", "البلد", "عضو منذ", "الموقع"],
        ["Organistion", "COUNTRY:", "Date joined", "URL"],
    ],
)
def test_columns_are_guessed_from_headings_in_any_language(column_headings):
    assert guess_column_mapping(column_headings, "members") == ["name", "country", "since", "website"]


@pytest.mark.parametrize(
    ("written_date", "parsed_day"),
    [
        ("2009-11-27", date(2009, 11, 27)),
        ("2009-11-27 00:00:00", date(2009, 11, 27)),
        ("24.10.2013", date(2013, 10, 24)),
        ("03.04.2013", date(2013, 4, 3)),
        ("10/24/2013", date(2013, 10, 24)),
        ("24/10/2013", date(2013, 10, 24)),
        ("05/05/2013", date(2013, 5, 5)),
        ("27 November 2009", date(2009, 11, 27)),
        ("November 27th, 2009", date(2009, 11, 27)),
        ("27 de noviembre de 2009", date(2009, 11, 27)),
        ("1er août 2012", date(2012, 8, 1)),
        ("Nov. 2009", date(2009, 11, 1)),
        ("11/2009", date(2009, 11, 1)),
        ("2009", date(2009, 1, 1)),
    ],
)
def test_common_date_formats_are_parsed(written_date, parsed_day):
    assert parse_date(written_date).day == parsed_day


@pytest.mark.parametrize(
    "written_date", ["03/04/2013", "12/11/13", "30 February 2010", "0000", "yesterday", "2009 2010", "99999"]
)
def test_ambiguous_or_invalid_date_is_not_guessed(written_date):
    with pytest.raises(InvalidDateError):
        parse_date(written_date)


@pytest.mark.parametrize(
    "column_headings",
    [
        ["Organization", "Type of actor", "Country (HQ)", "Year joined", "Focal point", "Job title", "E-mail", "Tel."],
        [
            *("Nom de l'organisation", "Type d'acteur", "Pays", "Adhésion depuis"),
            *("Personne de contact", "Fonction", "Courriel", "Téléphone"),
        ],
        [
            *("Organización", "Tipo de actor", "País", "Miembro desde"),
            *("Persona de contacto", "Cargo", "Correo electrónico", "Teléfono"),
        ],
        ["Organização", "Tipo de ator", "País", "Membro desde", "Pessoa de contacto", "Função", "E-mail", "Telefone"],
        [
            *("اسم المنظمة", "نوع الجهة", "الدولة", "تاريخ الانضمام"),
            *("جهة الاتصال", "المنصب", "البريد الإلكتروني", "الهاتف"),
        ],
        [
            *("Organisation / Nom", "Type d'acteur / Type of actor", "Pays/Country", "Adhésion (date)"),
            *("Contact", "Fonction - Title", "E-mail*", "Tél."),
        ],
    ],
)
def test_contact_columns_are_guessed_in_five_languages(column_headings):
    assert guess_column_mapping(column_headings, "members") == CONTACT_COLUMNS


def test_address_columns_are_recognised_by_their_cells():
    rows = [["One", "12 Main Street", "a@x.example", "www.x.example"], ["Two", "", "b@x.example", "https://y.example"]]

    assert guess_column_mapping(["Name", "Address", "Reach", "More"], "members", rows) == [
        "name",
        "",
        "email",
        "website",
    ]


@pytest.mark.parametrize(
    ("file_content", "file_name", "sheet_name", "heading_row"),
    [
        (build_english_workbook(), "members.xlsx", "Members 2026", 4),
        (build_french_csv(), "membres.csv", "", 3),
        (build_arabic_workbook(), "members.xlsx", "الأعضاء", 3),
        (build_spanish_workbook(), "miembros.xlsx", "Miembros", 2),
    ],
)
def test_heading_is_found_below_titles(file_content, file_name, sheet_name, heading_row):
    table = read_table_file(file_content, file_name, score_rows=score_sheet_rows)
    place, _cells = find_heading_row(table.rows, "members")

    assert (table.sheet, table.numbers[place]) == (sheet_name, heading_row)


@pytest.mark.parametrize(
    ("table_row", "is_extra_row"),
    [
        (["Total", "", "42"], True),
        (["Total members: 42", "", ""], True),
        (["42 organisations", "", ""], True),
        (["المجموع", "3", ""], True),
        (["", "", "17"], True),
        (["Africa", "", ""], True),
        (["Source: secretariat", "", ""], True),
        (["* observers", "", ""], True),
        (["Name", "Country", "Joined"], True),
        (["Total", "France", "2009"], False),
        (["5Rights Foundation", "", ""], False),
        (["Childnet", "", ""], False),
        (["Africa Online", "", "2009"], False),
        (["green = confirmed for 2024", "", ""], True),
        (["Still missing: the form of Childnet", "", ""], True),
        (["Please do NOT forward this file!", "", ""], True),
        (["Yahoo!", "", ""], False),
        (["Plan: Kenya", "", ""], False),
    ],
)
def test_rows_about_no_member_are_recognised(table_row, is_extra_row):
    why = describe_extra_row(table_row, ["Name", "Country", "Joined"], ["name", "country", "since"])

    assert bool(why) == is_extra_row


def test_rows_below_the_total_are_remarks(import_rows):
    """A list may have subtotals: what follows them are members again."""
    rows = [["One", "", "Kenya"], ["Total", "1"], ["Two", "", "Ghana"], ["Total", "2"], ["blue observer"], ["see plan"]]

    assert [row.state for row in import_rows(*rows).rows.all()] == [
        "waiting",
        "left-out",
        "waiting",
        *["left-out"] * 3,
    ]


@pytest.mark.parametrize(
    ("written_date", "date_order", "parsed_day"),
    [
        ("03/04/2013", "day", date(2013, 4, 3)),
        ("03/04/2013", "month", date(2013, 3, 4)),
        ("10/24/2013", "day", date(2013, 10, 24)),
        ("12-11-13", "day", date(2013, 11, 12)),
        ("27/11/09", "", date(2009, 11, 27)),
        ("40144", "", date(2009, 11, 27)),
        ("since 2009", "", date(2009, 1, 1)),
    ],
)
def test_order_of_day_and_month_is_decided_for_the_column(written_date, date_order, parsed_day):
    assert parse_date(written_date, date_order).day == parsed_day


@pytest.mark.parametrize(
    ("written_date", "partial_date"), [("2009", "2009"), ("Nov 2009", "2009-11"), ("27.11.2009", "2009-11-27")]
)
def test_date_is_as_precise_as_it_was_written(written_date, partial_date):
    assert parse_date(written_date).partial_date.isoformat() == partial_date


@pytest.mark.parametrize(
    ("title", "columns"),
    [
        ("Pessoa de contacto", ["Nome", "Cargo", "E-mail"]),
        ("Contact person", ["Name", "Position", "Email"]),
        ("Personne de contact", ["Nom", "Fonction", "Courriel"]),
        ("Persona de contacto", ["Nombre", "Cargo", "Correo electrónico"]),
        ("جهة الاتصال", ["الاسم", "المنصب", "البريد الإلكتروني"]),
        ("Focal points", ["Name", "Title", "E-mail"]),
    ],
)
def test_name_below_a_title_about_contacts_is_that_of_the_person(title, columns):
    rows = [
        ["Organização", "País", title, "", ""],
        ["Organização", "País", *columns],
        ["Rede Miúdos", "Moçambique", "Amélia Cossa", "Directora", "amelia@redemiudos.example"],
    ]
    place, headings = find_heading_row(rows, "members")

    assert (place, headings[2]) == (1, f"{title} {columns[0]}")
    assert guess_column_mapping(headings, "members", rows[2:]) == ["name", "country", "contact", "position", "email"]


@pytest.mark.parametrize(
    ("sheet", "title", "heading", "limit"),
    [
        (
            "List",
            "Lista (Ivo)  – NÃO PARTILHAR FORA DA SEDE",
            "Tel.",
            "NÃO PARTILHAR FORA DA SEDE",
        ),
        ("List", "", "Phone (do not share!)", "Phone (do not share!)"),
        ("Ne pas diffuser", "", "Téléphone", "Ne pas diffuser"),
        ("List", "Solo para uso interno. No difundir", "Teléfono", "No difundir"),
        ("List", "يرجى عدم المشاركة", "الهاتف", "يرجى عدم المشاركة"),
        ("List", "Members of the coalition", "Phone", ""),
    ],
)
def test_phone_numbers_that_are_not_to_be_shared_are_imported_only_by_choice(
    coalition, coordinator, sheet, title, heading, limit
):
    rows = [[title, "", ""], ["Organisation", "Email", heading], ["One", "a@one.example", "+254 20 1"]]
    brought = create_import(
        actor=coordinator,
        coalition=coalition,
        import_kind="members",
        file_name="a.xlsx",
        imported_table=ImportedTable(rows, numbers=(1, 2, 3), sheet=sheet),
    )

    assert brought.mapping == ["name", "email", "" if limit else "phone"]
    sentence = f"The list says “{limit}”. We will import phone numbers only if you choose to."
    assert (sentence in brought.notes) is bool(limit)


@pytest.mark.parametrize(
    ("headings", "mapping"),
    [
        (["Organisation", "Country", "Name", "E-mail"], ["name", "country", "contact", "email"]),
        (["Name", "Organisation", "E-mail"], ["contact", "name", "email"]),
        (["Member organisation", "Nom / Name", "Phone"], ["name", "contact", "phone"]),
        (["Entidad", "Nombre", "Cargo"], ["name", "contact", "position"]),
        (["المنظمة", "الاسم", "Email"], ["name", "contact", "email"]),
        (["Name", "Country", "E-mail"], ["name", "country", "email"]),
        (["Name", "Contact person", "Organisation", "E-mail"], ["name", "contact", "", "email"]),
        (["Name", "Organisation", "Country"], ["name", "", "country"]),
        (["Organisation", "Nom", "Prénom", "E-mail"], ["name", "", "contact_first", "email"]),
        (["Name", "Type of organisation", "E-mail"], ["name", "stakeholder_group", "email"]),
    ],
)
def test_name_beside_organisation_is_the_contact_person(headings, mapping):
    assert guess_column_mapping(headings, "members") == mapping


@pytest.mark.parametrize(
    ("headings", "mapping"),
    [
        (["Organisation", "Country", "Name", "Status"], ["name", "country", "contact", "standing"]),
        (["Organisation", "Name"], ["name", "contact"]),
        (["Name", "Organisation"], ["name", ""]),
    ],
)
def test_name_behind_organisation_is_the_contact_person(headings, mapping):
    assert guess_column_mapping(headings, "members") == mapping


@pytest.mark.parametrize(
    ("cells", "field"),
    [
        (["Ada Obi", "Tim Roe", "Ana Lima"], "contact"),
        (["quillwort.example", "-", "sorrel.example/kids"], "website"),
        (["https://quillwort.example", "", ""], "website"),
    ],
)
def test_column_of_links_has_addresses_and_one_of_liaison_persons_has_names(cells, field):
    rows = [["Quillwort", cell] for cell in cells]

    assert guess_column_mapping(["Organización", "Enlace"], "members", rows) == ["name", field]


def test_recognised_columns_are_folded_below_the_others(import_rows, client, coordinator, build_coalition_url):
    brought = import_rows(
        ["Quillwort", "Kenya", "Ada Obi", "ada@quillwort.example", "likes tea"],
        heading=["Organisation", "Country", "Name", "E-mail", "Remarks"],
    )
    client.force_login(coordinator)
    page = client.get(build_coalition_url("import_map", brought.pk))

    shown = [(column.control.label, column.is_recognised) for column in page.context["columns"]]
    assert shown == [
        ("Name", False),
        ("Remarks", False),
        ("Organisation", True),
        ("Country", True),
        ("E-mail", True),
    ]
    assert "3 columns recognised" in page.text


@pytest.mark.parametrize(
    ("values", "field"),
    [
        (["Civil society", "Government / regulator", "Industry", "Academia"], "stakeholder_group"),
        (["NGO", "Government / regulator", "Technical community"], "stakeholder_group"),
        (["WEOG", "African Group", "GRULAC"], "regional_group"),
        (["Africa", "Asia and the Pacific", "Europe"], "regional_group"),
        (["A", "B", "C"], "regional_group"),
    ],
)
def test_values_say_which_group_a_column_is(values, field):
    rows = [[f"Quillwort {number}", value] for number, value in enumerate(values)]
    assert guess_column_mapping(["Organisation", "Group"], "members", rows) == ["name", field]


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("Government / regulator", "government"),
        ("NGO/charity", "civil-society"),
        ("tech / NGO", None),
        ("Government / Quillwort", None),
        ("", None),
    ],
)
def test_two_words_for_one_group_are_one_group(text, group):
    assert find_stakeholder_group(text) == group
