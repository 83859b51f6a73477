"""What the templates of texts ask for: `{% load drafting %}`."""

from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from jukwaa.core.diff import render_changes
from jukwaa.core.linked_data import render_linked_data
from jukwaa.drafting.calendar import get_last_open_day
from jukwaa.drafting.comparison import ClauseState, ComparisonRow
from jukwaa.drafting.linked_data import build_linked_text
from jukwaa.drafting.models import Edition, Placement, Revision, Text
from jukwaa.records.models import Link
from jukwaa.records.provenance import get_cached_linked_records

register = template.Library()


register.filter("last_open_day", get_last_open_day)


@register.simple_tag
def linked_text(text: Text, revision: Revision | None, edition: Edition | None) -> SafeString:
    """The text for machines, as data in its page."""
    return render_linked_data(build_linked_text(text, revision, edition))


@register.filter
def cells(body: str) -> list[list[str]]:
    """The rows of a table, each as its cells."""
    return [[cell.strip() for cell in line.split(" | ")] for line in body.splitlines() if line.strip()]


@register.filter
def heading_tag(placement: Placement) -> str:
    """Beneath the title of the page, which is its h1."""
    return f"h{min(placement.level + 1, 6)}"


@register.filter
def marked(row: ComparisonRow) -> SafeString:
    """What a clause says now and said before, word by word."""
    return render_changes(row.words())


@register.filter
def kind_name(piece: ClauseState) -> str:
    name = str(Placement.Kind(piece.kind).label)
    return name if piece.level == 1 else _("%(kind)s, level %(level)s") % {"kind": name, "level": piece.level}


@register.inclusion_tag("records/trace.html", takes_context=True)
def what_it_is_tied_to(context: Context, text: Text) -> dict[str, Any]:
    """As `trace_of`, without a look for sources: a text has none of its own, what it is tied to has them."""
    links = [
        tie for tie in get_cached_linked_records(text, context["standing"]) if tie.relation != Link.Relation.TRANSLATES
    ]
    return {"links": links, "coalition": context["coalition"]}
