"""How the ways to narrow a search are written: `{% load search %}`."""

from collections.abc import Iterable
from html import escape

from django import template
from django.utils.safestring import SafeString

from jukwaa.search.facets import FacetValue

register = template.Library()


@register.filter
def lines(values: Iterable[FacetValue]) -> SafeString:
    """The values of a facet, written here: a page has a hundred of them, and a template takes ten times as long."""
    return SafeString("".join(map(_render_facet_value, values)))


def _render_facet_value(value: FacetValue) -> str:
    """Of escaped parts alone."""
    current = ' aria-current="true"' if value.is_chosen else ""
    bead = f' class="kind" data-kind="{escape(value.bead)}"' if value.bead else ""
    return (
        f'<li><a href="{escape(value.address)}"{current}>'
        f"<span{bead}>{escape(str(value.label))}</span><span>{_format_facet_count(value)}</span></a></li>"
    )


def _format_facet_count(value: FacetValue) -> str:
    if value.number is None or (value.is_least and not value.number):
        return ""
    return f"{value.number}+" if value.is_least else str(value.number)
