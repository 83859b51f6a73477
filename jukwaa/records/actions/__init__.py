"""What one can do with any record."""

from jukwaa.records.actions.attachments import (
    InspectedFile,
    attach_file,
    attach_inspected,
    inspect_file,
    remove_attachment,
)
from jukwaa.records.actions.comments import add_comment, edit_comment, hide_comment, unhide_comment
from jukwaa.records.actions.lifecycle import (
    begin_record,
    change_record,
    publish_record,
    restore_version,
    withdraw_record,
)
from jukwaa.records.actions.links import add_source, get_or_create_link, link_records
from jukwaa.records.actions.quarantine import (
    hold_record,
    purge_comment,
    purge_held,
    purge_record,
    purge_versions,
    release_held,
    release_record,
)
from jukwaa.records.actions.redaction import find_restored_names, redact_again, redact_record
