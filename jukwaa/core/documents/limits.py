from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class FileLimits:
    """How much one file may cost us. Sizes are in bytes unless the name says otherwise."""

    file: int = 25 * MEGABYTE
    text_characters: int = 5_000_000
    unpacked: int = 200 * MEGABYTE
    entries: int = 5_000
    ratio: int = 50
    """Unpacked to packed; asked only above `ratio_from`, since small files of one repeated line are common."""
    ratio_from: int = 8 * MEGABYTE
    pdf_unpacked: int = 1024 * MEGABYTE
    """Page pictures count too, although reading text never unpacks them: hence more than for office files."""
    pdf_streams: int = 100_000
    pdf_stream: int = 256 * MEGABYTE
    pdf_ratio_from: int = 64 * MEGABYTE
    memory: int = 1024 * MEGABYTE
    cpu_seconds: int = 60
    wall_seconds: float = 120.0
    open_files: int = 64
    written: int = 64 * MEGABYTE


@dataclass(frozen=True, slots=True)
class DriveLimits:
    """How much a ZIP of a shared drive may hold."""

    unpacked: int = 500 * MEGABYTE
    entries: int = 5_000
    ratio: int = 50
    ratio_from: int = 50 * MEGABYTE
    one_file: int = 25 * MEGABYTE
    directory: int = 4 * MEGABYTE


LIMITS = FileLimits()
DRIVE_LIMITS = DriveLimits()
