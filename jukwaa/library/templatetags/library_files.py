"""`{% load library_files %}`: what of an item's files is here already (`{% alike_of item %}`), and its links."""

from typing import Any

from django import template
from django.template import Context

from jukwaa.coalitions.standing import Standing
from jukwaa.library.duplicate_files import find_duplicate_files
from jukwaa.library.models import Item
from jukwaa.records import policies

register = template.Library()


@register.inclusion_tag("library/alike.html", takes_context=True)
def alike_of(context: Context, item: Item) -> dict[str, Any]:
    """For those who may change the item: which of its files are here already."""
    return {"found": find_duplicate_files(context["standing"].viewer, item) if _may_change_item(context, item) else []}


@register.inclusion_tag("library/web_links.html", takes_context=True)
def web_links_of(context: Context, item: Item) -> dict[str, Any]:
    beside = context.get("beside")  # what its page has read already
    return {
        "item": item,
        "coalition": context["coalition"],
        "links": beside.web_links if beside else list(item.web_links.all()),
        "may_change": _may_change_item(context, item),
    }


def _may_change_item(template_context: Context, item: Item) -> bool:
    standing: Standing = template_context["standing"]
    return item.is_open_to_change and (standing.is_rapporteur or policies.is_author(standing, item))
