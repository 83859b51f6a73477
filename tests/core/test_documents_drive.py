import io
import zipfile

import pytest

from jukwaa.core.documents.incoming import DriveLimits, iterate_safe_entries
from tests.core import documents as make


@pytest.fixture
def write_archive(tmp_path):
    def write_zip_files(archive_content):
        path = tmp_path / "drive.zip"
        path.write_bytes(archive_content)
        return path

    return write_zip_files


def read_archive_entries(path, **limits):
    return {entry.name: entry.read() for entry in iterate_safe_entries(path, drive_limits=DriveLimits(**limits))}


def test_archive_entries_are_iterated_without_junk_files(write_archive):
    junk = ["__MACOSX/Reports/._2009.txt", "Reports/.DS_Store", "Reports/Thumbs.db", "Reports/~$2009.docx"]
    files = {"Reports/2009.txt": b"Members agreed.", "Reports/Été.txt": b"Les membres"}
    path = write_archive(make.zip_named_parts({**dict.fromkeys(junk, b"x"), **files, "Reports/": b""}))

    assert read_archive_entries(path) == files


def test_undeclared_utf8_names_are_decoded(write_archive):
    data = make.zip_named_parts({"Réunion.txt": b"x"})
    path = write_archive(data.replace(b"\x00\x08\x08\x00", b"\x00\x00\x08\x00"))

    assert list(read_archive_entries(path)) == ["Réunion.txt"]


def test_symbolic_links_are_skipped(write_archive):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        link = zipfile.ZipInfo("passwd")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")

    assert read_archive_entries(write_archive(stream.getvalue())) == {}


@pytest.mark.parametrize(
    ("archive_parts", "drive_limits", "refusal_code"),
    [
        ({"../evil.txt": b"x"}, {}, "unsafe_name"),
        ({"/evil.txt": b"x"}, {}, "unsafe_name"),
        ({"C:\\evil.txt": b"x"}, {}, "unsafe_name"),
        ({"a.txt": b" " * 2_000}, {"unpacked": 1_000}, "bomb"),
        ({"a.txt": b" " * 20_000}, {"ratio_from": 1_000}, "bomb"),
        ({"a.txt": b"", "b.txt": b""}, {"entries": 1}, "many_entries"),
        ({"a.txt": b"too long"}, {"one_file": 3}, "too_big"),
    ],
)
def test_unsafe_archive_is_refused(write_archive, archive_parts, drive_limits, refusal_code):
    assert (
        make.get_extraction_refusal(
            read_archive_entries, write_archive(make.zip_named_parts(archive_parts)), **drive_limits
        )
        == refusal_code
    )


def test_entry_with_false_size_is_not_read(write_archive):
    data = make.falsify_entry_size(make.zip_named_parts({"a.txt": b"Members agreed."}), "a.txt", 3)

    assert make.get_extraction_refusal(read_archive_entries, write_archive(data)) == "broken"


def test_invalid_archive_is_refused(write_archive):
    assert (
        make.get_extraction_refusal(read_archive_entries, write_archive(b"PK\x03\x04 nothing of the kind"))
        == "broken_zip"
    )


def test_encrypted_archive_is_refused(write_archive):
    data = bytearray(make.zip_named_parts({"a.txt": b"x"}))
    data[data.find(b"PK\x01\x02") + 8] |= 1

    assert make.get_extraction_refusal(read_archive_entries, write_archive(bytes(data))) == "locked_zip"
