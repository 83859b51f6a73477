import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jukwaa.core.documents.incoming import FILE_KINDS, IMPORTABLE_KINDS, FileRefused, Limits, detect_kind
from jukwaa.core.documents.incoming.file_kinds import get_file_kind
from jukwaa.core.documents.refusals import REFUSAL_SENTENCES, UNREADABLE_SENTENCES, get_unreadable_code
from tests.core import documents as make
from tests.deep import examples

PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)
ODT = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("name", "data", "key"),
    [
        ("report.txt", b"Members agreed.", "txt"),
        ("REPORT.TXT", "Les membres ont décidé".encode("cp1252"), "txt"),
        ("no ending", "Члены договорились".encode("utf-16"), "txt"),
        ("notes.md", b"# Notes\n", "md"),
        ("people.csv", b"name;country\n", "csv"),
        ("page.html", b"<!DOCTYPE html><p>Members agreed", "html"),
        ("piece.htm", b"<p>Members <b>agreed</b></p>", "html"),
        ("report.docx", make.word(), "docx"),
        ("slides.pptx", make.packed(ppt__presentation_xml="<a/>"), "pptx"),
        ("sheet.xlsx", make.packed(xl__workbook_xml="<a/>"), "xlsx"),
        ("text.odt", make.zipped(ODT), "odt"),
        ("slides.odp", make.zipped(ODT | {"mimetype": get_file_kind("odp").media_type}), "odp"),
        ("report.pdf", make.typeset("Members agreed."), "pdf"),
        ("picture.png", PNG, "png"),
        ("photo.jpeg", b"\xff\xd8\xff\xe0" + bytes(20), "jpeg"),
    ],
)
def test_a_file_is_what_is_in_it(name, data, key):
    assert detect_kind(data, name).key == key


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("report.txt", b"", "empty"),
        ("report.txt", b" \r\n\x00\t", "empty"),
        ("report.txt", make.word(), "not_what_it_says"),
        ("report.docx", b"Members agreed.", "not_what_it_says"),
        ("report.pdf", b"<html><p>Members agreed.", "not_what_it_says"),
        ("report.pdf", PNG, "not_what_it_says"),
        ("report.txt", b"<!doctype html><p>Members agreed.", "not_what_it_says"),
        ("page.html", b"Members agreed, 3 < 4.", "not_what_it_says"),
        ("report.xlsx", make.word(), "not_what_it_says"),
        ("report.exe", b"MZ" + bytes(100), "no_such_kind"),
        ("report.txt", bytes(range(256)) * 8, "unknown"),
        ("report.pdf", b"GIF89a" + bytes(range(256)), "no_such_kind"),
        ("drive.docx", make.zipped({"a.txt": "a"}), "no_such_kind"),
        ("report.doc", OLE, "outdated"),
        ("report.docx", OLE, "old_office"),
        ("report.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted_office"),
        ("report.txt", b"{\\rtf1 Members}", "outdated"),
        ("report.docx", make.repacked(make.word(), **{"word/vbaProject.bin": b"x"}), "macros"),
        ("text.odt", make.zipped(ODT | {"Basic/Standard/Module1.xml": "<x/>"}), "macros"),
        (
            "sheet.odt",
            make.zipped(ODT | {"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}),
            "no_such_kind",
        ),
        ("report.docx", make.repacked(make.word(), **{"../evil": b"x"}), "unsafe_name"),
        ("report.docx", make.repacked(make.word(), **{"/etc/evil": b"x"}), "unsafe_name"),
        ("report.docx", make.repacked(make.word(), **{"word\\..\\..\\evil": b"x"}), "unsafe_name"),
        ("report.docx", make.repacked(make.word(), **{"word/a.bin": make.zipped({"b": "b"})}), "nested"),
        ("report.docx", make.repacked(make.word(), **{"word/embeddings/a.xlsx": make.zipped({"b": "b"})}), None),
        ("report.docx", make.word()[:-30], "broken_zip"),
        ("report.docx", make.lying(make.word(), "word/document.xml", 10), "broken"),
    ],
)
def test_what_is_wrong_with_a_file_is_said(name, data, code):
    assert make.refusal(detect_kind, data, name) == code


def test_every_refusal_is_a_sentence_that_says_what_to_do():
    facts = dict.fromkeys(("size", "limit", "extension", "taken", "says", "is", "kind"), "x")
    texts = [FileRefused(code, **facts).message for code in REFUSAL_SENTENCES]

    assert [text for text in texts if not text.endswith(".") or text.count(". ") + text.count("; ") < 1] == []


def test_a_refusal_names_both_what_the_name_says_and_what_is_in_the_file():
    with pytest.raises(FileRefused) as caught:
        detect_kind(PNG, "report.pdf")

    assert str(caught.value) == (
        "Save the file again with the right ending. By its name it is: PDF. By its content it is: PNG image."
    )


def test_what_is_kept_and_what_is_read_are_two_lists():
    assert {kind.key for kind in FILE_KINDS} - IMPORTABLE_KINDS == {"pptx", "odt", "odp", "xlsx", "csv", "png", "jpeg"}
    assert make.refusal(detect_kind, PNG, "a.png", allowed=IMPORTABLE_KINDS) == "not_for_readings"


def test_a_file_over_the_limit_is_not_looked_at():
    assert make.refusal(detect_kind, b"x" * 101, "a.txt", limits=Limits(file=100)) == "too_big"


@pytest.mark.parametrize(
    "limits", [Limits(unpacked=1 << 20), Limits(ratio_from=1 << 20), Limits(entries=5)], ids=["size", "ratio", "parts"]
)
def test_an_office_file_that_unpacks_to_too_much_is_not_opened(limits):
    bomb = make.repacked(make.word(), **{"word/media/a.bin": b" " * (3 << 20)})

    assert make.refusal(detect_kind, bomb, "a.docx", limits=limits) in {"bomb", "many_entries"}
    assert make.refusal(detect_kind, bomb, "a.docx") is None


def test_a_list_of_entries_that_is_itself_a_bomb_is_not_read():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for number in range(45):
            archive.writestr(f"{number}" + "x" * 60_000, b"")
            archive.infolist()[-1].comment = b"y" * 60_000

    assert make.refusal(detect_kind, stream.getvalue(), "a.docx") == "many_entries"


BOMB = make.deflated(300)


@pytest.mark.parametrize(
    "data",
    [
        make.pdf(BOMB),
        make.pdf(make.zlib.compress(BOMB), filters="[/FlateDecode /FlateDecode]"),
        make.pdf(make.deflated(300, make.zlib.compress(b"small"))),
        make.pdf(BOMB.hex().encode() + b">", filters="[/ASCIIHexDecode /FlateDecode]"),
        make.pdf(make.zlib.compress(b"q Q"), BOMB, filters="9 0 R"),
        make.pdf(*[make.deflated(40)] * 3),
    ],
    ids=["one stream", "two layers", "behind a small one", "in hexadecimal", "filter elsewhere", "many"],
)
def test_a_pdf_that_unpacks_to_too_much_is_not_opened(data):
    assert make.refusal(detect_kind, data, "a.pdf") == "bomb"


def test_a_pdf_of_ordinary_density_passes():
    assert detect_kind(make.pdf(*[make.deflated(10)] * 3), "a.pdf").key == "pdf"


@pytest.mark.parametrize(
    "data",
    [b"%PDF-1.7\n" + b"stream\n" * 2_000, b"%PDF-1.7\n" + b"stream\n789c" * 200_000],
    ids=["countless", "one within the other"],
)
def test_a_pdf_that_only_costs_time_to_look_at_is_not_looked_at(data):
    assert make.refusal(detect_kind, data, "a.pdf", limits=Limits(pdf_streams=1_000)) == "bomb"


@given(st.data())
@settings(max_examples=examples(40), deadline=None)
def test_a_file_that_somebody_broke_is_refused_with_a_sentence_or_taken(data):
    broken = bytearray(make.word())
    for _ in range(data.draw(st.integers(1, 8))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))

    assert make.refusal(detect_kind, bytes(broken), "a.docx") in {None, *REFUSAL_SENTENCES}


def test_of_a_file_that_was_not_read_there_is_a_sentence_whatever_the_reason():
    assert {get_unreadable_code(code) for code in REFUSAL_SENTENCES} == set(UNREADABLE_SENTENCES)
    assert [
        text for text in map(str, UNREADABLE_SENTENCES.values()) if "%" in text or not text.startswith("It is kept")
    ] == []


def test_a_document_that_fetches_its_template_through_a_disguised_address_is_refused():
    relation = (
        "<Relationship Id='r1' TargetMode='External' Type='http://x/attachedTemplate' "
        "Target='&#104;ttps://elsewhere.example/a.dotm'/>"
    )
    for part in (relation.encode(), relation.encode("utf-16"), relation.replace("&#104;ttps://", "%5C%5C").encode()):
        disguised = make.repacked(make.word(), **{"word/_rels/settings_xml.rels": part})
        assert make.refusal(detect_kind, disguised, "a.docx") == "fetches"
