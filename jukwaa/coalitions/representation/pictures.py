"""Pictures of members that only this page has, and the long table, written by the server."""

from collections.abc import Mapping

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jukwaa.coalitions.representation.counting import Year
from jukwaa.places.folding import plain
from jukwaa.places.former import name_of

STEP, BAR, HEIGHT, FOOT = 22, 14, 90, 16


def columns(years: list[Year]) -> SafeString:
    """A column for each year; the number above it, every other year below."""
    highest = max((year.number for year in years), default=0) or 1
    width = STEP * len(years)
    title = _("Member organisations, %(first)s to %(last)s.") % {"first": years[0].year, "last": years[-1].year}
    bars = format_html_join(
        "",
        '<rect x="{}" y="{}" width="{}" height="{}"/><text x="{}" y="{}">{}</text>',
        (_bar(position, year, highest) for position, year in enumerate(years)),
    )
    feet = format_html_join(
        "",
        '<text class="soft" x="{}" y="{}">{}</text>',
        (
            (STEP * position + STEP // 2, HEIGHT + FOOT + 10, f"\N{RIGHT SINGLE QUOTATION MARK}{year.year % 100:02}")
            for position, year in enumerate(years)
        ),
    )
    return format_html(
        '<svg class="columns" viewBox="0 0 {} {}" role="img" aria-labelledby="years-title">'
        '<title id="years-title">{}</title>{}{}</svg>',
        width,
        HEIGHT + FOOT + 14,
        title,
        bars,
        feet,
    )


def country_rows(numbers: Mapping[str, int]) -> SafeString:
    """The table beside the map, a row for each country: up to 249, for which a template takes four times as long.

    By their names, whatever the numbers: this is no ranking.
    """
    language = get_language() or "en"
    named = sorted(((name_of(code, language), number) for code, number in numbers.items()), key=_by_name)
    return format_html_join("", '<tr><th scope="row">{}</th><td class="num">{}</td></tr>', named)


def _by_name(row: tuple[str, int]) -> str:
    return plain(row[0])


def _bar(position: int, year: Year, highest: int) -> tuple[object, ...]:
    height = round(year.number / highest * (HEIGHT - 4))
    top = HEIGHT + FOOT - 4 - height
    left = STEP * position + (STEP - BAR) // 2
    return left, top, BAR, height, left + BAR // 2, top - 3, year.number
