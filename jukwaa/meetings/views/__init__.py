"""Pages of meetings: for everybody, and for those who keep the minutes."""

from jukwaa.meetings.views.entries import entry_edit, entry_new, entry_progress, entry_raise, entry_withdraw
from jukwaa.meetings.views.meetings import (
    attendance_change,
    attendance_new,
    attendance_remove,
    meeting_invite,
    meeting_publish,
    meeting_withdraw,
)
from jukwaa.meetings.views.public_pages import (
    agreement_list,
    attendance_list,
    entry_detail,
    meeting_detail,
    meeting_list,
)
from jukwaa.meetings.views.schedule import (
    meeting_calendar,
    meeting_cancel,
    meeting_edit,
    meeting_end,
    meeting_new,
    time_preview,
)
