"""How pages show an item: in short, by whom, and its answers in words."""

from datetime import date
from typing import Any

from django import template
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from jukwaa.coalitions.models import Capacity
from jukwaa.coalitions.standing import Standing
from jukwaa.core.dates import written
from jukwaa.library.models import Item
from jukwaa.library.schema import Field, capabilities
from jukwaa.places.languages import language_name
from jukwaa.places.regions import StakeholderGroup

register = template.Library()

SHORT = 200  # characters


@register.filter
def in_short(item: Item) -> str:
    """Its summary, else the beginning of what it says."""
    first = next((text for _name, text in item.boxes), "")
    return item.summary or Truncator(" ".join(first.split())).chars(SHORT)


@register.filter
def shared_by(capacity: Capacity, standing: Standing) -> str:
    """The organisation it was shared for; a person on their own is named to members alone."""
    if capacity.organisation_id or standing.is_inside:
        return capacity.name
    if capacity.stakeholder_group == StakeholderGroup.UNKNOWN:
        return _("A member")
    return str(capacity.get_stakeholder_group_display())


@register.filter
def in_words(answer: tuple[Field, Any]) -> list[str]:
    """The choices by their labels, a day as it is written, else as it was typed."""
    field, value = answer
    if field.type == "capabilities":
        known = capabilities()
        return [str(known[each].label) for each in value if each in known]
    values = value if isinstance(value, list) else [value]
    labels = {choice.value: str(choice.label) for choice in field.choices}
    if field.type == "day":
        return [written(date.fromisoformat(value))]
    return [labels.get(each, str(each)) for each in values]


@register.filter
def in_itself(tag: str) -> str:
    """What a language calls itself."""
    return language_name(tag, tag)
