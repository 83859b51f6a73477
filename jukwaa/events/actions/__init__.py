from jukwaa.events.actions.dates import (
    OccurrenceDetails,
    add_event_occurrence,
    cancel_event_occurrence,
    create_upcoming_occurrences,
    move_event_occurrence,
)
from jukwaa.events.actions.events import announce_event, change_event
from jukwaa.events.actions.hosts import add_occurrence_host, remove_occurrence_host
from jukwaa.events.actions.participation_calls import CallDetails, call_to_take_part
from jukwaa.events.actions.pledges import (
    PledgeDetails,
    change_pledge,
    give_pledge_feedback,
    pledge,
    report_event_participation,
    withdraw_pledge,
)
