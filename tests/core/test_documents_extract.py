import os
import time
from pathlib import Path

import pytest
from docx.oxml import OxmlElement

from jukwaa.core.documents import sandbox
from jukwaa.core.documents.incoming import FileLimits, extract_text
from tests.core import documents as make

HTML_PAGE = """<!doctype html><html lang="fr"><head><title>T</title><meta charset="{0}">
<meta name="author" content="Secret Author"><script>alert(1)</script></head>
<body><nav>Accueil</nav><h1>Compte&nbsp;rendu</h1><p>Les membres ont <b>décidé</b> de
<a href="https://example.org">partager</a> &lt;tout&gt; &amp; *plus*.<ul><li>un<li>deux<ol><li>a<li>b</ol></ul>
<table><tr><th>Qui<th>Rôle<tr><td>ITU<td>membre</table><p hidden>caché</p><p>Une ligne<br>une autre</body></html>"""
HTML_TEXT = """# Compte rendu

Les membres ont décidé de partager <tout> & *plus*.

- un
- deux
  1. a
  2. b

Qui | Rôle
ITU | membre

Une ligne
une autre"""


@pytest.mark.parametrize("text_encoding", ["utf-8", "cp1252", "utf-16"])
def test_html_is_extracted_as_displayed(text_encoding):
    extracted = extract_text(HTML_PAGE.format(text_encoding).encode(text_encoding), "page.html")

    assert (extracted.text, extracted.language, extracted.notes) == (
        HTML_TEXT,
        "fr",
        ("The menus of the web page were not read.",),
    )


def test_deeply_nested_html_is_extracted():
    page = "<html>" + "<div>" * 1_000 + "Members agreed." + "</div>" * 1_000

    assert extract_text(page.encode(), "page.html").text == "Members agreed."


def fill_word_report(document):
    document.add_heading("Report of *the* <coalition>", 0)
    document.add_heading("Decisions", 2)
    document.add_paragraph("Members agreed to share & to #meet_again.")
    for style in ("List Bullet", "List Bullet", "List Number", "List Number"):
        document.add_paragraph(f"in a {style}", style=style)
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "ITU", "new\nmember"
    document.add_paragraph("One line\nand\tanother ").add_run("in bold").bold = True


REPORT_TEXT = """# Report of *the* <coalition>

## Decisions

Members agreed to share & to #meet_again.

- in a List Bullet
- in a List Bullet
1. in a List Number
2. in a List Number

ITU | new member

One line
and another in bold"""


def test_word_extraction_keeps_structure_and_drops_author():
    data = make.build_word_file(fill_word_report, author="Secret Author", last_modified_by="Secret Author")

    extracted = extract_text(data, "report.docx")

    assert extracted.text == REPORT_TEXT
    assert "Secret" not in repr(extracted)


def add_tracked_changes(document):
    paragraph = document.add_paragraph("Members agreed ")._p
    for tag, text_tag, text in (("w:del", "w:delText", "to leave"), ("w:ins", "w:t", "to stay")):
        change, run, words = OxmlElement(tag), OxmlElement("w:r"), OxmlElement(text_tag)
        words.text = text
        run.append(words)
        change.append(run)
        paragraph.append(change)


def test_tracked_changes_are_read_as_accepted_with_notice():
    extracted = extract_text(make.build_word_file(add_tracked_changes), "a.docx")

    assert (extracted.text, extracted.notes) == (
        "Members agreed to stay",
        ("Text marked as deleted was not read.",),
    )


@pytest.mark.parametrize(
    "doctype",
    ['<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>', '<!DOCTYPE a [<!ENTITY x "Members">]>'],
)
def test_xml_entities_are_not_resolved(doctype):
    body = "<w:body><w:p><w:r><w:t>A&x;B</w:t></w:r></w:p></w:body>"
    part = f'{doctype}<w:document xmlns:w="{WORD_XML}">{body}</w:document>'
    data = make.replace_zip_parts(make.build_word_file(), word__document_xml=part)

    assert extract_text(data, "a.docx").text in {"A", "AB"}


WORD_XML = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE_FILES = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
PLAIN_TEXT = 'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'


def test_opendocument_and_spreadsheets_are_extracted_for_search():
    content = f"<office:document-content {OFFICE_FILES} {PLAIN_TEXT}><office:body><office:text><text:h>Head</text:h>"
    content += "<text:p>A &lt;b&gt; &amp; c</text:p></office:text></office:body></office:document-content>"
    odt = make.zip_named_parts({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})

    assert extract_text(odt, "a.odt").text == "# Head\n\nA <b> & c"


def test_opendocument_table_keeps_cells_with_character_styles():
    content = (
        '<?xml version="1.0"?><office:document-content'
        ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text><table:table>'
        "<table:table-row><table:table-cell><text:p><text:span>Task</text:span></text:p></table:table-cell>"
        "<table:table-cell><text:p>Owner</text:p></table:table-cell></table:table-row>"
        "<table:table-row><table:table-cell><text:p><text:span>Buy <text:span>new</text:span> ladders</text:span>"
        "</text:p></table:table-cell><table:table-cell><text:p><text:span>Ana</text:span></text:p></table:table-cell>"
        "</table:table-row></table:table></office:text></office:body></office:document-content>"
    )
    odt = make.zip_named_parts({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})

    text = extract_text(odt, "a.odt").text

    assert "| Task | Owner |" in text
    assert "| Buy new ladders | Ana |" in text


PDF_MARKUP = """
#set page(width: 300pt, height: 300pt)
#set page(header: [Draft of the coalition], footer: context [Page #counter(page).display()])
= Report
== Decisions
Members of the long-term coalition agreed to share information, good practices, models and case studies. A
self-regulatory body was mentioned, and it was said that self-regulatory bodies of multi-stakeholder origin help.

#lorem(120)
- one bullet
- another
+ numbered

#pagebreak()
ECPAT\\
ITU

#lorem(60)
#pagebreak()
The end.
"""


LONG_PARAGRAPH = (
    "Members of the long-term coalition agreed to share information, good practices, models and case studies. "
    "A self-regulatory body was mentioned, and it was said that self-regulatory bodies of multi-stakeholder "
    "origin help."
)


def test_pdf_extraction_keeps_structure_and_joins_hyphenated_words():
    seen = []
    extracted = extract_text(make.build_pdf_file(PDF_MARKUP), "a.pdf", on_progress=lambda *at: seen.append(at))
    blocks = extracted.text.split("\n\n")

    assert blocks[:4] == [
        "Draft of the coalition",
        "# Report",
        "## Decisions",
        LONG_PARAGRAPH,
    ]
    assert "- one bullet\n- another\n1. numbered" in blocks
    assert "ECPAT\nITU" in blocks
    assert blocks[-1] == "The end."
    assert extracted.notes == ("Lines repeated at the top or bottom of pages are shown only once.",)
    assert seen == [(page, len(extracted.pages)) for page in range(1, len(extracted.pages) + 1)]
    assert extracted.text[extracted.pages[-1] :] == "The end."


def test_similar_lines_at_page_tops_are_kept():
    pages = "#pagebreak()".join(f"Resolution 1{number}\n\n#lorem(60)" for number in range(4))

    text = extract_text(make.build_pdf_file(pages), "a.pdf").text

    assert [line for line in text.split("\n") if line.startswith("Res")] == [f"Resolution 1{n}" for n in range(4)]


def test_paragraph_across_page_break_is_joined():
    extracted = extract_text(make.build_pdf_file("#set page(width: 250pt, height: 200pt)\n#lorem(300)"), "a.pdf")

    assert "\n" not in extracted.text
    assert len(extracted.pages) > 2


def test_arabic_pdf_is_extracted_in_reading_order():
    sentence = "اتفق الأعضاء على تبادل المعلومات مع ITU and Insafe في الاجتماع أولا."

    assert extract_text(make.build_pdf_file(sentence, "ar"), "a.pdf").text == sentence


def test_scanned_pages_are_detected_and_listed():
    empty = make.build_minimal_pdf(make.zlib.compress(b"0 0 50 50 re f"))

    assert make.get_extraction_refusal(extract_text, empty, "scan.pdf") == "scan"


def test_pdf_with_user_password_is_refused():
    locked = make.build_minimal_pdf(
        make.zlib.compress(b"q"), extra="/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<00>/U<00>>>"
    )

    assert make.get_extraction_refusal(extract_text, locked, "a.pdf") == "encrypted_pdf"


@pytest.mark.parametrize(
    ("file_content", "file_name", "refusal_code"),
    [
        (b"%PDF-1.7\nnothing of the kind", "a.pdf", "broken"),
        (make.replace_zip_parts(make.build_word_file(), word__document_xml="<a>not closed"), "a.docx", "broken"),
        (make.build_word_file(lambda document: None), "a.docx", "no_text"),
        (b"\x89PNG\r\n\x1a\n" + bytes(20), "a.png", "no_text_kind"),
    ],
)
def test_unreadable_file_is_reported(file_content, file_name, refusal_code):
    assert make.get_extraction_refusal(extract_text, file_content, file_name) == refusal_code


def test_overlong_text_is_truncated_with_notice():
    extracted = extract_text(b"Members agreed. " * 100, "a.txt", file_limits=FileLimits(text_characters=15))

    assert (extracted.text, extracted.notes) == (
        "Members agreed.",
        ("The text is very long. Only its first 15 characters were read.",),
    )


def test_child_process_memory_is_limited():
    page = b"<!doctype html>" + b"<p>Members agreed</p>" * 300_000

    assert (
        make.get_extraction_refusal(extract_text, page, "a.html", file_limits=FileLimits(memory=100 << 20))
        == "too_heavy"
    )


def test_child_process_timeout_kills_its_descendants(tmp_path):
    begun = time.monotonic()
    big = make.replace_zip_parts(
        make.build_word_file(),
        word__document_xml=WORD_XML_HEAD + "<w:p><w:r><w:t>x </w:t></w:r></w:p>" * 400_000 + WORD_XML_FOOT,
    )

    limits = FileLimits(wall_seconds=0.3, ratio=1000)
    assert make.get_extraction_refusal(extract_text, big, "a.docx", file_limits=limits) == "too_slow"
    assert time.monotonic() - begun < 10
    assert not [entry for entry in Path("/proc").glob("[0-9]*/cmdline") if is_own_child(entry)]


WORD_XML_HEAD = f'<w:document xmlns:w="{WORD_XML}"><w:body>'
WORD_XML_FOOT = "</w:body></w:document>"


def is_own_child(entry):
    try:
        words = entry.read_bytes().split(b"\0")
        parent = int(entry.with_name("stat").read_text().rsplit(")", 1)[1].split()[1])
    except (OSError, ValueError):
        return False
    return b"jukwaa.core.documents.child" in words and parent == os.getpid()


def test_child_process_inherits_no_secrets(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "canary")

    assert "canary" not in repr(sandbox._build_child_environment())


@pytest.mark.parametrize("tag", ["s", "del", "strike"])
def test_struck_text_of_web_page_is_left_out_and_said(tag):
    page = f"<html><body><p>Decision 3: <{tag}>statistics for each farm.</{tag}> withdrawn</p></body></html>"

    extracted = extract_text(page.encode(), "a.html")

    assert extracted.text == "Decision 3: withdrawn"
    assert "Text marked as deleted was not read." in extracted.notes
