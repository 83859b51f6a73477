from dataclasses import dataclass

BYTES_PER_MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class FileLimits:
    """How much one file may cost us. Sizes are in bytes unless the name says otherwise."""

    file: int = 25 * BYTES_PER_MEGABYTE
    text_characters: int = 5_000_000
    unpacked: int = 200 * BYTES_PER_MEGABYTE
    entries: int = 5_000
    ratio: int = 50
    """Unpacked to packed; asked only above `ratio_from`, since small files of one repeated line are common."""
    ratio_from: int = 8 * BYTES_PER_MEGABYTE
    pdf_unpacked: int = 1024 * BYTES_PER_MEGABYTE
    """Page pictures count too, although reading text never unpacks them: hence more than for office files."""
    pdf_streams: int = 100_000
    pdf_stream: int = 256 * BYTES_PER_MEGABYTE
    pdf_ratio_from: int = 64 * BYTES_PER_MEGABYTE
    memory: int = 1024 * BYTES_PER_MEGABYTE
    cpu_seconds: int = 60
    wall_seconds: float = 120.0
    open_files: int = 64
    written: int = 64 * BYTES_PER_MEGABYTE


@dataclass(frozen=True, slots=True)
class DriveLimits:
    """How much a ZIP of a shared drive may hold."""

    unpacked: int = 500 * BYTES_PER_MEGABYTE
    entries: int = 5_000
    ratio: int = 50
    ratio_from: int = 50 * BYTES_PER_MEGABYTE
    one_file: int = 25 * BYTES_PER_MEGABYTE
    directory: int = 4 * BYTES_PER_MEGABYTE


DEFAULT_FILE_LIMITS = FileLimits()
DEFAULT_DRIVE_LIMITS = DriveLimits()
