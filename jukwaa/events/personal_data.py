"""Personal data: events, pledges and feedback."""

from jukwaa.accounts.personal_data import fields, personal_data
from jukwaa.events.models import Event, Feedback, Host, Occurrence, Pledge

personal_data.register(Event)(fields("organiser_name"))
personal_data.register(Occurrence)(fields("place", "note", "asks", "of_whom"))
personal_data.register(Host)(fields("name"))
personal_data.register(Pledge)(fields("capacity", "person", "activity", "audience", "partners", "contact_role"))
personal_data.register(Feedback)(fields("done", "what_worked", "words", "person"))
