"""`{% linked_data_of item %}`: the item for machines, as data in its page."""

import json

from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from jukwaa.library.linked_data import build_linked_data
from jukwaa.library.models import Item

register = template.Library()
_HTML_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}  # what could end the element


@register.simple_tag(takes_context=True)
def linked_data_of(context: Context, item: Item) -> SafeString:
    """A block of data is no script: browsers don't run it, and the policy against inline code lets it stand."""
    data = build_linked_data(item, context["standing"])
    if data is None:
        return SafeString("")
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_HTML_ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))
