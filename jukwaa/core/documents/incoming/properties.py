"""What a file says of whoever made it, beside its text: names in its properties, comments, tracked changes.

Read by looking for a few well-known words, in a bounded part of each: no parser runs here.
"""

import html
import re
from zipfile import ZipFile

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jukwaa.core.documents.incoming.archives import ARCHIVE_READ_ERRORS, open_checked_archive
from jukwaa.core.documents.limits import DEFAULT_FILE_LIMITS
from jukwaa.core.documents.refusals import FileRefused

_MAX_READ_BYTES = 4 * 1024 * 1024  # bytes of a part
_MAX_VALUE_LENGTH = 200
_PROPERTY_PART_NAMES = ("docProps/core.xml", "docProps/app.xml", "meta.xml")
_OFFICE_NAME_PATTERNS = (
    (_("Author"), re.compile(rb"<(?:dc:creator|meta:initial-creator)>([^<]{1,800})<")),
    (_("Last changed by"), re.compile(rb"<cp:lastModifiedBy>([^<]{1,800})<")),
    (_("Organisation"), re.compile(rb"<Company>([^<]{1,800})<")),
)
_PDF_NAME_PATTERNS = ((_("Author"), re.compile(rb"/Author\s?\(((?:[^()\\]|\\.){1,400})\)")),)
_COMMENT_PART_PATTERN = re.compile(
    r"^(?:word/comments\w{0,20}\.xml|ppt/comments/.{1,80}\.xml|xl/(?:comments|threadedComments)(?:\d{0,4}|/.{1,80})\.xml)$"
)
_OPEN_DOCUMENT_COMMENT = b"<office:annotation"
_DELETED_TEXT_PATTERN = re.compile(rb"<w:(?:del|moveFrom)[ >]|<text:deletion>")
# Not `w:webHidden`, which the page numbers of every table of contents have.
_HIDDEN_TEXT_PATTERN = re.compile(
    rb"<w:vanish(?: ?/| w:val=\"(?:1|true|on)\")|<style:text-properties [^>]{0,800}text:display=\"none\""
)
_TRACKED_CHANGE_PATTERN = re.compile(rb"<w:(?:ins|del) [^>]{0,400}w:author=\"([^\"]{1,200})\"|<text:tracked-changes")


def find_personal_properties(file_data: bytes) -> list[tuple[str | Promise, str]]:
    """(what, in which words), each once; empty for most files. Never raises: a file that can't be read says nothing."""
    if file_data.startswith(b"%PDF"):
        return _find_property_matches(_PDF_NAME_PATTERNS, file_data[:_MAX_READ_BYTES] + file_data[-_MAX_READ_BYTES:])
    try:
        with open_checked_archive(file_data, archive_limits=DEFAULT_FILE_LIMITS) as archive:
            return _find_office_file_properties(archive)
    except (FileRefused, *ARCHIVE_READ_ERRORS):
        return []


def find_comments_and_deletions(file_data: bytes) -> list[str | Promise]:
    """Name what an office file holds besides the text that is read: comments, and deleted text. Never raises."""
    names, parts = _read_text_parts(file_data)
    found: list[str | Promise] = []
    if any(_COMMENT_PART_PATTERN.match(name) for name in names) or any(
        _OPEN_DOCUMENT_COMMENT in part for part in parts
    ):
        found.append(_("comments"))
    if any(_DELETED_TEXT_PATTERN.search(part) for part in parts):
        found.append(_("deleted text (tracked changes)"))
    return found


def contains_hidden_text(file_data: bytes) -> bool:
    """Whether an office file has text that is not shown in print, but read like all others. Never raises."""
    _names, parts = _read_text_parts(file_data)
    return any(_HIDDEN_TEXT_PATTERN.search(part) for part in parts)


def _read_text_parts(file_data: bytes) -> tuple[list[str], list[bytes]]:
    """The names of all parts of an office file, and those parts that have its text; nothing of another file."""
    try:
        with open_checked_archive(file_data, archive_limits=DEFAULT_FILE_LIMITS) as archive:
            names = archive.namelist()
            return names, [
                _read_package_part(archive, name) for name in ("word/document.xml", "content.xml") if name in names
            ]
    except (FileRefused, *ARCHIVE_READ_ERRORS):
        return [], []


def _find_office_file_properties(zip_archive: ZipFile) -> list[tuple[str | Promise, str]]:
    names = zip_archive.namelist()
    said = _find_property_matches(
        _OFFICE_NAME_PATTERNS,
        b"\n".join(_read_package_part(zip_archive, part) for part in _PROPERTY_PART_NAMES if part in names),
    )
    if any(_COMMENT_PART_PATTERN.match(name) for name in names):
        said.append((_("Comments in the margin"), ""))
    for part in ("word/document.xml", "content.xml"):
        if part in names and (match := _TRACKED_CHANGE_PATTERN.search(_read_package_part(zip_archive, part))):
            said.append((_("Tracked changes"), _decode_property_value(match[1] or b"")))
    return said


def _read_package_part(zip_archive: ZipFile, part_name: str) -> bytes:
    with zip_archive.open(part_name) as stream:
        return stream.read(_MAX_READ_BYTES)


def _find_property_matches(
    property_patterns: tuple[tuple[str | Promise, re.Pattern[bytes]], ...], file_data: bytes
) -> list[tuple[str | Promise, str]]:
    found = [
        (what, _decode_property_value(match[1]))
        for what, pattern in property_patterns
        for match in pattern.finditer(file_data)
    ]
    return [each for each in dict.fromkeys(found) if each[1]]


def _decode_property_value(raw_value: bytes) -> str:
    return " ".join(html.unescape(raw_value.decode("utf-8", "replace")).split())[:_MAX_VALUE_LENGTH]
