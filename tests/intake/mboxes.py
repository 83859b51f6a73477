"""Archives of mailing lists as three programs export them, made by hand, and the import of one."""

import gzip
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from jukwaa.intake.actions.archive import publish_list_import, start_list_import
from jukwaa.intake.tasks import read_list_import
from jukwaa.updates.models import ListImport

# Mailman 2: addresses are hidden in headers, lines that begin with "From " are not quoted, latin-1 without a charset.
MAILMAN_MBOX = (
    b"From jane at example.org  Mon Mar  2 10:00:00 2009\n"
    b"From: jane at example.org (Jane Writer)\n"
    b"Date: Mon, 02 Mar 2009 10:00:00 +0000\n"
    b"Subject: [cos] Next call\n"
    b"Message-ID: <one@example.org>\n"
    b"\n"
    b"The next call is on Monday.\n"
    b"\n"
    b"From the minutes we learned much.\n"
    b"Caf\xe9 afterwards. Call +254 700 123 456 or write to jane at example.org.\n"
    b"-- \n"
    b"Jane Writer\n"
    b"\n"
    b"From ali at example.net  Tue Mar  3 11:00:00 2009\n"
    b"From: ali at example.net (Ali Reader)\n"
    b"Date: Tue, 03 Mar 2009 11:00:00 +0000\n"
    b"Subject: [cos] Next call\n"
    b"In-Reply-To: <one@example.org>\n"
    b"References: <one@example.org>\n"
    b"Message-ID: <two@example.net>\n"
    b"\n"
    b"I can come, Jane Writer.\n"
    b"\n"
    b"On Mon, Mar 2, 2009 at 10:00, Jane Writer wrote:\n"
    b"> The next call is on Monday.\n"
    b"\n"
)

# HyperKitty: addresses as "(a)", encoded words, quoted-printable, ">From ".
HYPERKITTY_MBOX = (
    b"From ali(a)example.net Wed Apr 08 09:00:00 2020\n"
    b"From: =?utf-8?b?2LnZhNmK?= <ali(a)example.net>\n"
    b"To: cos(a)lists.example.org\n"
    b"Subject: =?utf-8?q?R=C3=A9union?=\n"
    b"Date: Wed, 08 Apr 2020 09:00:00 -0000\n"
    b"Message-ID: <158.three@lists.example.org>\n"
    b"MIME-Version: 1.0\n"
    b'Content-Type: text/plain; charset="utf-8"\n'
    b"Content-Transfer-Encoding: quoted-printable\n"
    b"\n"
    b"Bonjour =C3=A0 tous.\n"
    b">From now on we meet on Tuesdays.\n"
    b"\n"
)

# Google Takeout: CRLF, a thread id in the first line, HTML beside text, an attachment.
TAKEOUT_MBOX = (
    b"From 1760000000000000001@xxx Fri May 01 08:00:00 +0000 2015\r\n"
    b"X-GM-THRID: 1760000000000000001\r\n"
    b"Message-ID: <four@mail.gmail.com>\r\n"
    b"Date: Fri, 1 May 2015 08:00:00 +0000\r\n"
    b"Subject: Draft statement\r\n"
    b"From: Jane Writer <jane@example.org>\r\n"
    b'Content-Type: multipart/mixed; boundary="b"\r\n'
    b"\r\n"
    b"--b\r\n"
    b'Content-Type: text/plain; charset="UTF-8"\r\n'
    b"\r\n"
    b"The draft is attached.\r\n"
    b"--b\r\n"
    b"Content-Type: application/pdf\r\n"
    b'Content-Disposition: attachment; filename="draft.pdf"\r\n'
    b"Content-Transfer-Encoding: base64\r\n"
    b"\r\n"
    b"JVBERi0xLjQK\r\n"
    b"--b--\r\n"
    b"\r\n"
)

ARCHIVE_BY_FILE_NAME = {
    "archive.txt": MAILMAN_MBOX,
    "cos.mbox.gz": gzip.compress(HYPERKITTY_MBOX),
    "topics.mbox": TAKEOUT_MBOX,
}


def build_mbox_post(text: str = "Hello.", **headers: Any) -> bytes:
    """One post of an mbox file."""
    given = {
        "From": "Jane Writer <jane@example.org>",
        "Date": "Mon, 02 Mar 2009 10:00:00 +0000",
        "Subject": "A subject",
    }
    given |= {name.replace("_", "-"): value for name, value in headers.items()}
    lines = "".join(f"{name}: {value}\n" for name, value in given.items() if value)
    return f"From someone@example.org Mon Mar  2 10:00:00 2009\n{lines}\n{text}\n\n".encode()


def import_list_archive(
    coordinator, coalition, file_content: bytes = MAILMAN_MBOX, file_name: str = "list.mbox", *, is_opened: bool = False
) -> ListImport:
    """Import a file, let the worker read it, and open it if asked."""
    brought = start_list_import(
        actor=coordinator, coalition=coalition, uploaded_file=SimpleUploadedFile(file_name, file_content)
    )
    read_list_import.func(brought.pk)
    brought.refresh_from_db()
    return publish_list_import(actor=coordinator, list_import=brought) if is_opened else brought
