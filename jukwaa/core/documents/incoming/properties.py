"""What a file says of whoever made it, beside its text: names in its properties, comments, tracked changes.

Read by looking for a few well-known words, in a bounded part of each: no parser runs here.
"""

import html
import re
from zipfile import ZipFile

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jukwaa.core.documents.incoming.archives import DAMAGED, open_archive
from jukwaa.core.documents.limits import LIMITS
from jukwaa.core.documents.refusals import FileRefused

_MOST = 4 * 1024 * 1024  # bytes of a part
_LONGEST = 200
_PARTS = ("docProps/core.xml", "docProps/app.xml", "meta.xml")
_NAMES = (
    (_("Author"), re.compile(rb"<(?:dc:creator|meta:initial-creator)>([^<]{1,800})<")),
    (_("Last changed by"), re.compile(rb"<cp:lastModifiedBy>([^<]{1,800})<")),
    (_("Organisation"), re.compile(rb"<Company>([^<]{1,800})<")),
)
_IN_PDF = ((_("Author"), re.compile(rb"/Author\s?\(((?:[^()\\]|\\.){1,400})\)")),)
_COMMENTS = re.compile(r"^(?:word/comments\w{0,20}\.xml|ppt/comments/.{1,80}\.xml|xl/comments\d{0,4}\.xml)$")
_CHANGES = re.compile(rb"<w:(?:ins|del) [^>]{0,400}w:author=\"([^\"]{1,200})\"|<text:tracked-changes")


def properties_of(data: bytes) -> list[tuple[str | Promise, str]]:
    """(what, in which words), each once; empty for most files. Never raises: a file that can't be read says nothing."""
    if data.startswith(b"%PDF"):
        return _found(_IN_PDF, data[:_MOST] + data[-_MOST:])
    try:
        with open_archive(data, limits=LIMITS) as archive:
            return _in_office_file(archive)
    except (FileRefused, *DAMAGED):
        return []


def _in_office_file(archive: ZipFile) -> list[tuple[str | Promise, str]]:
    names = archive.namelist()
    said = _found(_NAMES, b"\n".join(_read(archive, part) for part in _PARTS if part in names))
    if any(_COMMENTS.match(name) for name in names):
        said.append((_("Comments in the margin"), ""))
    for part in ("word/document.xml", "content.xml"):
        if part in names and (match := _CHANGES.search(_read(archive, part))):
            said.append((_("Tracked changes"), _text(match[1] or b"")))
    return said


def _read(archive: ZipFile, part: str) -> bytes:
    with archive.open(part) as stream:
        return stream.read(_MOST)


def _found(
    looked_for: tuple[tuple[str | Promise, re.Pattern[bytes]], ...], data: bytes
) -> list[tuple[str | Promise, str]]:
    found = [(what, _text(match[1])) for what, pattern in looked_for for match in pattern.finditer(data)]
    return [each for each in dict.fromkeys(found) if each[1]]


def _text(raw: bytes) -> str:
    return " ".join(html.unescape(raw.decode("utf-8", "replace")).split())[:_LONGEST]
