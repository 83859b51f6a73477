"""What one can do at the reading desk."""

from jukwaa.intake.actions.apply import CannotApply, apply_decisions
from jukwaa.intake.actions.decide import (
    Wording,
    accept,
    accept_rest,
    add,
    change_kind,
    choose_scope,
    decide_again,
    edit,
    merge,
    refuse,
    wording_of,
)
from jukwaa.intake.actions.drives import bring_drive, open_document, publish_document
from jukwaa.intake.actions.enter import Entered, enter
from jukwaa.intake.actions.folder import bring_folder, choose_meeting
from jukwaa.intake.actions.listing import record_post
from jukwaa.intake.actions.setting import (
    give_up,
    leave_as_written,
    mark_part,
    match_actor,
    name_new_organisation,
    take_up,
    unmark_part,
)
from jukwaa.intake.actions.start import About, Started, start_large_reading, start_reading
from jukwaa.intake.storing import Upload
