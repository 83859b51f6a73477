"""An mbox file as the posts in it: first what they are and how they hang together, then one by one."""

import gzip
import hashlib
import re
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from email.parser import BytesHeaderParser
from email.policy import compat32
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

from jukwaa.core.documents.limits import BYTES_PER_MEGABYTE
from jukwaa.core.refusals import ActionRefused
from jukwaa.mail.email_parsing import parse_raw_email
from jukwaa.mail.header_decoding import get_decoded_header
from jukwaa.mail.mbox import NotMboxError, split_mbox_messages
from jukwaa.updates.incoming.inbound_email import InboundEmail, build_inbound_email, remove_unsafe_characters

MAX_ARCHIVE_BYTES = 25 * BYTES_PER_MEGABYTE  # of a file, packed or not
MAX_UNPACKED_BYTES = 100 * BYTES_PER_MEGABYTE
MAX_ARCHIVE_POSTS = 20_000
GZIP_SIGNATURE = b"\x1f\x8b"
MESSAGE_ID_PATTERN = re.compile(r"<[^<>\s]{1,250}>")
MAX_MESSAGE_HEAD_BYTES = 256 * 1024
VIA_LIST_SUFFIX_PATTERN = re.compile(
    r"\s+via\s+.*$", re.IGNORECASE
)  # what a list adds to the name of a sender whose address it replaced


@dataclass(frozen=True)
class MailboxOutline:
    """How many posts a file has, and to what each of those with a Message-ID replies."""

    total: int = 0
    parents: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class MailboxPost:
    """One post of a file: as an email that came in, with its whole text."""

    came: InboundEmail
    body: str
    is_truncated: bool


def build_not_mailbox_refusal() -> ActionRefused:
    return ActionRefused(
        _(
            "This file is not in mbox format. Choose a file that ends in .mbox or .mbox.gz. Mailman, HyperKitty and "
            "Google Groups can export a list archive in this format."
        ),
        "file",
    )


@contextmanager
def open_mailbox_file(path: Path) -> Iterator[BinaryIO]:
    """Open a file, unpacked where it was packed. Raises ActionRefused."""
    with path.open("rb") as packed:
        if packed.read(2) != GZIP_SIGNATURE:
            packed.seek(0)
            yield packed
            return
        packed.seek(0)
        with tempfile.TemporaryFile() as unpacked:
            _unpack_gzip_file(packed, unpacked)
            unpacked.seek(0)
            yield unpacked


def _unpack_gzip_file(packed_file: BinaryIO, target_file: BinaryIO) -> None:
    room = MAX_UNPACKED_BYTES
    try:
        with gzip.GzipFile(fileobj=packed_file) as source:
            while chunk := source.read(BYTES_PER_MEGABYTE):
                room -= len(chunk)
                if room < 0:
                    raise ActionRefused(
                        _("Unpack this file and import it in parts. The unpacked file is larger than %(limit)s MB.")
                        % {"limit": MAX_UNPACKED_BYTES // BYTES_PER_MEGABYTE},
                        "file",
                    )
                target_file.write(chunk)
    except (OSError, EOFError, zlib.error) as error:
        raise ActionRefused(_("Download this file again. It is a damaged gzip file."), "file") from error


def read_mailbox_outline(path: Path) -> MailboxOutline:
    """Look through the whole file before anything of it is stored. Raises ActionRefused."""
    outline, total = MailboxOutline(), 0
    with open_mailbox_file(path) as file:
        for raw in _split_mbox_messages(file):
            total += 1
            if total > MAX_ARCHIVE_POSTS:
                raise ActionRefused(
                    _("Split this file, and import the parts one by one. It has more than %(limit)s posts.")
                    % {"limit": MAX_ARCHIVE_POSTS},
                    "file",
                )
            message = _parse_message_headers(raw)
            outline.parents.setdefault(_get_message_id(message), _find_parent_message_id(message))
    if not total:
        raise ActionRefused(_("Check that you chose the right file. We found no posts in it."), "file")
    return MailboxOutline(total, outline.parents)


def read_mailbox_posts(path: Path) -> Iterator[tuple[str, MailboxPost]]:
    """Yield the posts in the order of the file, each with what identifies it. Raises ActionRefused."""
    with open_mailbox_file(path) as file:
        for raw in _split_mbox_messages(file):
            mail = parse_raw_email(raw)
            came = build_inbound_email(raw, mail, [])
            yield (
                _get_message_id(_parse_message_headers(raw)),
                MailboxPost(came, remove_unsafe_characters(mail.whole), mail.cut),
            )


def get_list_sender_name(inbound_email: InboundEmail, list_address: str) -> str:
    """Return the name of the sender, without what a list has added to it."""
    is_replaced = bool(list_address) and inbound_email.sender == list_address.lower()
    return VIA_LIST_SUFFIX_PATTERN.sub("", inbound_email.sender_name) if is_replaced else inbound_email.sender_name


def _split_mbox_messages(mbox_file: BinaryIO) -> Iterator[bytes]:
    try:
        yield from split_mbox_messages(mbox_file)
    except NotMboxError:
        raise build_not_mailbox_refusal() from None


def _parse_message_headers(raw_message: bytes) -> Message:
    return BytesHeaderParser(policy=compat32).parsebytes(raw_message)


def _get_message_id(message: Message) -> str:
    """Return its Message-ID; of one that has none, a digest of what a reader sees."""
    if found := MESSAGE_ID_PATTERN.search(get_decoded_header(message, "Message-ID")):
        return found.group()
    seen = [*(str(message.get(name, "")) for name in ("From", "Date", "Subject")), str(message.get_payload()).strip()]
    return f"<{hashlib.sha256(chr(0).join(seen).encode(errors='replace')).hexdigest()}@digest.invalid>"


def _find_parent_message_id(message: Message) -> str:
    """Return the first of the posts before it that it names, which began the thread; else the one that it answers."""
    found = MESSAGE_ID_PATTERN.search(get_decoded_header(message, "References")) or MESSAGE_ID_PATTERN.search(
        get_decoded_header(message, "In-Reply-To")
    )
    return found.group() if found else ""
