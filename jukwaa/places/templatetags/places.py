"""Names of places and languages, and pictures of them, for templates."""

from collections.abc import Mapping

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jukwaa.places.count_graphics import draw_world_map
from jukwaa.places.former_countries import get_any_country_name
from jukwaa.places.languages import get_language_name as name_of_language

register = template.Library()


@register.filter
def country_name(code: str) -> str:
    """Also of one that is no more, where something old names it."""
    return get_any_country_name(code, get_language() or "en")


@register.filter
def language_name(tag: str) -> str:
    return name_of_language(tag, get_language() or "en")


@register.simple_tag
def member_map(counts: Mapping[str, int]) -> SafeString:
    title = _("World map with 1 dot for each country. Countries with members: %(n)s.") % {"n": len(counts)}
    return draw_world_map(counts, title=title)
