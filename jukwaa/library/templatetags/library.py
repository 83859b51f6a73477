"""How pages show an item: in short, by whom, and its answers in words."""

from datetime import date
from typing import Any

from django import template
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from jukwaa.coalitions.display_names import get_display_name
from jukwaa.coalitions.models import Capacity
from jukwaa.coalitions.standing import Standing
from jukwaa.core.dates import format_long_date, format_partial_date, parse_partial_date
from jukwaa.library.models import Item
from jukwaa.library.schema import Framework, TemplateField, get_frameworks
from jukwaa.places.languages import get_language_name
from jukwaa.places.regions import StakeholderGroup

register = template.Library()

MAX_SUMMARY_LENGTH = 200  # characters


@register.filter
def in_short(item: Item) -> str:
    """Its summary, else the beginning of what it says."""
    first = next((text for _name, text in item.answer_boxes), "")
    return item.summary or Truncator(" ".join(first.split())).chars(MAX_SUMMARY_LENGTH)


@register.filter
def shared_by(capacity: Capacity, standing: Standing) -> str:
    """The organisation it was shared for; a person on their own is named to members alone."""
    if capacity.organisation_id or standing.is_inside:
        return capacity.name or get_display_name(capacity, standing)
    if capacity.stakeholder_group == StakeholderGroup.UNKNOWN:
        return _("A member")
    return str(capacity.get_stakeholder_group_display())


@register.filter
def in_words(answer: tuple[TemplateField, Any]) -> list[str]:
    """The choices by their labels, a day as it is written, else as it was typed."""
    field, value = answer
    if field.type == "capabilities":
        return [line for framework in get_frameworks() if (line := _format_chosen_capabilities(framework, value))]
    values = value if isinstance(value, list) else [value]
    labels = {choice.value: str(choice.label) for choice in field.choices}
    if field.type == "day":
        return [format_long_date(date.fromisoformat(value))]
    if field.type == "partial-date" and (known := parse_partial_date(value)):
        return [format_partial_date(*known)]
    return [labels.get(each, str(each)) for each in values]


def _format_chosen_capabilities(framework: Framework, capability_values: list[str]) -> str:
    """Its editions have parts of the same name: `Model National Response (2016): Leadership; Legislation`."""
    chosen = [str(part.label) for part in framework.capabilities if part.value in capability_values]
    return f"{framework.with_edition}: {'; '.join(chosen)}" if chosen else ""


@register.filter
def in_itself(tag: str) -> str:
    """What a language calls itself."""
    return get_language_name(tag, tag)
