"""Files that people bring: what they are, whether they are safe, and the text in them."""

from jukwaa.core.documents.clean import clean_text, decode_text
from jukwaa.core.documents.incoming.drive import ZipEntry, safe_zip_entries
from jukwaa.core.documents.incoming.extract import Extracted, Progress, extract_text
from jukwaa.core.documents.incoming.inspect import inspect
from jukwaa.core.documents.incoming.kinds import ATTACHABLE, KINDS, READABLE, FileKind
from jukwaa.core.documents.incoming.properties import properties_of
from jukwaa.core.documents.incoming.table import Table, is_formula, read_table
from jukwaa.core.documents.limits import DRIVE, LIMITS, DriveLimits, Limits
from jukwaa.core.documents.refusals import FileRefused
