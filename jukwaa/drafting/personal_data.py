"""Personal data: texts, inputs, calls and positions."""

from jukwaa.accounts.personal_data import fields, personal_data
from jukwaa.drafting.models import (
    Call,
    Consultation,
    Disposition,
    Edition,
    Evidence,
    Input,
    Placement,
    Position,
    Returned,
    Revision,
    Term,
    Wording,
)

personal_data.register(Wording)(fields("body"))
personal_data.register(Placement)(fields("by"))
personal_data.register(Revision)(fields("name", "note", "by"))
personal_data.register(Evidence)(fields("note", "by"))
personal_data.register(Consultation)(fields("introduction", "questions", "by"))
personal_data.register(Input)(fields("exact", "body", "proposed", "author", "capacity", "logged_by", "hidden_because"))
personal_data.register(Disposition)(fields("reason", "by"))
personal_data.register(Call)(fields("reason", "declared_by", "although", "by"))
personal_data.register(Position)(fields("capacity", "person", "reason"))
personal_data.register(Edition)(fields("errata", "without_call", "by"))
personal_data.register(Term)(fields("name", "meaning", "source", "by"))
personal_data.register(Returned)(fields("by", "said_by", "file_name", "findings", "facts"))
