"""The lines of one cell of a table stay apart in its row, so that each person keeps what stands beside the name."""

import pytest

from jukwaa.core.documents.incoming import extract_text
from jukwaa.intake.guesses import build_suggestion_guesses
from jukwaa.intake.meeting_chairs import mark_chair_among_attendees
from jukwaa.intake.reader import read_report
from tests.core.documents import build_word_file, zip_named_parts

PEOPLE = ["Ana Lopes (Elm Farm) – Chair", "Ben Okoro (OAK) – Treasurer", "Dina Haddad (ASH)"]
HEAD_XML = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.3"><office:body><office:text>'
)


def build_word_table(lines, *, uses_line_breaks=False):
    def add_content(document):
        table = document.add_table(rows=2, cols=2)
        table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Date", "3 June 2026"
        first, second = table.rows[1].cells
        first.text = "Present"
        if uses_line_breaks:
            second.text = "\n".join(lines)
            return
        second.text = lines[0]
        for line in lines[1:]:
            second.add_paragraph(line)

    return build_word_file(add_content)


def build_open_document_table(lines):
    cells = [["Present"], lines]
    row = "".join(
        f"<table:table-cell>{''.join(f'<text:p>{line}</text:p>' for line in cell)}</table:table-cell>" for cell in cells
    )
    content = f"{HEAD_XML}<table:table><table:table-row>{row}</table:table-row></table:table>"
    content += "</office:text></office:body></office:document-content>"
    mime_type = "application/vnd.oasis.opendocument.text"
    manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    return zip_named_parts({"mimetype": mime_type, "content.xml": content, "META-INF/manifest.xml": manifest})


def build_web_table(cell_markup):
    rows = f"<tr><td>Date</td><td>3 June 2026</td></tr><tr><td>Present</td><td>{cell_markup}</td></tr>"
    return f"<meta charset=utf-8><table>{rows}</table>".encode()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.docx", build_word_table(PEOPLE)),
        ("a.docx", build_word_table(PEOPLE, uses_line_breaks=True)),
        ("a.odt", build_open_document_table(PEOPLE)),
        ("a.html", build_web_table("<br>".join(PEOPLE))),
        ("a.html", build_web_table("".join(f"<p>{line}</p>" for line in PEOPLE))),
    ],
)
def test_lines_of_cell_are_apart(name, data):
    extracted = extract_text(data, name)
    report = mark_chair_among_attendees(read_report(extracted.text))
    guesses = list(build_suggestion_guesses(report, set()))

    assert "; ".join(PEOPLE) in extracted.text
    assert sorted(name for guess in guesses for name in guess.made.actors) == ["Ana Lopes", "Ben Okoro", "Dina Haddad"]
    assert [guess.made.actors for guess in guesses if guess.is_chair] == [("Ana Lopes",)]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["The committee will send", "the list to all members"], "The committee will send the list to all members"),
        (["First point.", "Second point."], "First point. Second point."),
        (["Ana Lopes,", "Ben Okoro"], "Ana Lopes, Ben Okoro"),
        (["Present:", "Ana Lopes"], "Present: Ana Lopes"),
        (["10 April", "2026"], "10 April 2026"),
        (["Ana Lopes (Elm", "Farm)"], "Ana Lopes (Elm Farm)"),
        (["Ana Lopes and", "Ben Okoro"], "Ana Lopes and Ben Okoro"),
        (["Elm", "Farm"], "Elm Farm"),
        (["Due", "Date"], "Due Date"),
        (["Ana Lopes", "", "رنا القصراوي"], "Ana Lopes; رنا القصراوي"),
    ],
)
def test_lines_that_go_on_are_joined(lines, expected):
    assert extract_text(build_word_table(lines), "a.docx").text.splitlines()[-1] == f"Present | {expected}"
