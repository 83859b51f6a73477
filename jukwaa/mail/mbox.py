"""Read an mbox file, email by email, as Mailman, HyperKitty and Google Takeout write it.

The `mailbox` of the standard library takes every line that begins with "From " for a new email. Mailman 2 does not
quote such lines in texts, so that here a line begins an email only after an empty line, with a time and a year, and
with a header below it.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO

FROM_LINE_PATTERN = re.compile(rb"From .{0,300}?\d{1,2}:\d{2}.{0,60}?\d{4}", re.DOTALL)
HEADER_LINE_PATTERN = re.compile(rb"[!-9;-~]{1,76}:")  # RFC 5322, section 2.2
QUOTED_FROM_PATTERN = re.compile(rb"^>(>*From )", re.MULTILINE)  # how mbox writes a line of a text that begins so
# The address of the sender as archives show it: "someone at example.org", "someone(a)example.org".
HIDDEN_ADDRESS_PATTERN = re.compile(rb"^(From:[^\r\n]*?[\w.+-]+)(?: at |\(a\))([\w.-]+)", re.MULTILINE | re.IGNORECASE)
HEADER_END_PATTERN = re.compile(rb"\r?\n\r?\n")
UTF8_BYTE_ORDER_MARK = b"\xef\xbb\xbf"  # that some programs write before UTF-8


class NotMboxError(ValueError):
    """The file does not begin as an mbox file does."""


def is_mbox_file(first_bytes: bytes) -> bool:
    """Return whether a file that begins so can be one."""
    return first_bytes.removeprefix(UTF8_BYTE_ORDER_MARK).lstrip(b"\r\n").startswith(b"From ")


def split_mbox_messages(file: BinaryIO) -> Iterator[bytes]:
    """Yield the raw emails of the file, in its order. Raises NotMboxError before the first one."""
    if not is_mbox_file(file.read(1024)):
        raise NotMboxError
    file.seek(0)
    lines: list[bytes] = []
    separator, after_empty, has_begun = b"", True, False
    for line in file:
        if separator:
            if HEADER_LINE_PATTERN.match(line):
                if has_begun:
                    yield _join_message_lines(lines)
                lines, has_begun = [], True
            else:  # words of a text
                lines.append(separator)
            separator = b""
        if after_empty and FROM_LINE_PATTERN.match(line.removeprefix(UTF8_BYTE_ORDER_MARK)):
            separator = line
        else:
            lines.append(line)
        after_empty = not line.strip()
    if has_begun:
        yield _join_message_lines(lines)


def _join_message_lines(message_lines: list[bytes]) -> bytes:
    """Return one email, with lines that begin with "From " as they were, and the address of its sender as one."""
    raw = QUOTED_FROM_PATTERN.sub(rb"\1", b"".join(message_lines).lstrip(b"\r\n"))
    end = HEADER_END_PATTERN.search(raw)
    at = end.start() if end else len(raw)
    return HIDDEN_ADDRESS_PATTERN.sub(rb"\1@\2", raw[:at], count=1) + raw[at:]
