import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jukwaa.core.documents.incoming import FILE_KINDS, IMPORTABLE_KIND_KEYS, FileLimits, FileRefused, detect_file_kind
from jukwaa.core.documents.incoming.file_kinds import get_file_kind
from jukwaa.core.documents.refusals import (
    SENTENCE_BY_REFUSAL_CODE,
    SENTENCE_BY_UNREADABLE_CODE,
    get_unreadable_reason_code,
)
from tests.core import documents as make
from tests.deep import get_example_count

PNG_FILE = b"\x89PNG\r\n\x1a\n" + bytes(20)
ODT_FILE = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}
EMAIL_FILE = b"From: Ana <ana@example.org>\r\nSubject: Call\r\n\r\nMembers agreed.\r\n"
OLE_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("file_name", "file_content", "file_type"),
    [
        ("report.txt", b"Members agreed.", "txt"),
        ("REPORT.TXT", "Les membres ont décidé".encode("cp1252"), "txt"),
        ("no ending", "Члены договорились".encode("utf-16"), "txt"),
        ("notes.md", b"# Notes\n", "md"),
        ("people.csv", b"name;country\n", "csv"),
        ("page.html", b"<!DOCTYPE html><p>Members agreed", "html"),
        ("piece.htm", b"<p>Members <b>agreed</b></p>", "html"),
        ("report.docx", make.build_word_file(), "docx"),
        ("slides.pptx", make.build_zip_file(ppt__presentation_xml="<a/>"), "pptx"),
        ("sheet.xlsx", make.build_zip_file(xl__workbook_xml="<a/>"), "xlsx"),
        ("text.odt", make.zip_named_parts(ODT_FILE), "odt"),
        ("slides.odp", make.zip_named_parts(ODT_FILE | {"mimetype": get_file_kind("odp").media_type}), "odp"),
        ("report.pdf", make.build_pdf_file("Members agreed."), "pdf"),
        ("picture.png", PNG_FILE, "png"),
        ("photo.jpeg", b"\xff\xd8\xff\xe0" + bytes(20), "jpeg"),
    ],
)
def test_file_kind_is_detected_from_content(file_name, file_content, file_type):
    assert detect_file_kind(file_content, file_name).key == file_type


@pytest.mark.parametrize(
    ("file_name", "file_content", "refusal_code"),
    [
        ("report.txt", b"", "empty"),
        ("report.txt", b" \r\n\x00\t", "empty"),
        ("report.txt", make.build_word_file(), "not_what_it_says"),
        ("report.docx", b"Members agreed.", "not_what_it_says"),
        ("report.pdf", b"<html><p>Members agreed.", "not_what_it_says"),
        ("report.pdf", PNG_FILE, "not_what_it_says"),
        ("report.txt", b"<!doctype html><p>Members agreed.", "not_what_it_says"),
        ("page.html", b"Members agreed, 3 < 4.", "not_what_it_says"),
        ("report.xlsx", make.build_word_file(), "not_what_it_says"),
        ("report.exe", b"MZ" + bytes(100), "no_such_kind"),
        ("report.txt", bytes(range(256)) * 8, "unknown"),
        ("report.pdf", b"GIF89a" + bytes(range(256)), "no_such_kind"),
        ("drive.docx", make.zip_named_parts({"a.txt": "a"}), "no_such_kind"),
        ("report.doc", OLE_FILE, "outdated"),
        ("report.docx", OLE_FILE, "old_office"),
        ("report.docx", OLE_FILE + "EncryptedPackage".encode("utf-16-le"), "encrypted_office"),
        ("report.txt", b"{\\rtf1 Members}", "not_what_it_says"),
        ("report.rtf", b"{\\rtf1 Members}", "no_such_kind"),
        ("call.eml", EMAIL_FILE, "no_such_kind"),
        ("call.eml", b"Members agreed.", "not_what_it_says"),
        ("report.rtf", b"Members agreed.", "not_what_it_says"),
        ("report.docx", make.replace_zip_parts(make.build_word_file(), **{"word/vbaProject.bin": b"x"}), "macros"),
        ("text.odt", make.zip_named_parts(ODT_FILE | {"Basic/Standard/Module1.xml": "<x/>"}), "macros"),
        (
            "sheet.odt",
            make.zip_named_parts(ODT_FILE | {"mimetype": "application/vnd.oasis.opendocument.formula"}),
            "no_such_kind",
        ),
        ("report.docx", make.replace_zip_parts(make.build_word_file(), **{"../evil": b"x"}), "unsafe_name"),
        ("report.docx", make.replace_zip_parts(make.build_word_file(), **{"/etc/evil": b"x"}), "unsafe_name"),
        ("report.docx", make.replace_zip_parts(make.build_word_file(), **{"word\\..\\..\\evil": b"x"}), "unsafe_name"),
        (
            "report.docx",
            make.replace_zip_parts(make.build_word_file(), **{"word/a.bin": make.zip_named_parts({"b": "b"})}),
            "nested",
        ),
        (
            "report.docx",
            make.replace_zip_parts(
                make.build_word_file(), **{"word/embeddings/a.xlsx": make.zip_named_parts({"b": "b"})}
            ),
            None,
        ),
        ("report.docx", make.build_word_file()[:-30], "broken_document"),
        ("report.docx", make.falsify_entry_size(make.build_word_file(), "word/document.xml", 10), "broken"),
    ],
)
def test_file_refusal_names_the_fault(file_name, file_content, refusal_code):
    assert make.get_extraction_refusal(detect_file_kind, file_content, file_name) == refusal_code


def test_every_refusal_code_has_sentence_with_remedy():
    facts = dict.fromkeys(("size", "limit", "extension", "taken", "says", "is", "kind"), "x")
    texts = [FileRefused(code, **facts).message for code in SENTENCE_BY_REFUSAL_CODE]

    assert [text for text in texts if not text.endswith(".") or text.count(". ") + text.count("; ") < 1] == []


def test_refusal_names_both_extension_and_content():
    with pytest.raises(FileRefused) as caught:
        detect_file_kind(PNG_FILE, "report.pdf")

    assert str(caught.value) == (
        "Save the file again with the right file extension. Type shown by the file name: PDF. Type of the content:"
        " PNG image."
    )


def test_accepted_and_importable_kinds_differ():
    assert {kind.key for kind in FILE_KINDS} - IMPORTABLE_KIND_KEYS == {
        "pptx",
        "odp",
        "xlsx",
        "ods",
        "csv",
        "png",
        "jpeg",
    }
    assert (
        make.get_extraction_refusal(detect_file_kind, PNG_FILE, "a.png", allowed_kinds=IMPORTABLE_KIND_KEYS)
        == "not_for_readings"
    )


@pytest.mark.parametrize(
    ("file_name", "file_content", "file_type"),
    [("report.rtf", b"{\\rtf1 Members}", "rtf"), ("call.eml", EMAIL_FILE, "eml"), ("call.txt", EMAIL_FILE, "txt")],
)
def test_importable_file_kind_is_detected(file_name, file_content, file_type):
    assert detect_file_kind(file_content, file_name, allowed_kinds=IMPORTABLE_KIND_KEYS).key == file_type


def test_oversized_file_is_not_inspected():
    assert (
        make.get_extraction_refusal(detect_file_kind, b"x" * 101, "a.txt", file_limits=FileLimits(file=100))
        == "too_big"
    )


@pytest.mark.parametrize(
    "file_limits",
    [FileLimits(unpacked=1 << 20), FileLimits(ratio_from=1 << 20), FileLimits(entries=5)],
    ids=["size", "ratio", "parts"],
)
def test_office_zip_bomb_is_not_opened(file_limits):
    bomb = make.replace_zip_parts(make.build_word_file(), **{"word/media/a.bin": b" " * (3 << 20)})

    assert make.get_extraction_refusal(detect_file_kind, bomb, "a.docx", file_limits=file_limits) in {
        "bomb",
        "many_entries",
    }
    assert make.get_extraction_refusal(detect_file_kind, bomb, "a.docx") is None


def test_zip_with_oversized_directory_is_not_read():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for number in range(45):
            archive.writestr(f"{number}" + "x" * 60_000, b"")
            archive.infolist()[-1].comment = b"y" * 60_000

    assert make.get_extraction_refusal(detect_file_kind, stream.getvalue(), "a.docx") == "many_entries"


ZIP_BOMB = make.build_zlib_bomb(300)


@pytest.mark.parametrize(
    "file_content",
    [
        make.build_minimal_pdf(ZIP_BOMB),
        make.build_minimal_pdf(make.zlib.compress(ZIP_BOMB), filters="[/FlateDecode /FlateDecode]"),
        make.build_minimal_pdf(make.build_zlib_bomb(300, make.zlib.compress(b"small"))),
        make.build_minimal_pdf(ZIP_BOMB.hex().encode() + b">", filters="[/ASCIIHexDecode /FlateDecode]"),
        make.build_minimal_pdf(make.zlib.compress(b"q Q"), ZIP_BOMB, filters="9 0 R"),
        make.build_minimal_pdf(*[make.build_zlib_bomb(40)] * 3),
    ],
    ids=["one stream", "two layers", "behind a small one", "in hexadecimal", "filter elsewhere", "many"],
)
@pytest.mark.slow
def test_pdf_bomb_is_not_opened(file_content):
    assert make.get_extraction_refusal(detect_file_kind, file_content, "a.pdf") == "bomb"


def test_pdf_with_ordinary_compression_is_accepted():
    assert detect_file_kind(make.build_minimal_pdf(*[make.build_zlib_bomb(10)] * 3), "a.pdf").key == "pdf"


@pytest.mark.parametrize(
    "file_content",
    [b"%PDF-1.7\n" + b"stream\n" * 2_000, b"%PDF-1.7\n" + b"stream\n789c" * 200_000],
    ids=["countless", "one within the other"],
)
@pytest.mark.slow
def test_pdf_that_is_slow_to_inspect_is_refused(file_content):
    assert (
        make.get_extraction_refusal(detect_file_kind, file_content, "a.pdf", file_limits=FileLimits(pdf_streams=1_000))
        == "bomb"
    )


@given(st.data())
@settings(max_examples=get_example_count(40), deadline=None)
def test_damaged_file_is_refused_with_sentence_or_accepted(data_folder):
    broken = bytearray(make.build_word_file())
    for _ in range(data_folder.draw(st.integers(1, 8))):
        broken[data_folder.draw(st.integers(0, len(broken) - 1))] = data_folder.draw(st.integers(0, 255))

    assert make.get_extraction_refusal(detect_file_kind, bytes(broken), "a.docx") in {None, *SENTENCE_BY_REFUSAL_CODE}


def test_every_unreadable_code_has_sentence():
    assert {get_unreadable_reason_code(code) for code in SENTENCE_BY_REFUSAL_CODE} == set(SENTENCE_BY_UNREADABLE_CODE)
    assert [
        text
        for text in map(str, SENTENCE_BY_UNREADABLE_CODE.values())
        if "%" in text or not text.startswith("The file has been saved")
    ] == []


def test_document_with_disguised_template_address_is_refused():
    relation = (
        "<Relationship Id='r1' TargetMode='External' Type='http://x/attachedTemplate' "
        "Target='&#104;ttps://elsewhere.example/a.dotm'/>"
    )
    for part in (relation.encode(), relation.encode("utf-16"), relation.replace("&#104;ttps://", "%5C%5C").encode()):
        disguised = make.replace_zip_parts(make.build_word_file(), **{"word/_rels/settings_xml.rels": part})
        assert make.get_extraction_refusal(detect_file_kind, disguised, "a.docx") == "fetches"
