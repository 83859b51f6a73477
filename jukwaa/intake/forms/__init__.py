"""What people type at the reading desk."""

from jukwaa.intake.forms.drives import DriveForm, DriveLabelsForm
from jukwaa.intake.forms.folder import FolderForm, ReadingMeetingForm
from jukwaa.intake.forms.reading_start import NewReadingForm
from jukwaa.intake.forms.wording import ActorForm, MergeForm, PartForm, WordingForm
