import io
import json

import pytest
import xlsxwriter

from jukwaa.core.documents.child.__main__ import TASK_FUNCTION_BY_NAME, is_out_of_memory, run_child_task
from jukwaa.core.documents.child.lines import PageLine
from jukwaa.core.documents.child.paragraphs import assemble_page_texts
from jukwaa.core.documents.incoming import extract_text
from jukwaa.core.documents.incoming.file_kinds import get_file_kind
from tests.core import documents as make
from tests.core.test_documents_extract import HTML_PAGE, HTML_TEXT, REPORT_TEXT, add_tracked_changes, fill_word_report

TASK_LIMITS = {"memory": 1 << 50, "characters": 5_000_000, "parts": 5_000}
PRESENTATION_XML = "http://schemas.openxmlformats.org/presentationml/2006/main"
DRAWING_XML = "http://schemas.openxmlformats.org/drawingml/2006/main"
RELATIONSHIPS_XML = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SLIDES_XML = {
    "ppt/presentation.xml": f'<p:presentation xmlns:p="{PRESENTATION_XML}" xmlns:r="{RELATIONSHIPS_XML}">'
    '<p:sldIdLst><p:sldId id="256" r:id="rId1"/></p:sldIdLst></p:presentation>',
    "ppt/_rels/presentation.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    f'relationships"><Relationship Id="rId1" Type="{RELATIONSHIPS_XML}/slide" '
    'Target="slides/slide1.xml"/></Relationships>',
    "ppt/slides/slide1.xml": f'<p:sld xmlns:p="{PRESENTATION_XML}" xmlns:a="{DRAWING_XML}">'
    "<p:cSld><p:spTree><p:sp><p:txBody>"
    "<a:p><a:r><a:t>Members &lt;agreed&gt;</a:t></a:r></a:p></p:txBody></p:sp></p:spTree></p:cSld></p:sld>",
}


def build_workbook():
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        book.add_worksheet("People").write_row(0, 0, ["ITU", "member", 1865])
    return stream.getvalue()


OPEN_SLIDES = {
    "mimetype": "application/vnd.oasis.opendocument.presentation",
    "content.xml": '<d xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><text:h>Helplines</text:h>'
    "<text:list><text:list-item><text:p>open  at<text:tab/>night &amp;<text:line-break/>day</text:p></text:list-item>"
    "<text:list-item><text:p><text:span>&lt;here&gt;</text:span><text:s/>too</text:p></text:list-item></text:list>"
    "<text:p/></d>",
}

ARABIC_LINES = "اتفق الأعضاء على تبادل المعلومات مع ITU and Insafe في الاجتماع أولا."


def add_numbered_list(document):
    document.add_heading("Decisions", 1)
    document.add_paragraph("to meet", style="List Bullet")
    document.add_table(1, 2).cell(0, 0).text = "ITU"


COLUMN_LINES = """#set page(width: 300pt, height: 200pt, columns: 2)
= Two columns
#set text(hyphenate: true)
#set par(justify: true)
#lorem(80)
- item"""


SAMPLE_FILES = [
    ("docx", make.build_word_file(add_numbered_list), "# Decisions\n\n- to meet\n\nITU"),
    ("docx", make.build_word_file(fill_word_report), REPORT_TEXT),
    ("docx", make.build_word_file(add_tracked_changes), "Members agreed to stay"),
    ("html", b"<h1>Decisions</h1><ul><li>to meet</ul><pre>a\n b</pre>", "# Decisions\n\n- to meet\n\na\n b"),
    ("html", HTML_PAGE.format("iso-8859-1").encode("latin-1"), HTML_TEXT),
    ("html", HTML_PAGE.format("no-such").encode(), HTML_TEXT),
    ("html", b"<table><tr><td><p>ITU</p><p>Geneva</p><td></table><div>new</div>", "ITU Geneva\n\nnew"),
    (
        "pdf",
        make.build_pdf_file("= Decisions\nMembers agreed.\n- to meet"),
        "# Decisions\n\nMembers agreed.\n\n- to meet",
    ),
    ("pdf", make.build_pdf_file(ARABIC_LINES, "ar"), ARABIC_LINES),
    ("pptx", make.zip_named_parts(SLIDES_XML), "Members <agreed>"),
    ("odp", make.zip_named_parts(OPEN_SLIDES), "Helplines\n\n- open at night &\nday\n- <here> too"),
    ("xlsx", build_workbook(), "# People\n\nITU | member | 1865"),
]


@pytest.mark.parametrize(("format_key", "file_content", "text"), SAMPLE_FILES)
def test_reader_returns_same_text_in_child_process(tmp_path, format_key, file_content, text):
    path = tmp_path / "file"
    path.write_bytes(file_content)
    said = run_child_task(format_key, path, {**TASK_LIMITS, "media_type": get_file_kind(format_key).media_type})

    assert [said["text"].strip(), extract_text(file_content, f"file.{format_key}").text.strip()] == [text, text]


WORD_XML = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
NOTED_TEXT = f"""<w:document {WORD_XML} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body>
<w:p><w:pPr><w:outlineLvl w:val="1"/></w:pPr><w:r><w:t>Decisions</w:t></w:r></w:p>
<w:p><w:r><w:t>Members agreed</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:t>.</w:t></w:r></w:p>
<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>In a box</w:t></w:r></w:p></w:txbxContent>
</mc:Choice><mc:Fallback><w:p><w:r><w:t>In a box</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent></w:r></w:p>
<w:tbl><w:tr><w:tc><w:p><w:r><w:t>outer</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>inner</w:t></w:r></w:p>
</w:tc></w:tr></w:tbl></w:tc></w:tr></w:tbl></w:body></w:document>"""
NOTES_XML = f"""<w:footnotes {WORD_XML}><w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r>
<w:r><w:t>By consensus.</w:t></w:r>
</w:p></w:footnote></w:footnotes>"""


def test_notes_boxes_and_nested_tables_are_read_once(tmp_path):
    path = tmp_path / "file"
    parts = {"word/document.xml": NOTED_TEXT, "word/footnotes.xml": NOTES_XML, "word/comments.xml": "<a/>"}
    path.write_bytes(make.zip_named_parts(parts))

    assert run_child_task("docx", path, TASK_LIMITS) == {
        "text": "## Decisions\n\nMembers agreed[2].\n\nIn a box\n\nouter inner\n\n[2] By consensus.",
        "notes": ["comments"],
    }


def test_strict_ooxml_document_is_read(tmp_path):
    path = tmp_path / "file"
    path.write_bytes(
        make.zip_named_parts({"word/document.xml": '<d xmlns="http://purl.oclc.org/ooxml/wordprocessingml/main"/>'})
    )

    assert run_child_task("docx", path, TASK_LIMITS) == {"refused": "broken"}


@pytest.mark.parametrize(
    ("format_key", "file_content"),
    [
        ("docx", make.build_word_file(lambda document: [document.add_paragraph("Members agreed.") for _ in range(9)])),
        ("html", b"<p>Members agreed." * 9),
        ("pdf", make.build_pdf_file("Members agreed.\n#pagebreak()\n" * 9)),
        ("odp", make.zip_named_parts(OPEN_SLIDES)),
        ("xlsx", build_workbook()),
    ],
)
def test_reader_stops_at_character_limit(tmp_path, format_key, file_content):
    path = tmp_path / "file"
    path.write_bytes(file_content)

    assert len(run_child_task(format_key, path, {**TASK_LIMITS, "characters": 20})["text"]) < 60


def test_pdf_reader_counts_pages_and_detects_scan(tmp_path):
    path = tmp_path / "file"
    path.write_bytes(make.build_minimal_pdf(make.zlib.compress(b"q Q"), make.zlib.compress(b"q Q")))

    assert (run_child_task("probe-pdf", path, TASK_LIMITS), run_child_task("pdf", path, TASK_LIMITS)) == (
        {"pages": 2},
        {"refused": "scan"},
    )


PICTURE_XML = """<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image width="9" height="9"
href="data:image/png;base64,{}"/></svg>"""
DOT_PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII="


def test_pdf_reader_lists_image_only_pages(tmp_path):
    path = tmp_path / "file"
    picture = f'#image(bytes({json.dumps(PICTURE_XML.format(DOT_PNG))}), format: "svg", alt: "x")'
    path.write_bytes(make.build_pdf_file(f"Members agreed.\n#pagebreak()\n{picture}"))
    said = run_child_task("pdf", path, TASK_LIMITS)

    assert (said["text"], said["pictures"], said["notes"]) == ("Members agreed.", [2], ["pictures"])


def build_page_line(text, baseline=100.0, *, left_margin=0.0, right=100.0):
    return PageLine(text, left_margin, right, baseline, 10.0, bold=False, first_word=20.0)


@pytest.mark.parametrize(
    ("page_lines", "text"),
    [
        ([["成员同意", "继续分享"]], "成员同意继续分享"),
        ([["สมาชิกตกลง", "จะพบกัน"]], "สมาชิกตกลงจะพบกัน"),
        ([["Members agreed", "to meet."]], "Members agreed to meet."),
        ([["a co\x02", "operation"]], "a cooperation"),
        ([["the co\x02", "operation, or co-operation"]], "the co-operation, or co-operation"),
        ([["a self\x02", "regulatory body"]], "a self-regulatory body"),
        ([["Members ag\x02"], ["reed to meet."]], "Members agreed to meet."),
        ([["Members agreed"], [], ["to meet."]], "Members agreed to meet."),
        ([["Members agreed."], ["They left."]], "Members agreed.\n\nThey left."),
        ([["1. one that", "goes on", "2. two"]], "1. one that goes on\n2. two"),
        ([["1. one that", "MIN.NO.GB/31/2026: FEES"]], "1. one that\n\nMIN.NO.GB/31/2026: FEES"),
        ([["The fee fell.", "Ordered: The clerk to write."]], "The fee fell.\n\nOrdered: The clerk to write."),
        ([["They said that", "Ordered: lists are long"]], "They said that Ordered: lists are long"),
        ([["seconded by Ms.", "Okoro."]], "seconded by Ms. Okoro."),
        ([["the vote of", "NATO 2 or more"]], "the vote of NATO 2 or more"),
    ],
)
def test_broken_lines_are_joined_into_paragraphs(page_lines, text):
    lines = [[build_page_line(words, 100.0 - 12 * at) for at, words in enumerate(page)] for page in page_lines]

    assert assemble_page_texts(lines)[0] == text


@pytest.mark.parametrize(
    ("bold_lines", "text"),
    [
        (["Draft the list. Dra.", "Lopes, by 30 June"], "## Draft the list. Dra. Lopes, by 30 June"),
        (["Draft the list for Sr.", "Okoro and others"], "## Draft the list for Sr. Okoro and others"),
        (["Draft the list.", "Fees and rooms"], "Draft the list.\n\n## Fees and rooms"),
    ],
)
def test_full_stop_of_title_does_not_end_bold_line(bold_lines, text):
    lines = [build_page_line(words, 100.0 - 12 * at) for at, words in enumerate(bold_lines)]
    for line in lines:
        line.bold = True
    plain = [build_page_line("The members talked about fees and rooms at length.", 60.0 - 12 * at) for at in range(6)]
    sizes = [*lines, *plain, build_page_line("Minutes", 200.0)]
    sizes[-1].size = 14.0

    assert assemble_page_texts([sizes])[0].startswith(text)


def test_columns_are_read_in_order(tmp_path):
    path = tmp_path / "file"
    path.write_bytes(make.build_pdf_file(COLUMN_LINES))
    heading, paragraph, item = run_child_task("pdf", path, TASK_LIMITS)["text"].split("\n\n")

    assert (heading, paragraph[:11], item) == ("# Two columns", "Lorem ipsum", "- item")


@pytest.mark.parametrize(
    "reader_task", sorted(set(TASK_FUNCTION_BY_NAME) - {"decode", "html", "txt-blocks", "md-blocks"})
)  # to these all is text
def test_reader_reports_invalid_file_without_details(tmp_path, reader_task):
    path = tmp_path / "file"
    path.write_bytes(b"nothing of the kind")

    why = "not_a_calendar" if reader_task == "calendar" else "broken"
    assert run_child_task(reader_task, path, {**TASK_LIMITS, "media_type": get_file_kind("odt").media_type}) == {
        "refused": why
    }


def test_memory_error_is_distinguished_from_broken_file():
    assert (is_out_of_memory(1 << 20), is_out_of_memory(1 << 50)) == (True, False)


def test_typesetting_uses_document_data_only(tmp_path):
    path = tmp_path / "file"
    path.write_text(json.dumps({"title": "Nothing else"}))

    assert run_child_task("typeset", path, TASK_LIMITS) == {"refused": "broken"}
