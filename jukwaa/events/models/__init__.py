from jukwaa.events.models.events import EVENT_KIND, Event, EventReach, Host, Occurrence
from jukwaa.events.models.pledges import Feedback, Pledge
