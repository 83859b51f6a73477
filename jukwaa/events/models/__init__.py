from jukwaa.events.models.events import EVENT, Event, Host, Occurrence, Reach
from jukwaa.events.models.pledges import Feedback, Pledge
