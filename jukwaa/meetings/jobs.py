"""What the clock does about meetings."""

from jukwaa.meetings.actions.schedule import update_moments
from jukwaa.meetings.meeting_reminders import remind_of_meetings, send_due_agendas
from jukwaa.updates.clock import DAILY, Phase, job

job("apply changes of time zones to meetings", Phase.PREPARE, DAILY)(update_moments)
# Without a period: an hour before is not a matter of days. What is found to be done is done once.
job("send agendas", Phase.PREPARE)(send_due_agendas)
job("remind of meetings", Phase.NOTIFY)(remind_of_meetings)
