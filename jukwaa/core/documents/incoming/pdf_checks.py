"""What a PDF unpacks to, found out before anything opens it.

A PDF of 5 MB can hold streams that unpack to gigabytes, and libraries abort on them. So every stream is unpacked
to nowhere first, with a bound. Where streams begin is found by their keyword, not by the file's own tables, which
may lie; what filters they name is not believed either: whatever looks packed is unpacked, layer by layer. LZW and
encrypted streams can't be weighed so: for those the limits of the child process stand alone.
"""

import base64
import binascii
import re
import zlib
from collections.abc import Callable, Iterator
from typing import Protocol

from jukwaa.core.documents.limits import FileLimits
from jukwaa.core.documents.refusals import FileRefused

_MAX_HEADER_OFFSET = 1024  # a PDF may begin with this much of something else; readers allow it
_STREAM_START_PATTERN = re.compile(rb"(?<!end)stream\r?\n?")
_ENCRYPTION_PATTERN = re.compile(rb"/Encrypt\s*(?:<<|\d+\s+\d+\s+R)")
_PACKED_CHUNK_BYTES = 64 * 1024
_UNPACKED_CHUNK_BYTES = 1024 * 1024
_MAX_FILTER_NESTING = 4
_MAX_UNPACKING_PASSES = 1
_SIGNATURE_BYTES = 40
_NON_HEX_PATTERN = re.compile(rb"[^0-9A-Fa-f]")
_NON_BASE85_PATTERN = re.compile(rb"[^!-uz]")


def is_pdf(file_data: bytes) -> bool:
    return b"%PDF-" in file_data[:_MAX_HEADER_OFFSET]


def is_pdf_encrypted(file_data: bytes) -> bool:
    """Whether it names an encryption: with a password, or only with wishes about printing and copying."""
    return _ENCRYPTION_PATTERN.search(file_data) is not None


def check_unpacked_size(file_data: bytes, *, file_limits: FileLimits) -> None:
    """Refuse a PDF whose streams unpack to more than a document holds."""
    weight = _UnpackedSize(len(file_data), file_limits)
    for count, match in enumerate(_STREAM_START_PATTERN.finditer(file_data)):
        if count > file_limits.pdf_streams:
            raise FileRefused("bomb")
        weight.stream = 0
        engines: _Engines = {}
        for piece in _split_pdf_stream(file_data, match.end(), weight):
            _unpack_pdf_stream(piece, 0, engines, weight)
            engine = engines[0]
            if engine is None or engine.eof:
                break


class _Decompressor(Protocol):
    """What `zlib.decompressobj` gives; its own type has no public name."""

    @property
    def eof(self) -> bool: ...
    @property
    def unconsumed_tail(self) -> bytes: ...
    def decompress(self, file_data: bytes, max_length: int, /) -> bytes: ...


type _Engines = dict[int, _Decompressor | None]


class _UnpackedSize:
    """Counts what comes out, and refuses once it is too much."""

    def __init__(self, packed_size: int, file_limits: FileLimits) -> None:
        self.packed = packed_size
        self.limits = file_limits
        self.stream = 0
        self.total = 0
        self.seen = 0

    def count_unpacking_pass(self, byte_count: int) -> None:
        """Streams may claim to overlap; then looking alone costs too much."""
        self.seen += byte_count
        if self.seen > _MAX_UNPACKING_PASSES * self.packed + _UNPACKED_CHUNK_BYTES:
            raise FileRefused("bomb")

    def add(self, byte_count: int) -> None:
        self.stream += byte_count
        self.total += byte_count
        limits = self.limits
        dense = self.total > limits.pdf_ratio_from and self.total > limits.ratio * self.packed
        if dense or self.stream > limits.pdf_stream or self.total > limits.pdf_unpacked:
            raise FileRefused("bomb")


def _unpack_pdf_stream(
    stream_piece: bytes, nesting_depth: int, decompression_engines: _Engines, unpacked_size: _UnpackedSize
) -> None:
    """Unpack a piece, weigh what comes out, and unpack that again if it is packed too."""
    if nesting_depth not in decompression_engines:
        decompression_engines[nesting_depth] = (
            zlib.decompressobj() if nesting_depth < _MAX_FILTER_NESTING and _is_zlib_header(stream_piece) else None
        )
    engine = decompression_engines[nesting_depth]
    waiting = stream_piece
    while engine and waiting and not engine.eof:
        try:
            out = engine.decompress(waiting, _UNPACKED_CHUNK_BYTES)
        except zlib.error:
            decompression_engines[nesting_depth] = None
            return
        waiting = engine.unconsumed_tail
        if out:
            unpacked_size.add(len(out))
            _unpack_pdf_stream(out, nesting_depth + 1, decompression_engines, unpacked_size)


def _split_pdf_stream(file_data: bytes, start_offset: int, unpacked_size: _UnpackedSize) -> Iterator[bytes]:
    """The stream as it lies there, or freed from the letters that it is wrapped in."""
    decode = _find_text_encoding(file_data[start_offset : start_offset + _SIGNATURE_BYTES])
    if decode is None:
        yield from (
            file_data[at : at + _PACKED_CHUNK_BYTES] for at in range(start_offset, len(file_data), _PACKED_CHUNK_BYTES)
        )
        return
    end = file_data.find(b"endstream", start_offset)
    end = end if end >= 0 else len(file_data)
    unpacked_size.count_unpacking_pass(end - start_offset)
    yield decode(file_data[start_offset:end])


def _find_text_encoding(first_bytes: bytes) -> Callable[[bytes], bytes] | None:
    if _is_zlib_header(first_bytes):
        return None
    return next(
        (decode for decode in (_decode_hex_stream, _decode_base85_stream) if _is_zlib_header(decode(first_bytes))), None
    )


def _is_zlib_header(first_bytes: bytes) -> bool:
    return len(first_bytes) > 1 and first_bytes[0] & 0x0F == zlib.DEFLATED and int.from_bytes(first_bytes[:2]) % 31 == 0


def _decode_hex_stream(body: bytes) -> bytes:
    digits = _NON_HEX_PATTERN.sub(b"", body)
    return binascii.unhexlify(digits[: len(digits) // 2 * 2])


def _decode_base85_stream(body: bytes) -> bytes:
    try:
        return base64.a85decode(_NON_BASE85_PATTERN.sub(b"", body.partition(b"~>")[0]))
    except ValueError:
        return b""
