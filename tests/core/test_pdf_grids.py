"""Tables with ruled lines in a PDF arrive as rows, whatever wraps in their cells, and go on upon the next page."""

from jukwaa.core.documents.incoming import extract_text
from jukwaa.intake.reader import read_report
from tests.core.documents import build_pdf_file

TABLE = """= Suites à donner
#table(columns: (0.8cm, 4cm, 2.6cm, 2cm, 2.2cm),
  [N°], [Suite à donner], [Pilote], [Appui], [Échéance],
  [1], [Transmettre les corrections sur le chapitre 2 du guide], [A. Lopes], [], [22 mai 2026],
  [2], [Faire relire la version arabe par deux enseignants], [B. Okoro et D. Ben Haddad], [T. Lind], [15/06/2026],
  [3], [Demander un devis d’impression], [A. Lopes], [], [sans échéance],
)

Le groupe se réunit à nouveau en juin.
"""
ROWS = [
    "N° | Suite à donner | Pilote | Appui | Échéance",
    "1 | Transmettre les corrections sur le chapitre 2 du guide | A. Lopes |  | 22 mai 2026",
    "2 | Faire relire la version arabe par deux enseignants | B. Okoro et D. Ben Haddad | T. Lind | 15/06/2026",
    "3 | Demander un devis d’impression | A. Lopes |  | sans échéance",
]


def read_blocks(source):
    return extract_text(build_pdf_file(source), "a.pdf").text.split("\n\n")


def test_ruled_table_becomes_rows():
    assert read_blocks(TABLE)[1:] == ["\n".join(ROWS), "Le groupe se réunit à nouveau en juin."]


def test_tasks_of_ruled_table_are_suggested():
    made = [one for one in read_report("\n\n".join(read_blocks(TABLE))).suggestions if one.kind == "commitment"]

    assert [(one.words, one.owner, one.due) for one in made][:2] == [
        ("Transmettre les corrections sur le chapitre 2 du guide", "A. Lopes", "22 mai 2026"),
        ("Faire relire la version arabe par deux enseignants", "B. Okoro", "15/06/2026"),
    ]


def test_ruled_table_goes_on_upon_next_page():
    page = "#set page(height: 8cm, header: [Oak Farm], footer: [Minutes of May])\n"
    text = "\n".join(read_blocks(page + TABLE))

    assert "\n".join(line for line in text.split("\n") if " | " in line or line[:1].isdigit()) == "\n".join(ROWS)


def test_boxes_around_text_are_no_table():
    boxes = "#table(columns: (5cm, 5cm), [Ana Lopes], [Ben Okoro], [Dina Haddad], [Theo Lind])\n\n#rect[A note.]\n"

    assert " | " not in "\n".join(read_blocks(boxes))
