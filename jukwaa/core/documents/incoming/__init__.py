"""Files that people bring: what they are, whether they are safe, and the text in them."""

from jukwaa.core.documents.incoming.drive_archive import ZipEntry, iterate_safe_entries
from jukwaa.core.documents.incoming.extract import ExtractedText, Progress, extract_text
from jukwaa.core.documents.incoming.file_kinds import ATTACHABLE_KIND_KEYS, FILE_KINDS, IMPORTABLE_KIND_KEYS, FileKind
from jukwaa.core.documents.incoming.kind_detection import detect_file_kind
from jukwaa.core.documents.incoming.properties import (
    contains_hidden_text,
    find_comments_and_deletions,
    find_personal_properties,
)
from jukwaa.core.documents.incoming.table import (
    ImportedTable,
    RowFormatting,
    SheetRows,
    is_formula_cell,
    read_table_file,
    read_table_sheets,
)
from jukwaa.core.documents.limits import DEFAULT_DRIVE_LIMITS, DEFAULT_FILE_LIMITS, DriveLimits, FileLimits
from jukwaa.core.documents.refusals import FileRefused
from jukwaa.core.documents.text_cleaning import clean_text, decode_text_bytes
