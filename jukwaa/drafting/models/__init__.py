"""Texts that a coalition drafts together, and what people say about them until they are agreed."""

from jukwaa.drafting.models.agreement import Call, Edition, Hold, Position, Rules, Term
from jukwaa.drafting.models.consultations import Consultation, Disposition, Input, OfClause
from jukwaa.drafting.models.returned import Returned
from jukwaa.drafting.models.texts import (
    SELECTABLE_TEXT_FORMS,
    TEXT_KIND,
    Clause,
    Evidence,
    Form,
    Lineage,
    Placement,
    Rest,
    Revision,
    Text,
    Wording,
)
