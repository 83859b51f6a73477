"""Why an item is read by a second person before it is published."""

from django.utils.translation import gettext as _

from jukwaa.core.safeguards import screen
from jukwaa.library.models import Item


def people_text(item: Item) -> list[tuple[str, str]]:
    """(name, text) of all that people wrote in an item."""
    written = [(field.name, str(answer)) for field, answer in item.answers if field.type in {"text", "line"}]
    return [("title", item.title), ("summary", item.summary), *item.boxes, *written]


def reasons_for_review(item: Item) -> list[str]:
    """Sentences; empty where its author may publish it."""
    reasons = []
    if item.item_kind.needs_review:
        reasons.append(_("It is a case study: a second person always reads one first."))
    if item.asks_for_review:
        reasons.append(_("Its author asked for a second pair of eyes."))
    if any(screen(text) for _name, text in people_text(item)):
        reasons.append(_("Words in it look as if somebody could be found by them."))
    return reasons
