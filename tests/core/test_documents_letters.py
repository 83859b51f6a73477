"""Emails saved as files, RTF, and PDFs in columns: their words, without addresses and attachments."""

from email.message import EmailMessage

from jukwaa.core.documents.incoming import IMPORTABLE_KIND_KEYS, extract_text
from tests.core.documents import build_pdf_file

BODY_TEXT = "All,\n\nCorrected, thanks!\n\nOn Mon, Ben wrote:\n> Présent: Ana, Ben\n>> Decided: keep the fees\n"


def build_email(body, subtype="plain"):
    message = EmailMessage()
    message["From"] = "Ana Lopes <ana@example.org>"
    message["To"] = "everybody@example.org"
    message["Date"] = "Tue, 10 Nov 2026 07:58:20 +0000"
    message["Subject"] = "RE: outcome of yesterday’s call – corrected"
    message.set_content(body, subtype=subtype)
    return message


def extract_email_text(message):
    return extract_text(message.as_bytes(), "call.eml", allowed_kinds=IMPORTABLE_KIND_KEYS).text


HEADING = (
    "From: Ana Lopes\nDate: Tue, 10 Nov 2026 07:58:20 +0000\nSubject: RE: outcome of yesterday’s call – corrected\n\n"
)


def test_email_text_keeps_quotation_markers():
    message = build_email(BODY_TEXT)
    message.add_alternative("<p>All</p>", subtype="html")
    message.add_attachment(b"secret figures", maintype="application", subtype="octet-stream", filename="secret.bin")

    assert extract_email_text(message) == HEADING + BODY_TEXT.strip()


def test_email_without_plain_text_is_read_as_html():
    assert extract_email_text(build_email("<p>Members <b>agreed</b>.</p><ul><li>one</ul>", "html")) == (
        f"{HEADING}Members agreed.\n\n- one"
    )


def test_rtf_is_read_by_paragraphs():
    file = (
        rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Calibri;}}{\info{\author Ana}}{\b call 10/9}\par sorry: Tha\u237?s\par}"
    )

    extracted = extract_text(file, "rough.rtf", allowed_kinds=IMPORTABLE_KIND_KEYS)

    assert (extracted.text.split(), extracted.media_type) == (["call", "10/9", "sorry:", "Thaís"], "application/rtf")


BOXED_COLUMNS = """#set page(width: 420pt, height: 320pt, columns: 2, margin: 30pt, header: [A header that is as wide as
the page and therefore wider than both of its columns])
#set text(size: 10pt, hyphenate: false)
#heading(level: 1)[The fence]
#for _n in range(3) [The members spoke about the fence for a long time and about its colour. ]

*DECISION 4. The fence will be two metres high. It shall not be higher than the gate.*

#colbreak()
#for _n in range(4) [The members spoke about the gate for a long time and about its colour. ]
"""


def test_sentences_of_columns_and_boxes_are_joined_under_a_wide_header():
    text = extract_text(build_pdf_file(BOXED_COLUMNS), "record.pdf").text

    sentence = "The members spoke about the fence for a long time and about its colour."
    assert " ".join([sentence] * 3) in text.split("\n\n")
    assert "DECISION 4. The fence will be two metres high. It shall not be higher than the gate." in text.split("\n\n")
    assert "# The fence" in text.split("\n\n")
