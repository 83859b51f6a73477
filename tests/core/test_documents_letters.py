"""Emails saved as files and RTF: their words, without addresses and attachments."""

from email.message import EmailMessage

from jukwaa.core.documents.incoming import IMPORTABLE_KIND_KEYS, extract_text

BODY_TEXT = "All,\n\nCorrected, thanks!\n\nOn Mon, Ben wrote:\n> Présent: Ana, Ben\n>> Decided: keep the fees\n"


def build_email(body, subtype="plain"):
    message = EmailMessage()
    message["From"] = "Ana Lopes <ana@example.org>"
    message["To"] = "everybody@example.org"
    message["Date"] = "Tue, 10 Nov 2026 07:58:20 +0000"
    message["Subject"] = "RE: outcome of yesterday’s call – corrected"
    message.set_content(body, subtype=subtype)
    return message


def extract(message):
    return extract_text(message.as_bytes(), "call.eml", allowed_kinds=IMPORTABLE_KIND_KEYS).text


HEADING = (
    "From: Ana Lopes\nDate: Tue, 10 Nov 2026 07:58:20 +0000\nSubject: RE: outcome of yesterday’s call – corrected\n\n"
)


def test_words_of_an_email_keep_their_marks_of_quotation():
    message = build_email(BODY_TEXT)
    message.add_alternative("<p>All</p>", subtype="html")
    message.add_attachment(b"secret figures", maintype="application", subtype="octet-stream", filename="secret.bin")

    assert extract(message) == HEADING + BODY_TEXT.strip()


def test_email_without_plain_text_is_read_as_a_page():
    assert extract(build_email("<p>Members <b>agreed</b>.</p><ul><li>one</ul>", "html")) == (
        f"{HEADING}Members agreed.\n\n- one"
    )


def test_rtf_is_read_by_paragraphs():
    file = (
        rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Calibri;}}{\info{\author Ana}}{\b call 10/9}\par sorry: Tha\u237?s\par}"
    )

    extracted = extract_text(file, "rough.rtf", allowed_kinds=IMPORTABLE_KIND_KEYS)

    assert (extracted.text.split(), extracted.media_type) == (["call", "10/9", "sorry:", "Thaís"], "application/rtf")
