"""How the ways to narrow a search are written: `{% load search %}`."""

from collections.abc import Iterable
from html import escape

from django import template
from django.utils.safestring import SafeString

from jukwaa.search.facets import Value

register = template.Library()


@register.filter
def lines(values: Iterable[Value]) -> SafeString:
    """The values of a facet, written here: a page has a hundred of them, and a template takes ten times as long."""
    return SafeString("".join(map(_line, values)))


def _line(value: Value) -> str:
    """Of escaped parts alone."""
    current = ' aria-current="true"' if value.is_chosen else ""
    bead = f' class="kind" data-kind="{escape(value.bead)}"' if value.bead else ""
    number = "" if value.number is None else value.number
    return (
        f'<li><a href="{escape(value.address)}"{current}>'
        f"<span{bead}>{escape(str(value.label))}</span><span>{number}</span></a></li>"
    )
