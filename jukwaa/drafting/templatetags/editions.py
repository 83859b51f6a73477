"""How pages show the clauses of a text: `{% load editions %}`."""

from typing import Any

from django import template
from django.template import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from jukwaa.drafting.edition_export import parse_table_rows
from jukwaa.drafting.editions import EditionContent
from jukwaa.drafting.models import TEXT_KIND, Edition, Placement, Position
from jukwaa.library.models import Item
from jukwaa.records.models import Link
from jukwaa.records.provenance import get_cached_linked_records

register = template.Library()
ClauseKind = Placement.Kind
NEARBY_PAGE_COUNT = 2  # pages on either side that are offered


@register.simple_tag
def said(placement: Placement) -> SafeString:
    """What a clause says, as what it is. People's text stays text."""
    body = placement.wording.body
    match placement.kind:
        case ClauseKind.HEADING:
            return format_html("<h2>{}</h2>", body)
        case ClauseKind.BULLET:
            return format_html("<ul><li>{}</li></ul>", _render_clause_lines(body))
        case ClauseKind.TABLE:
            return _render_clause_table(parse_table_rows(body))
        case ClauseKind.NOTE:
            return format_html('<p class="small">{}</p>', _render_clause_lines(body))
        case _:
            return format_html("<p>{}</p>", _render_clause_lines(body))


def _render_clause_lines(clause_body: str) -> SafeString:
    return format_html_join(mark_safe("<br>"), "{}", ((line,) for line in clause_body.splitlines()))


def _render_clause_table(table_rows: list[list[str]]) -> SafeString:
    head, *others = ([(cell,) for cell in row] for row in table_rows)
    return format_html(
        '<div class="scroll" tabindex="0"><table><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>',
        format_html_join("", '<th scope="col">{}</th>', head),
        format_html_join("", "<tr>{}</tr>", ((format_html_join("", "<td>{}</td>", row),) for row in others)),
    )


@register.filter
def clause_address(reading: EditionContent, placement: Placement) -> str:
    return reading.build_clause_address(placement.clause.number)


@register.filter
def against(reading: EditionContent, placement: Placement) -> list[Position]:
    return reading.positions_by_clause.get(placement.clause.number, [])


@register.filter
def page_numbers(reading: EditionContent, at: int) -> list[int]:
    """The first, the last, and those near this one; 0 where some are left out."""
    wanted = sorted(
        {1, reading.pages, *range(max(1, at - NEARBY_PAGE_COUNT), min(reading.pages, at + NEARBY_PAGE_COUNT) + 1)}
    )
    found: list[int] = []
    for number in wanted:
        if found and number > found[-1] + 1:
            found.append(0)
        found.append(number)
    return found


@register.filter
def files(said: str) -> list[tuple[str, str]]:
    """(ending, name) of the files that are offered."""
    return [(ending, name) for ending, name in (each.split(" ") for each in said.split(","))]


@register.simple_tag(takes_context=True)
def edition_of(context: Context, item: Item) -> Edition | None:
    """The latest edition of the text that this item came of, for its page. Asks only where there is such a text."""
    ties: list[Any] = get_cached_linked_records(item, context["standing"])
    texts = [tie.record.pk for tie in ties if tie.points and tie.relation == Link.Relation.BEGAN_AS]
    texts = [tie.record.pk for tie in ties if tie.record.pk in texts and tie.record.kind == TEXT_KIND]
    if not texts:
        return None
    return Edition.objects.filter(text__in=texts, item=item.pk).order_by("-major", "-minor").first()
