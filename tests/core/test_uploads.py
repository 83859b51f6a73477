import re
from email.message import Message

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jukwaa.core.uploads import MAX_NAME_BYTES, build_content_disposition, build_download_headers, clean_filename


@pytest.mark.parametrize(
    ("file_name", "cleaned_name"),
    [
        ("Report 2009.docx", "Report 2009.docx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\Rapport final.pdf", "Rapport final.pdf"),
        ("Отчёт\u202etxt.exe", "Отчётtxt.exe"),
        ('a"b<c>|?*:.txt', "a_b_c_____.txt"),
        ("  .hidden ", "hidden"),
        ("con.txt", "_con.txt"),
        ("line\nbreak\x00.txt", "line break.txt"),
        ("...", "file"),
        ("", "file"),
    ],
)
def test_cleaned_file_name_keeps_valid_parts(file_name, cleaned_name):
    assert clean_filename(file_name) == cleaned_name


def test_long_file_name_keeps_extension_and_whole_characters():
    name = clean_filename("ш" * 300 + ".docx")

    assert (name, len(name.encode())) == ("ш" * 97 + ".docx", 199)


@given(st.text())
def test_any_file_name_becomes_portable(file_name):
    clean = clean_filename(file_name)

    assert 0 < len(clean.encode()) <= MAX_NAME_BYTES
    assert not re.search(r'[/\\<>:"|?*\x00-\x1f]', clean)
    assert clean_filename(clean) == clean


@given(st.text())
def test_any_file_name_survives_content_disposition_header(file_name):
    header = build_content_disposition(file_name)
    message = Message()
    message["Content-Disposition"] = header

    assert header.isascii()
    assert header.isprintable()
    assert header.startswith('attachment; filename="')
    charset_or_name = message.get_param("filename*", header="content-disposition") if "*=" in header else None
    assert charset_or_name is None or charset_or_name.startswith("UTF-8''")


@pytest.mark.parametrize(
    ("file_name", "disposition_header"),
    [
        ("a.txt", 'attachment; filename="a.txt"'),
        ("Été 50%.txt", "attachment; filename=\"Ete 50_.txt\"; filename*=UTF-8''%C3%89t%C3%A9%2050%25.txt"),
        ("报告.pdf", "attachment; filename=\"file.pdf\"; filename*=UTF-8''%E6%8A%A5%E5%91%8A.pdf"),
    ],
)
def test_content_disposition_has_ascii_and_utf8_names(file_name, disposition_header):
    assert build_content_disposition(file_name) == disposition_header


def test_stored_file_is_served_as_attachment_without_scripts():
    assert build_download_headers("page.html", "text/html") == {
        "Content-Type": "text/html",
        "Content-Disposition": 'attachment; filename="page.html"',
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
