"""What can be done in the regions' pages."""

from jukwaa.regions.actions.brief_deliveries import (
    DeliveryFacts,
    UseEvidence,
    deliver_brief,
    record_brief_answer,
    record_brief_question,
    record_brief_use,
    remove_delivery,
)
from jukwaa.regions.actions.briefs import (
    BriefRequest,
    confirm_translation,
    create_brief,
    set_brief_shape,
    translate_brief,
)

__all__ = [
    "BriefRequest",
    "DeliveryFacts",
    "UseEvidence",
    "answer_question",
    "ask_question",
    "confirm_translation",
    "deliver_brief",
    "make_brief",
    "say_used",
    "shape_brief",
    "take_back_delivery",
    "translate_brief",
]
