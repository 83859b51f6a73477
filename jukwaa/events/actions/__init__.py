from jukwaa.events.actions.calling import Asked, call_to_take_part
from jukwaa.events.actions.dates import When, add_date, cancel_date, make_dates, move_date
from jukwaa.events.actions.events import announce_event, change_event
from jukwaa.events.actions.hosts import add_host, remove_host
from jukwaa.events.actions.pledging import (
    Promise,
    change_pledge,
    give_feedback,
    pledge,
    take_back_pledge,
    tell_of_taking_part,
)
