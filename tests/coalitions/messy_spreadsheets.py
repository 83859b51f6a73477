"""Spreadsheets as coalitions have them: in several languages, with titles, merged cells, totals and doubtful rows."""

import csv
import io
from datetime import date

import xlsxwriter

LONG_NAME = "Réseau " + "international pour la protection de l'enfance en ligne " * 4

ENGLISH_HEADINGS = [
    "No.",
    "Organisation",
    "Type of actor",
    "Country",
    "Joined",
    "Focal point",
    "Title",
    "E-mail",
    "Tel.",
]
ENGLISH_ROWS = [
    [
        1,
        "Internet Watch Foundation (IWF)",
        "INGO",
        "UK",
        "2009",
        "Ms Jane Doe",
        "Policy lead",
        "jane@iwf.example",
    ],
    [2, "Child Helpline Kenya", "NGO", "Kenya", "27/11/2010", "Otieno", "Director", "otieno@helpline.example"],
    [3, "Watoto Salama", "NGO", "", "03/04/2013", "A. Wanjiru", "", "a@watoto.example; b@watoto.example"],
    [4, "iwf", "INGO", "United Kingdom", "", "John Roe", "Analyst", "john@iwf.example"],
    [5, "Enfants du Congo", "NGO", "Congo", "November 2012", "", "", ""],
    [
        6,
        "Korea Safe Net",
        "Private sector",
        "Korea",
        date(2014, 5, 17),
        "김민준 Minjun Kim",
        "CEO",
        "kim[at]safe.example",
    ],
    [7, "Telecom Regulator", "Government", "Ghana", "10.11.2015", "", "", "info@regulator.example"],
]


def build_english_workbook() -> bytes:
    """Two sheets, titles, a merged country, a hidden column, formulas, three ways of writing dates, two addresses."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        notes = book.add_worksheet("Read me")
        notes.write_column("A1", ["How to use this list", "Please do not share"])
        sheet = book.add_worksheet("Members 2026")
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.merge_range("A1:J1", "Dynamic Coalition on Child Online Safety")
        sheet.write("A2", "List of members, as of 3 March 2026")
        sheet.write_row("A4", [*ENGLISH_HEADINGS, "Internal remarks"])
        for number, row in enumerate(ENGLISH_ROWS, start=4):
            for column, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(number, column, cell, day)
                else:
                    sheet.write(number, column, cell)
        sheet.merge_range("D6:D7", "Kenya")
        sheet.write("I5", "+44 20 7946 0000")
        sheet.write("J5", "do not invite to dinner")
        sheet.set_column("J:J", None, None, {"hidden": True})
        sheet.write("B13", "Total")
        sheet.write_formula("C13", "=COUNTA(B5:B11)", None, 7)
        sheet.write("B14", "Source: secretariat")
    return stream.getvalue()


def build_french_csv() -> bytes:
    """With semicolons, in the encoding of old spreadsheets, a name of 200 characters and a total."""
    rows = [
        ["Coalition dynamique", "", "", "", "", "", ""],
        [],
        [
            "Nom de l'organisation",
            "Type d'acteur",
            "Pays",
            "Adhésion depuis",
            "Personne de contact",
            "Fonction",
            "Courriel",
        ],
        ["Point de Contact", "Association", "France", "2008", "Élodie Martin", "Directrice", "elodie@contact.example"],
        ["Action Innocence", "ONG", "Suisse", "1er août 2011", "Luc", "", "luc@innocence.example"],
        [LONG_NAME[:200], "ONG", "Royaume-Uni", "05/06/2012", "", "", ""],
        ["Office des enfants", "Administration", "RDC", "12/2013", "X" * 200, "", "office@enfants.example"],
        ["Total", "4", "", "", "", "", ""],
    ]
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=";").writerows(rows)
    return stream.getvalue().encode("cp1252")


def build_arabic_workbook() -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet("الأعضاء")
        sheet.right_to_left()
        sheet.write("A1", "قائمة الأعضاء")
        rows = [
            [
                "اسم المنظمة",
                "نوع الجهة",
                "الدولة",
                "تاريخ الانضمام",
                "جهة الاتصال",
                "المنصب",
                "البريد الإلكتروني",
                "الهاتف",
            ],
            [
                "جمعية حماية الطفل",
                "منظمة غير حكومية",
                "مصر",
                2016,
                "ليلى",
                "مديرة",
                "laila@child.example",
                "+20 2 1234567",
            ],
            [
                "Save our Kids / أنقذوا أطفالنا",
                "المجتمع المدني",
                "المملكة المتحدة",
                2018,
                "Omar عمر",
                "",
                "omar@kids.example",
                "",
            ],
            ["هيئة الاتصالات", "جهة حكومية", "الأردن", "2019-05-01", "", "", "", ""],
            ["الإجمالي", 3],
        ]
        for number, row in enumerate(rows, start=2):
            sheet.write_row(number, 0, row)
    return stream.getvalue()


def build_spanish_workbook() -> bytes:
    """A heading of two rows, and the name of the contact person in two columns."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Miembros")
        sheet.merge_range("D1:F1", "Contacto")
        sheet.write_row(
            "A2", ["Organización", "Tipo de actor", "País", "Primeiro nome", "Apellidos", "Correo electrónico"]
        )
        sheet.write_row("A3", ["Pantallas Amigas", "ONG", "España", "Ana", "García", "ana@pantallas.example"])
        sheet.write_row(
            "A4", ["SaferNet Brasil", "Sociedade civil", "Brasil", "João", "Silva", "joao@safernet.example"]
        )
    return stream.getvalue()
