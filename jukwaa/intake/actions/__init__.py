"""What one can do at the reading desk."""

from jukwaa.intake.actions.decisions import (
    AcceptedTogether,
    SuggestionWording,
    accept_remaining_suggestions,
    accept_suggestion,
    add_suggestion,
    change_suggestion_kind,
    choose_decision_scope,
    edit_suggestion,
    find_accepted_together,
    get_suggestion_wording,
    keep_sentence,
    merge_suggestion,
    refuse_suggestion,
    reopen_accepted_together,
    reopen_suggestion,
)
from jukwaa.intake.actions.drives import (
    change_drive_labels,
    find_drive_documents,
    make_document_public,
    publish_document,
    start_drive_import,
)
from jukwaa.intake.actions.folder import choose_meeting_of_reading, start_folder_import
from jukwaa.intake.actions.instructions import InvalidInstructionError, apply_decisions
from jukwaa.intake.actions.list_posts import import_list_post
from jukwaa.intake.actions.reading_entry import EntryResult, enter_reading
from jukwaa.intake.actions.reading_settings import (
    leave_actor_as_written,
    mark_part,
    match_actor,
    match_offered_actors,
    name_new_organisation,
    resume_reading,
    stop_reading,
    unmark_part,
)
from jukwaa.intake.actions.reading_start import ReadingDetails, StartResult, start_background_reading, start_reading
from jukwaa.intake.reading_store import ReadingUpload
