"""What a document says of its readers is shown, and it is not imported for everyone."""

import pytest

from jukwaa.core.circulation import find_circulation_limit
from jukwaa.core.documents.incoming import ExtractedText, extract_text
from jukwaa.intake.actions import ReadingDetails, start_reading
from tests.core import documents as make
from tests.factories import MeetingFactory
from tests.intake.readings import REPORT_TEXT, create_reading

LIMIT = "Not for circulation outside the steering group"
NOTICE = f"This document says: “{LIMIT}”. Check who can read it."


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (f"Garden group - {LIMIT}", LIMIT),
        ("**Confidential**", "Confidential"),
        ("Meeting (confidential)", "Meeting (confidential)"),
        ("Nur für den internen Gebrauch", "Nur für den internen Gebrauch"),
        ("No difundir", "No difundir"),
        ("Ne pas diffuser", "Ne pas diffuser"),
        ("These minutes are not for publication.", "These minutes are not for publication"),
        ("TLP:AMBER", "TLP:AMBER"),
        ("Draft 2, for consultation of members until May", "Draft 2, for consultation of members until May"),
        ("Draft for members", "Draft for members"),
        ("Internal draft", "Internal draft"),
        ("Internal market rules", ""),
        ("The board discussed confidential reporting.", ""),
        ("We agreed not to be quoted as hosts.", ""),
        ("Please do not share your screen.", ""),
        ("TLP:CLEAR", ""),
    ],
)
def test_circulation_limit_is_found_in_markings_only(line, words):
    assert find_circulation_limit(f"Minutes\n\n{line}\n\nThe board met.\n") == words


def test_header_of_a_word_document_is_read():
    namespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    paragraph = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
    parts = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f"<w:document {namespace}><w:body>{paragraph.format('We met.')}</w:body></w:document>",
        "word/header1.xml": f"<w:hdr {namespace}>{paragraph.format(LIMIT)}</w:hdr>",
    }
    found = extract_text(make.zip_named_parts(parts), "a.docx")

    assert (found.text, found.margins) == ("We met.", LIMIT)


def test_marked_report_shows_notice_and_is_closed_to_members(client, coalition, rapporteur):
    extracted = ExtractedText(REPORT_TEXT, "text/plain", margins=LIMIT)
    started = start_reading(
        actor=rapporteur, coalition=coalition, reading_details=ReadingDetails(), extracted_text=extracted
    )
    reading = started.reading
    client.force_login(rapporteur)

    assert NOTICE in client.get(reading.get_absolute_url()).text
    assert (reading.label, reading.document.label) == ("TLP:RED", "TLP:RED")


def test_marked_report_of_public_meeting_stays_restricted(coalition, rapporteur):
    meeting = MeetingFactory(coalition=coalition, published=True)
    reading = create_reading(coalition, rapporteur, f"{LIMIT}\n\n{REPORT_TEXT}", meeting=meeting, meeting_title="")

    assert (reading.meeting, reading.document.label) == (meeting, "TLP:RED")
    assert reading.notes == [{"circulation": LIMIT}]


def test_report_without_marking_is_for_everyone(client, coalition, rapporteur):
    reading = create_reading(coalition, rapporteur)
    client.force_login(rapporteur)

    assert "This document says" not in client.get(reading.get_absolute_url()).text
    assert reading.document.label == "TLP:CLEAR"
