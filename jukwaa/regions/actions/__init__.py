"""What can be done in the regions' pages."""

from jukwaa.regions.actions.brief_deliveries import (
    Delivered,
    Shown,
    answer_question,
    ask_question,
    deliver_brief,
    say_used,
    take_back_delivery,
)
from jukwaa.regions.actions.briefs import (
    Asked,
    confirm_translation,
    make_brief,
    shape_brief,
    translate_brief,
)

__all__ = [
    "Asked",
    "Delivered",
    "Shown",
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
