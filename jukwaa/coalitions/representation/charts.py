"""Pictures of members that only this page has, and the long table, written by the server."""

from collections.abc import Mapping

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jukwaa.coalitions.representation.statistics import YearFigures
from jukwaa.places.former_countries import get_any_country_name
from jukwaa.places.text_folding import fold_text

COLUMN_STEP, BAR_WIDTH, CHART_HEIGHT, FOOTER_HEIGHT = 22, 14, 90, 16


def render_year_chart(year_figures: list[YearFigures]) -> SafeString:
    """A column for each year; the number above it, every other year below."""
    highest = max((year.number for year in year_figures), default=0) or 1
    width = COLUMN_STEP * len(year_figures)
    title = _("Member organisations, %(first)s to %(last)s.") % {
        "first": year_figures[0].year,
        "last": year_figures[-1].year,
    }
    bars = format_html_join(
        "",
        '<rect x="{}" y="{}" width="{}" height="{}"/><text x="{}" y="{}">{}</text>',
        (_compute_year_bar(position, year, highest) for position, year in enumerate(year_figures)),
    )
    feet = format_html_join(
        "",
        '<text class="soft" x="{}" y="{}">{}</text>',
        (
            (
                COLUMN_STEP * position + COLUMN_STEP // 2,
                CHART_HEIGHT + FOOTER_HEIGHT + 10,
                f"\N{RIGHT SINGLE QUOTATION MARK}{year.year % 100:02}",
            )
            for position, year in enumerate(year_figures)
        ),
    )
    return format_html(
        '<svg class="columns" viewBox="0 0 {} {}" role="img" aria-labelledby="years-title">'
        '<title id="years-title">{}</title>{}{}</svg>',
        width,
        CHART_HEIGHT + FOOTER_HEIGHT + 14,
        title,
        bars,
        feet,
    )


def render_country_rows(count_by_country: Mapping[str, int]) -> SafeString:
    """The table beside the map, a row for each country: up to 249, for which a template takes four times as long.

    By their names, whatever the numbers: this is no ranking.
    """
    language = get_language() or "en"
    named = sorted(
        ((get_any_country_name(code, language), number) for code, number in count_by_country.items()), key=_get_sort_key
    )
    return format_html_join("", '<tr><th scope="row">{}</th><td class="num">{}</td></tr>', named)


def _get_sort_key(country_count: tuple[str, int]) -> str:
    return fold_text(country_count[0])


def _compute_year_bar(year_index: int, year: YearFigures, highest_count: int) -> tuple[object, ...]:
    height = round(year.number / highest_count * (CHART_HEIGHT - 4))
    top = CHART_HEIGHT + FOOTER_HEIGHT - 4 - height
    left = COLUMN_STEP * year_index + (COLUMN_STEP - BAR_WIDTH) // 2
    return left, top, BAR_WIDTH, height, left + BAR_WIDTH // 2, top - 3, year.number
