"""What people type at the reading desk."""

from jukwaa.intake.forms.attendance_table import AttendanceTableForm
from jukwaa.intake.forms.document_readers import DocumentOpenForm, DocumentReadersForm
from jukwaa.intake.forms.drives import DriveImportForm, DriveLabelsForm
from jukwaa.intake.forms.entry_table import EntryTableForm
from jukwaa.intake.forms.folder import FolderImportForm, ReadingMeetingForm
from jukwaa.intake.forms.reading_start import NewReadingForm
from jukwaa.intake.forms.wording import (
    ActorMatchForm,
    ReadingPartForm,
    SuggestionMergeForm,
    SuggestionWordingForm,
    fill_in_attendance,
)
