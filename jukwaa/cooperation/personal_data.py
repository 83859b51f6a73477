"""Personal data: offers, needs, questions and joint work."""

from jukwaa.accounts.personal_data import fields, personal_data
from jukwaa.cooperation.models import (
    Charter,
    Consent,
    Deliverable,
    DeliverableReport,
    Enquiry,
    Figure,
    JointWork,
    Match,
    Need,
    Offer,
    Outcome,
    Party,
    Signature,
    Step,
    Update,
)

personal_data.register(Offer)(
    fields("whose", "details", "for_whom", "amount", "contact_role", "contact", "reach", "terms", "closed_because")
)
personal_data.register(Need)(
    fields("whose", "details", "for_whom", "amount", "contact_role", "contact", "reach", "terms", "closed_because")
)
personal_data.register(Match)(fields("by"))
personal_data.register(Consent)(fields("person", "capacity"))
personal_data.register(Step)(fields("words", "person", "capacity"))
personal_data.register(Enquiry)(fields("question", "person", "capacity", "answer", "answered_by", "answered_as"))
personal_data.register(JointWork)(fields("ended_because"))
personal_data.register(Party)(fields("capacity", "part", "left_because"))
personal_data.register(Charter)(fields("answers", "text", "why_changed", "by"))
personal_data.register(Signature)(fields("person", "capacity"))
personal_data.register(Deliverable)(fields("what", "note"))
personal_data.register(DeliverableReport)(fields("words", "person", "capacity"))
personal_data.register(Outcome)(fields("what", "indicator"))
personal_data.register(Figure)(fields("source", "person"))
personal_data.register(Update)(fields("words", "person", "capacity"))
