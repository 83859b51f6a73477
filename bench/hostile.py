"""The heaviest files that pass the limits, and people who upload them to a server. Import it after the settings."""

import io
import os
import random
import secrets
import subprocess
import sys
import time
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from typing import Any
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

import xlsxwriter

from bench.memory import find_free_port, wait_for_server
from jukwaa.config.supervisor import build_parent_death_hook

MAX_HOSTILE_PARAGRAPHS = 200_000
CSRF_TOKEN = "c" * 32
WORD_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
CONTENT_TYPES_NAMESPACE = "http://schemas.openxmlformats.org/package/2006/content-types"
BYTES_PER_MB = 1024 * 1024


@cache
def build_word_file(file_number: int, paragraphs: int = MAX_HOSTILE_PARAGRAPHS) -> bytes:
    """A Word file of so many paragraphs, other ones for each number."""
    chosen = random.Random(file_number)
    said = "".join(
        f"<w:p><w:r><w:t>It was agreed {chosen.randrange(10**6)}.</w:t></w:r></w:p>" for _ in range(paragraphs)
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", f'<Types xmlns="{CONTENT_TYPES_NAMESPACE}"/>')
        archive.writestr(
            "word/document.xml", f'<w:document xmlns:w="{WORD_NAMESPACE}"><w:body>{said}</w:body></w:document>'
        )
    return stream.getvalue()


@cache
def build_hostile_spreadsheet(file_number: int) -> bytes:
    """A table of as many rows and columns as are allowed."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"constant_memory": True}) as book:
        table = book.add_worksheet()
        table.write_row(0, 0, [f"Column {column}" for column in range(60)])
        for row in range(1, 4_900):
            table.write_row(row, 0, [f"Helpline {file_number} {row} {column}" for column in range(60)])
    return stream.getvalue()


@cache
def build_hostile_pdf(file_number: int) -> bytes:
    """One page, whose content unpacks to 60 MB."""
    stream = zlib.compress(b"%% %d\n" % file_number + b" " * 60 * BYTES_PER_MB, 6)
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R>>"
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>", page]
    objects.append(b"<</Length %d/Filter/FlateDecode>>stream\n" % len(stream) + stream + b"\nendstream")
    body = b"%PDF-1.7\n" + b"".join(b"%d 0 obj\n%s\nendobj\n" % pair for pair in enumerate(objects, 1))
    return body + b"trailer<</Size 5/Root 1 0 R>>\n%%EOF"


@cache
def build_hostile_text(file_number: int, characters: int) -> bytes:
    chosen = random.Random(file_number)
    sentence = "It was agreed that member {} would share report {} on helplines.\n\n"
    count = characters // 65
    said = (sentence.format(chosen.randrange(10**4), chosen.randrange(10**4)) for _ in range(count))
    return "".join(said).encode()[:characters]


@dataclass(frozen=True)
class HostileUpload:
    """A form that takes a file, and one for it."""

    path: str
    name: str
    data: bytes
    fields: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class HostileUploader:
    """Who uploads: their session, and what they upload in turn."""

    cookie: str
    uploads: list[HostileUpload]


def build_uploader(
    coalition: Any, record: Any, file_number: int, *, includes_small_files: bool = False
) -> HostileUploader:
    """Somebody who may upload anywhere; `includes_small_files` adds as many ordinary files."""
    from bench.pages import create_session_cookie
    from tests.factories import MembershipFactory, PersonFactory, RoleFactory

    person = PersonFactory()
    MembershipFactory(coalition=coalition, organisation=None, person=person)
    RoleFactory(coalition=coalition, person=person, kind="coordinator")
    about = (("label", "TLP:CLEAR"), ("meeting_title", f"Meeting {file_number}"), ("text", ""))
    slug, large = coalition.slug, build_word_file(file_number % 4)
    attach, bring = f"/{slug}/records/{record.pk}/files/add/", f"/{slug}/report-imports/new/"
    uploads = [
        HostileUpload(bring, "minutes.docx", large, about),
        HostileUpload(attach, "minutes.docx", large),
        HostileUpload(f"/{slug}/texts/new/file/", "draft.docx", large),
        HostileUpload(f"/{slug}/imports/new/", "members.xlsx", build_hostile_spreadsheet(0), (("kind", "members"),)),
        HostileUpload(attach, "plan.pdf", build_hostile_pdf(file_number % 4)),
        HostileUpload(bring, "notes.txt", build_hostile_text(file_number % 4, 290_000), about),
        HostileUpload(bring, "notes.md", build_hostile_text(file_number % 4, 4_000_000), about),
        HostileUpload(attach, "table.xlsx", build_hostile_spreadsheet(1)),
    ]
    if includes_small_files:
        small = [replace(upload, data=make_small_upload(upload.name, file_number)) for upload in uploads]
        uploads = [upload for pair in zip(uploads, small, strict=True) for upload in pair]
    turn = file_number % len(uploads)
    return HostileUploader(create_session_cookie(person), uploads[turn:] + uploads[:turn])


def make_small_upload(upload_name: str, file_number: int) -> bytes:
    """A file of a few pages; under the name of a PDF it is refused, and a table is a heavy one."""
    if upload_name.endswith(".docx"):
        return build_word_file(file_number, paragraphs=60)
    return build_hostile_spreadsheet(1) if upload_name.endswith(".xlsx") else build_hostile_text(file_number, 6_000)


def make_upload_unique(upload: HostileUpload, file_number: int) -> HostileUpload:
    """The same upload with other bytes: what is there already would be recognised. ZIP files end in a comment."""
    data, note = upload.data, f"\n% {file_number}\n".encode()
    if upload.name.endswith((".docx", ".xlsx")):
        return replace(upload, data=data[:-2] + len(note).to_bytes(2, "little") + note)
    return replace(upload, data=data + note)


class NoRedirectHandler(HTTPRedirectHandler):
    """A redirect is the answer."""

    def redirect_request(self, *_args: Any, **_kwargs: Any) -> None:
        return None


URL_OPENER = build_opener(NoRedirectHandler)


def post_upload_file(server_url: str, session_cookie: str, upload: HostileUpload) -> int:
    """The status of the answer; 599 where there was none within five minutes."""
    boundary = secrets.token_hex(16)
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in (*upload.fields, ("csrfmiddlewaretoken", CSRF_TOKEN))
    ]
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{upload.name}"\r\n\r\n'.encode()
    body = b"".join([*parts, head, upload.data, f"\r\n--{boundary}--\r\n".encode()])
    headers = {
        "Content-Type": f"multipart/form-data; boundary={boundary}",
        "Cookie": f"{session_cookie}; csrf={CSRF_TOKEN}",
        "Origin": server_url,
    }
    try:
        with URL_OPENER.open(Request(server_url + upload.path, body, headers), timeout=300) as answer:
            answer.read()
            return int(answer.status)
    except HTTPError as error:
        error.read()
        return error.code
    except OSError:
        return 599


@contextmanager
def serve_application(workers: int = 2) -> Iterator[tuple[str, int]]:
    """`jukwaa serve` as an operator starts it: its address, and the id of its process."""
    port = find_free_port()
    command = [sys.executable, "-m", "jukwaa", "serve", f"--port={port}", f"--workers={workers}"]
    server = subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=os.environ,
        preexec_fn=build_parent_death_hook(),  # noqa: PLW1509 - it ends with us, even if we are killed
    )
    here = f"http://127.0.0.1:{port}"
    try:
        wait_for_server(here)
        time.sleep(2)
        yield here, server.pid
    finally:
        server.terminate()
        server.wait()
