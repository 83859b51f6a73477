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


def _render_facet_value(facet_value: FacetValue) -> str:
    """Of escaped parts alone."""
    current = ' aria-current="true"' if facet_value.is_chosen else ""
    bead = f' class="kind" data-kind="{escape(facet_value.bead)}"' if facet_value.bead else ""
    return (
        f'<li><a href="{escape(facet_value.address)}"{current}>'
        f"<span{bead}>{escape(str(facet_value.label))}</span><span>{_format_facet_count(facet_value)}</span></a></li>"
    )


def _format_facet_count(facet_value: FacetValue) -> str:
    if facet_value.number is None or (facet_value.is_least and not facet_value.number):
        return ""
    return f"{facet_value.number}+" if facet_value.is_least else str(facet_value.number)
