"""What one can do with any record."""

from jukwaa.records.actions.attachments import (
    InspectedFile,
    attach_file_to_record,
    attach_inspected_file,
    inspect_uploaded_file,
    remove_record_attachment,
)
from jukwaa.records.actions.comments import add_comment, edit_comment, hide_record_comment, unhide_record_comment
from jukwaa.records.actions.lifecycle import (
    begin_record,
    change_record,
    publish_record,
    restore_record_version,
    withdraw_record,
)
from jukwaa.records.actions.links import add_record_source, get_or_create_link, link_records
from jukwaa.records.actions.quarantine import (
    hold_record_in_quarantine,
    purge_held_submission,
    purge_record,
    purge_record_comment,
    purge_record_versions,
    release_held_submission,
    release_record_from_quarantine,
)
from jukwaa.records.actions.redaction import (
    find_records_with_restored_names,
    redact_names_in_record,
    redact_record_again,
)
