"""Everything that is done about the self-check and the coordination meetings. Views, jobs and the demo call these."""

from jukwaa.eligibility.actions.condition_answers import answer_condition
from jukwaa.eligibility.actions.coordination import (
    add_coordination_meeting,
    change_coordination_meeting,
    import_coordination_meetings,
    log_coordination_attendance,
    remove_coordination_meeting,
)
from jukwaa.eligibility.actions.link_checks import request_link_check

__all__ = [
    "add_coordination_meeting",
    "answer_condition",
    "change_coordination_meeting",
    "import_coordination_meetings",
    "log_coordination_attendance",
    "remove_coordination_meeting",
    "request_link_check",
]
