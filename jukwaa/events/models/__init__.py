from jukwaa.events.models.events import EVENT, Event, Host, Occurrence, Reach
from jukwaa.events.models.pledges import Feedback, Pledge

__all__ = ["EVENT", "Event", "Feedback", "Host", "Occurrence", "Pledge", "Reach"]
