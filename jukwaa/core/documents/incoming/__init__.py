"""Files that people bring: what they are, whether they are safe, and the text in them."""

from jukwaa.core.documents.incoming.drive_archive import ZipEntry, iterate_safe_entries
from jukwaa.core.documents.incoming.extract import ExtractedText, Progress, extract_text
from jukwaa.core.documents.incoming.file_kinds import ATTACHABLE_KINDS, FILE_KINDS, IMPORTABLE_KINDS, FileKind
from jukwaa.core.documents.incoming.kind_detection import detect_kind
from jukwaa.core.documents.incoming.properties import find_personal_properties
from jukwaa.core.documents.incoming.table import Table, is_formula, read_table
from jukwaa.core.documents.limits import DRIVE, LIMITS, DriveLimits, Limits
from jukwaa.core.documents.refusals import FileRefused
from jukwaa.core.documents.text_cleaning import clean_text, decode_text
