from jukwaa.events.actions.dates import (
    OccurrenceDetails,
    add_occurrence,
    cancel_occurrence,
    create_upcoming_occurrences,
    move_occurrence,
)
from jukwaa.events.actions.events import announce_event, change_event
from jukwaa.events.actions.hosts import add_host, remove_host
from jukwaa.events.actions.participation_calls import CallDetails, call_to_take_part
from jukwaa.events.actions.pledges import (
    PledgeDetails,
    change_pledge,
    give_feedback,
    pledge,
    report_participation,
    withdraw_pledge,
)
