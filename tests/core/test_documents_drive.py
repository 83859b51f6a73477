import io
import zipfile

import pytest

from jukwaa.core.documents.incoming import DriveLimits, iterate_safe_entries
from tests.core import documents as make


@pytest.fixture
def drive(tmp_path):
    def write(data):
        path = tmp_path / "drive.zip"
        path.write_bytes(data)
        return path

    return write


def read(path, **limits):
    return {entry.name: entry.read() for entry in iterate_safe_entries(path, limits=DriveLimits(**limits))}


def test_the_files_of_a_drive_come_one_by_one_without_its_junk(drive):
    junk = ["__MACOSX/Reports/._2009.txt", "Reports/.DS_Store", "Reports/Thumbs.db", "Reports/~$2009.docx"]
    files = {"Reports/2009.txt": b"Members agreed.", "Reports/Été.txt": b"Les membres"}
    path = drive(make.zipped({**dict.fromkeys(junk, b"x"), **files, "Reports/": b""}))

    assert read(path) == files


def test_names_that_were_written_as_utf8_without_saying_so_are_read_right(drive):
    data = make.zipped({"Réunion.txt": b"x"})
    path = drive(data.replace(b"\x00\x08\x08\x00", b"\x00\x00\x08\x00"))

    assert list(read(path)) == ["Réunion.txt"]


def test_links_to_elsewhere_are_left_out(drive):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        link = zipfile.ZipInfo("passwd")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")

    assert read(drive(stream.getvalue())) == {}


@pytest.mark.parametrize(
    ("parts", "limits", "code"),
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
def test_an_archive_that_is_unsafe_is_refused(drive, parts, limits, code):
    assert make.refusal(read, drive(make.zipped(parts)), **limits) == code


def test_an_entry_that_lies_about_its_size_is_not_read(drive):
    data = make.lying(make.zipped({"a.txt": b"Members agreed."}), "a.txt", 3)

    assert make.refusal(read, drive(data)) == "broken"


def test_what_is_no_archive_is_refused(drive):
    assert make.refusal(read, drive(b"PK\x03\x04 nothing of the kind")) == "broken_zip"


def test_a_locked_archive_is_refused(drive):
    data = bytearray(make.zipped({"a.txt": b"x"}))
    data[data.find(b"PK\x01\x02") + 8] |= 1

    assert make.refusal(read, drive(bytes(data))) == "locked_zip"
