"""What can be done in the regions' pages."""

from jukwaa.regions.actions.brief_deliveries import (
    BriefUseEvidence,
    DeliveryFacts,
    deliver_brief,
    record_brief_answer,
    record_brief_question,
    record_brief_use,
    remove_delivery,
)
from jukwaa.regions.actions.briefs import (
    BriefRequest,
    confirm_brief_translation,
    create_brief,
    set_brief_shape,
    translate_brief,
)

__all__ = [
    "BriefRequest",
    "BriefUseEvidence",
    "DeliveryFacts",
    "confirm_brief_translation",
    "create_brief",
    "deliver_brief",
    "record_brief_answer",
    "record_brief_question",
    "record_brief_use",
    "remove_delivery",
    "set_brief_shape",
    "translate_brief",
]
