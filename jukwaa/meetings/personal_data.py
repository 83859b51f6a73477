"""Personal data: attendance, minutes and commitments."""

from jukwaa.accounts.personal_data import fields, personal_data
from jukwaa.meetings.models import Attendance, Commitment, Entry, Meeting, Part, Report

personal_data.register(Meeting)(fields("place", "forum", "chair"))
personal_data.register(Part)(fields("title"))
personal_data.register(Attendance)(fields("capacity"))
personal_data.register(Entry)(fields("text", "speakers"))
personal_data.register(Commitment)(fields("owner", "due_text", "closing_note"))
personal_data.register(Report)(fields("edits"))
