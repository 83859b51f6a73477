"""Words that somebody struck through hold no longer: they are left out, and a note says so."""

import docx.oxml.ns
import pytest

from jukwaa.core.documents.incoming import IMPORTABLE_KIND_KEYS, extract_text
from jukwaa.intake.reader import read_report
from tests.core.documents import build_word_file, zip_named_parts
from tests.core.test_documents_extract import add_tracked_changes

STRUCK_NOTE = "Struck-through text was not read."
HEAD_XML = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.3"><office:automatic-styles>'
    '<style:style style:name="T1" style:family="text"><style:text-properties style:text-line-through-style="{line}"/>'
    "</style:style></office:automatic-styles><office:body><office:text>"
)


def build_word_paragraph(mark, value=None):
    def add_content(document):
        paragraph = document.add_paragraph("Travel policy: ")
        properties = paragraph.add_run("30 April ")._r.get_or_add_rPr()
        struck = properties.makeelement(
            docx.oxml.ns.qn(mark), {} if value is None else {docx.oxml.ns.qn("w:val"): value}
        )
        properties.append(struck)
        paragraph.add_run("15 May")

    return build_word_file(add_content)


def build_open_document_text(line):
    content = HEAD_XML.format(line=line)
    content += '<text:p>Travel policy: <text:span text:style-name="T1">30 April </text:span>15 May</text:p>'
    mime_type = "application/vnd.oasis.opendocument.text"
    manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    content += "</office:text></office:body></office:document-content>"
    return zip_named_parts({"mimetype": mime_type, "content.xml": content, "META-INF/manifest.xml": manifest})


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.docx", build_word_paragraph("w:strike")),
        ("a.docx", build_word_paragraph("w:dstrike")),
        ("a.docx", build_word_paragraph("w:strike", "true")),
        ("a.odt", build_open_document_text("solid")),
        (
            "a.html",
            b'<p>Travel policy: <span style="color:red; text-decoration: line-through">30 April </span>15 May</p>',
        ),
        ("a.html", b'<p>Travel policy: <span style="text-decoration-line:line-through">30 April </span>15 May</p>'),
    ],
)
def test_struck_words_are_left_out_and_said(name, data):
    extracted = extract_text(data, name)

    assert extracted.text.strip() == "Travel policy: 15 May"
    assert STRUCK_NOTE in extracted.notes


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.docx", build_word_paragraph("w:strike", "0")),
        ("a.docx", build_word_paragraph("w:strike", "false")),
        ("a.docx", build_word_paragraph("w:b")),
        ("a.odt", build_open_document_text("none")),
        ("a.html", b'<p>Travel policy: <span style="text-decoration: underline">30 April </span>15 May</p>'),
    ],
)
def test_other_looks_keep_their_words(name, data):
    extracted = extract_text(data, name)

    assert extracted.text.strip() == "Travel policy: 30 April 15 May"
    assert STRUCK_NOTE not in extracted.notes


@pytest.mark.parametrize(
    ("line", "words", "due"),
    [
        ("DECISION: one comment on clauses 3 and ~~5~~ 4", "one comment on clauses 3 and 4", ""),
        ("Action: Ana to send the list by ~~30 April~~ 15 May", "Action: Ana to send the list by 15 May", "by 15 May"),
        ("Action: ~~Ben~~ Ana to send the list by 15 May", "Action: Ana to send the list by 15 May", "by 15 May"),
        (
            "Action: Ana to send the list by <del>30 April</del> 15 May",
            "Action: Ana to send the list by 15 May",
            "by 15 May",
        ),
    ],
)
def test_struck_words_of_markdown_are_no_part_of_a_suggestion(line, words, due):
    made = [one for one in read_report(f"# Minutes\n\n{line}\n").suggestions if one.kind in {"decision", "commitment"}]

    assert [(one.words, one.due) for one in made] == [(words, due)]
    assert all(one.owner in {"", "Ana"} for one in made)


def test_sentence_shows_struck_words_with_their_marks():
    sentences = read_report("# Minutes\n\nDECISION: clauses 3 and ~~5~~ 4\n").sentences

    assert sentences[-1].quote == "DECISION: clauses 3 and ~~5~~ 4"


@pytest.mark.parametrize(
    "line", ["~~Ana to send the list by 15 May~~", "about ~ 5 ~ people: Ana to send the list by 15 May"]
)
def test_whole_line_or_single_tildes_lose_no_words(line):
    assert "send the list" in read_report(f"# Minutes\n\n{line}\n").sentences[-1].quote


@pytest.mark.parametrize(
    "line",
    [
        "~~Ana to send the list by 15 May~~",
        "- ~~Ana will send the list by 15 May.~~",
        "Decision 3: ~~The group raises the fee.~~",
        "DECISION: ~~raise the fee~~.",
        "Action: <s>Ana to send the list by 15 May</s>",
    ],
)
def test_line_that_is_struck_through_is_suggested_as_nothing(line):
    made = read_report(f"# Minutes\n\n{line}\n\nThe members thanked the host.\n").suggestions

    assert [one for one in made if one.kind in {"decision", "commitment"}] == []


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.docx", build_word_paragraph("w:strike")),
        ("a.odt", build_open_document_text("solid")),
        ("a.html", b"<p>Travel policy: <s>30 April </s>15 May</p>"),
        ("a.html", b'<p>Travel policy: <span style="text-decoration: line-through">30 April </span>15 May</p>'),
    ],
)
def test_struck_words_are_checked_as_they_were_written(name, data):
    extracted = extract_text(data, name)

    assert extracted.hidden_text == "Travel policy: 30 April 15 May"
    assert extracted.checked_text == f"{extracted.text}\n\n{extracted.hidden_text}"


def test_deleted_words_of_word_file_are_checked():
    extracted = extract_text(build_word_file(add_tracked_changes), "a.docx")

    assert extracted.hidden_text
    assert extracted.hidden_text not in extracted.text


def test_struck_words_of_email_are_checked():
    html = b"<p>The fee is <s>30</s> 40 euros.</p>"
    data = b"From: Ana <ana@example.org>\nSubject: Fee\nContent-Type: text/html\n\n" + html

    extracted = extract_text(data, "a.eml", allowed_kinds=IMPORTABLE_KIND_KEYS)

    assert ("30" in extracted.text, extracted.hidden_text) == (False, "The fee is 30 40 euros.")
