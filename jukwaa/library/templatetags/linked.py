"""Data for machines about an item, and its translations for search engines: `{% load linked %}`."""

from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from jukwaa.core.linked_data import render_linked_data
from jukwaa.library.exported_records import build_record_url
from jukwaa.library.item_languages import ItemLanguages
from jukwaa.library.linked_data import build_linked_data
from jukwaa.library.models import Item
from jukwaa.records.models import State

register = template.Library()


@register.simple_tag(takes_context=True)
def linked_data_of(context: Context, item: Item) -> SafeString:
    return render_linked_data(build_linked_data(item, context["standing"]))


@register.inclusion_tag("components/language_links.html", takes_context=True)
def translation_links(context: Context, languages: ItemLanguages) -> dict[str, Any]:
    """The same item in other languages: for visitors, since search engines read as visitors."""
    if context["request"].user.is_authenticated:
        return {}
    published = [record for record in languages.all if record.state == State.PUBLISHED]
    urls = [(record.language, build_record_url(record)) for record in published]
    return {"urls": [*urls, ("x-default", build_record_url(languages.original))]}
