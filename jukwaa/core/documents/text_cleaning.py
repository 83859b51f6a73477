r"""From bytes to clean characters.

What `clean_text` does, always in this order, so that offsets into its result hold for good:

* line ends become `\n`, a form feed becomes an empty line, a vertical tab a line end;
* NUL, the other control characters, and characters that stand for nothing are taken out;
* what hides or turns text is taken out: bidi embeddings, overrides and isolates, zero-width spaces, tags,
  soft hyphens. The marks that Arabic, Hebrew, Persian and Indic scripts need (LRM, RLM, ALM, ZWJ, ZWNJ) stay;
* halves of surrogate pairs become U+FFFD;
* Unicode NFC.

This module knows no Django, since the child process imports it.
"""

import codecs
import re
import unicodedata
from dataclasses import dataclass

from charset_normalizer import from_bytes

_LINE_END_PATTERN = re.compile("\r\n?|[\x0b\x85\u2028]")
_PARAGRAPH_END_PATTERN = re.compile("[\f\u2029]")
_CONTROL_CHARACTERS_PATTERN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufff9-\ufffb\ufffe\uffff]")
_BIDI_CONTROLS_PATTERN = re.compile("[\u202a-\u202e\u2066-\u2069]")
_INVISIBLE_CHARACTERS_PATTERN = re.compile("[\u00ad\u200b\u2060\ufeff\U000e0000-\U000e007f]")
_SURROGATES_PATTERN = re.compile("[\ud800-\udfff]")

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LEGACY_ENCODINGS = [
    *("cp1252", "cp1251", "cp1250", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257"),
    *("koi8_r", "gb18030", "big5", "shift_jis", "euc_kr"),
]
_SAMPLE_BYTES = 64 * 1024
_MAX_ENCODING_CHAOS = 0.05


@dataclass(frozen=True, slots=True)
class DecodedText:
    """Characters, the encoding that they were in, and codes of what to tell the reader."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def clean_text(text: str) -> tuple[str, tuple[str, ...]]:
    """Text that is safe to show and to count in, and codes of what was taken out of it."""
    notes = []
    text = _PARAGRAPH_END_PATTERN.sub("\n\n", _LINE_END_PATTERN.sub("\n", text))
    for pattern, code in (
        (_CONTROL_CHARACTERS_PATTERN, "controls"),
        (_BIDI_CONTROLS_PATTERN, "bidi"),
        (_INVISIBLE_CHARACTERS_PATTERN, "hidden"),
    ):
        text, count = pattern.subn("", text)
        if count and code != "hidden":
            notes.append(code)
    text = _SURROGATES_PATTERN.sub("\N{REPLACEMENT CHARACTER}", text)
    return unicodedata.normalize("NFC", text), tuple(notes)


def decode_text_bytes(file_data: bytes) -> DecodedText:
    """Characters from bytes of any encoding that people's programs write."""
    for bom, encoding in _BYTE_ORDER_MARKS:
        if file_data.startswith(bom):
            return _decode_as_encoding(file_data.removeprefix(bom), encoding)
    wide = _detect_utf16_without_bom(file_data[:_SAMPLE_BYTES])
    if wide:
        return _decode_as_encoding(file_data, wide)
    try:
        return DecodedText(file_data.decode(), "utf-8")
    except UnicodeDecodeError:
        return _decode_mixed_lines(file_data) if _is_mostly_utf8(file_data) else _decode_legacy_text(file_data)


def _decode_as_encoding(file_data: bytes, encoding: str) -> DecodedText:
    text = file_data.decode(encoding, errors="replace")
    broken = "\N{REPLACEMENT CHARACTER}" in text
    return DecodedText(text, encoding, ("broken",) if broken else ())


def _detect_utf16_without_bom(sample_bytes: bytes) -> str | None:
    """Two bytes a character, told by the zero halves of spaces, line ends and digits, which all scripts use.

    In text that is not UTF-16 a NUL is an accident, and accidents do not keep to one side.
    """
    left, right = sample_bytes[0::2].count(0), sample_bytes[1::2].count(0)
    enough = max(4, len(sample_bytes) // 40) if len(sample_bytes) > 8 else 1  # noqa: PLR2004  # a handful of letters
    if max(left, right) < enough or min(left, right) * 20 > max(left, right):
        return None
    encoding = "utf-16-le" if right > left else "utf-16-be"
    try:
        text = sample_bytes[: len(sample_bytes) // 2 * 2].decode(encoding, errors="ignore")
    except UnicodeDecodeError:
        return None
    return encoding if text and sum(char.isprintable() or char.isspace() for char in text) > len(text) * 0.9 else None


def _is_mostly_utf8(file_data: bytes) -> bool:
    """Whether of the lines that are not ASCII more are UTF-8 than not."""
    lines = [line for line in file_data.splitlines() if not line.isascii()]
    return sum(_is_utf8_line(line) for line in lines) * 2 > len(lines)


def _is_utf8_line(line_bytes: bytes) -> bool:
    try:
        line_bytes.decode()
    except UnicodeDecodeError:
        return False
    return True


def _decode_mixed_lines(file_data: bytes) -> DecodedText:
    """A file that was pasted together from two: each line in the encoding it is in."""
    lines = file_data.splitlines(keepends=True)
    strange = b"".join(line for line in lines if not _is_utf8_line(line))
    encoding = _guess_legacy_encoding(strange)
    text = "".join(line.decode() if _is_utf8_line(line) else line.decode(encoding, "replace") for line in lines)
    return DecodedText(text, "utf-8", ("mixed",))


def _decode_legacy_text(file_data: bytes) -> DecodedText:
    encoding = _guess_legacy_encoding(file_data)
    decoded = _decode_as_encoding(file_data, encoding)
    return DecodedText(decoded.text, encoding, (*decoded.notes, "guessed"))


def _guess_legacy_encoding(file_data: bytes) -> str:
    """The likeliest old encoding, judged by lines that tell: those with other than ASCII in them.

    Where two are as likely, the one that more of the world's programs write.
    """
    telling = b"\n".join(line for line in file_data.splitlines() if not line.isascii())[:_SAMPLE_BYTES]
    matches = from_bytes(telling, cp_isolation=_LEGACY_ENCODINGS)
    best = matches.best()
    if best is None:
        return _LEGACY_ENCODINGS[0]
    good = [
        match
        for match in matches
        if match.chaos <= best.chaos and match.coherence >= best.coherence - _MAX_ENCODING_CHAOS
    ]
    possible = {encoding for match in good for encoding in match.could_be_from_charset}
    return next((encoding for encoding in _LEGACY_ENCODINGS if encoding in possible), best.encoding)
