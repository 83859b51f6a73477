"""Pages of the reading desk."""

from jukwaa.intake.views.attendance_table import reading_attendance
from jukwaa.intake.views.desk import reading_detail, reading_list
from jukwaa.intake.views.document_readers import document_readers
from jukwaa.intake.views.drives import document_open, document_publish, drive_detail, drive_labels, drive_new
from jukwaa.intake.views.entry_table import reading_entries
from jukwaa.intake.views.folder import folder_new, reading_meeting
from jukwaa.intake.views.meeting_split import reading_rejoin, reading_split
from jukwaa.intake.views.reading_entry import reading_enter
from jukwaa.intake.views.reading_settings import (
    actor_detail,
    actor_match,
    actors_match,
    part_delete,
    part_new,
    reading_accept_rest,
    reading_accept_undo,
    reading_give_up,
    reading_scope,
    reading_take_up,
)
from jukwaa.intake.views.reading_start import reading_new
from jukwaa.intake.views.suggestions import (
    similar_add,
    similar_reject,
    suggestion_accept,
    suggestion_again,
    suggestion_edit,
    suggestion_keep,
    suggestion_kind,
    suggestion_merge,
    suggestion_new,
    suggestion_refuse,
)
