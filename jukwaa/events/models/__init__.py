from jukwaa.events.models.events import EVENT_KIND, Event, Host, Occurrence, Reach
from jukwaa.events.models.pledges import Feedback, Pledge
