import io
import json

import pytest
import xlsxwriter

from jukwaa.core.documents.child.__main__ import READERS, answer, ran_out
from jukwaa.core.documents.incoming import extract_text
from jukwaa.core.documents.incoming.kinds import kind
from tests.core import documents as make

ORDERS = {"memory": 1 << 50, "characters": 5_000_000}
PRESENTATION = "http://schemas.openxmlformats.org/presentationml/2006/main"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SLIDES = {
    "ppt/presentation.xml": f'<p:presentation xmlns:p="{PRESENTATION}" xmlns:r="{RELATED}">'
    '<p:sldIdLst><p:sldId id="256" r:id="rId1"/></p:sldIdLst></p:presentation>',
    "ppt/_rels/presentation.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    f'relationships"><Relationship Id="rId1" Type="{RELATED}/slide" Target="slides/slide1.xml"/></Relationships>',
    "ppt/slides/slide1.xml": f'<p:sld xmlns:p="{PRESENTATION}" xmlns:a="{DRAWING}"><p:cSld><p:spTree><p:sp><p:txBody>'
    "<a:p><a:r><a:t>Members &lt;agreed&gt;</a:t></a:r></a:p></p:txBody></p:sp></p:spTree></p:cSld></p:sld>",
}


def a_workbook():
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        book.add_worksheet("People").write_row(0, 0, ["ITU", "member", 1865])
    return stream.getvalue()


def a_list(document):
    document.add_heading("Decisions", 1)
    document.add_paragraph("to meet", style="List Bullet")
    document.add_table(1, 2).cell(0, 0).text = "ITU"


COLUMNS = """#set page(width: 300pt, height: 200pt, columns: 2)
= Two columns
#set text(hyphenate: true)
#set par(justify: true)
#lorem(80)
- item"""


@pytest.mark.parametrize(
    ("key", "data", "text"),
    [
        ("docx", make.word(a_list), "# Decisions\n\n- to meet\n\nITU | "),
        ("html", b"<h1>Decisions</h1><ul><li>to meet</ul><pre>a\n b</pre>", "# Decisions\n\n- to meet\n\na\n b"),
        ("pdf", make.typeset("= Decisions\nMembers agreed.\n- to meet"), "# Decisions\n\nMembers agreed.\n\n- to meet"),
        ("pptx", make.zipped(SLIDES), "Members <agreed>"),
        ("xlsx", a_workbook(), "# People\n\nITU | member | 1865"),
    ],
)
def test_a_reader_says_the_same_in_its_process_and_out_of_it(tmp_path, key, data, text):
    path = tmp_path / "file"
    path.write_bytes(data)
    said = answer(key, path, {**ORDERS, "media_type": kind(key).media_type})

    assert (said["text"].strip(), extract_text(data, f"file.{key}").text.strip()) == (text.strip(), text.strip())


def test_columns_of_a_page_are_read_one_after_the_other(tmp_path):
    path = tmp_path / "file"
    path.write_bytes(make.typeset(COLUMNS))
    heading, paragraph, item = answer("pdf", path, ORDERS)["text"].split("\n\n")

    assert (heading, paragraph[:11], item) == ("# Two columns", "Lorem ipsum", "- item")


@pytest.mark.parametrize("task", sorted(set(READERS) - {"html"}))
def test_a_reader_that_meets_nonsense_says_so_and_no_more(tmp_path, task):
    path = tmp_path / "file"
    path.write_bytes(b"nothing of the kind")

    assert answer(task, path, {**ORDERS, "media_type": kind("odt").media_type}) == {"refused": "broken"}


def test_running_out_of_memory_is_told_from_a_broken_file():
    assert (ran_out(1 << 20), ran_out(1 << 50)) == (True, False)


def test_a_document_is_set_from_its_data_alone(tmp_path):
    path = tmp_path / "file"
    path.write_text(json.dumps({"title": "Nothing else"}))

    assert answer("typeset", path, ORDERS) == {"refused": "broken"}
