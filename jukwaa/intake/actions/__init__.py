"""What one can do at the reading desk."""

from jukwaa.intake.actions.attendance_table import (
    AttendanceRowDecision,
    AttendanceTableResult,
    MissingPeople,
    NewMeeting,
    save_attendance_table,
)
from jukwaa.intake.actions.decisions import (
    JointDecision,
    UndoneDecisions,
    accept_remaining_suggestions,
    accept_suggestion,
    change_suggestion_kind,
    choose_decision_scope,
    find_joint_decision,
    merge_suggestion,
    refuse_suggestion,
    reopen_suggestion,
    undo_joint_decision,
)
from jukwaa.intake.actions.document_readers import change_document_readers
from jukwaa.intake.actions.drives import (
    change_drive_labels,
    find_changeable_documents,
    find_documents_without_remarks,
    find_entries_to_open,
    make_document_public,
    publish_restricted_document,
    start_drive_import,
)
from jukwaa.intake.actions.entry_table import EntryRowDecision, EntryTableResult, save_entry_table
from jukwaa.intake.actions.folder import choose_meeting_of_reading, start_folder_import
from jukwaa.intake.actions.instructions import InvalidInstructionError, apply_suggestion_instructions
from jukwaa.intake.actions.list_posts import import_list_post
from jukwaa.intake.actions.meeting_split import rejoin_reading, split_reading
from jukwaa.intake.actions.missed_entries import (
    accept_sentence_as_attendance,
    accept_sentence_as_suggestion,
    add_suggestion,
    edit_suggestion,
)
from jukwaa.intake.actions.reading_entry import ReadingEntryResult, enter_reading
from jukwaa.intake.actions.reading_settings import (
    create_reading_part,
    delete_reading_part,
    leave_actor_unmatched,
    match_actor_to_organisation,
    match_to_suggested_organisations,
    resume_reading,
    set_actor_as_new_organisation,
    stop_reading,
)
from jukwaa.intake.actions.reading_start import (
    ReadingDetails,
    ReadingStartResult,
    start_background_reading,
    start_reading,
)
from jukwaa.intake.actions.similar_sentences import (
    MAX_EXAMPLES,
    SimilarSentences,
    add_similar_sentences,
    find_similar_of_examples,
    find_similar_sentences,
    is_example,
    reject_similar_suggestions,
)
from jukwaa.intake.reading_store import ReadingUpload
from jukwaa.intake.suggestion_wording import SuggestionWording, get_suggestion_wording
