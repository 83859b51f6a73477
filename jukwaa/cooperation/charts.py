"""An outcome over time as a small picture, drawn by the server: its table stands beside it and says the same."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

CHART_WIDTH, CHART_HEIGHT, CHART_MARGIN = 320, 96, 8


def render_line_chart(
    dated_values: Sequence[tuple[date, Decimal]],
    *,
    title: str,
    indicator_name: str,
    baseline_value: Decimal | None = None,
    target_value: Decimal | None = None,
) -> SafeString:
    """Figures from the earliest to the latest; a dashed line where it is to go, a dotted one where it began.

    Works for any numbers: all the same, below zero, one alone. `indicator_name` must differ between the pictures of a
    page.
    """
    if not dated_values:
        return SafeString("")
    values = [value for _day, value in dated_values]
    levels = [each for each in (*values, baseline_value, target_value) if each is not None]
    low, high = min(levels), max(levels)
    first, last = dated_values[0][0], dated_values[-1][0]

    def get_x_position(chart_day: date) -> float:
        days = (last - first).days
        share = (chart_day - first).days / days if days else 0.5
        return round(CHART_MARGIN + share * (CHART_WIDTH - 2 * CHART_MARGIN), 1)

    def get_y_position(chart_value: Decimal) -> float:
        share = float((chart_value - low) / (high - low)) if high != low else 0.5
        return round(CHART_HEIGHT - CHART_MARGIN - share * (CHART_HEIGHT - 2 * CHART_MARGIN), 1)

    points = [(get_x_position(day), get_y_position(value)) for day, value in dated_values]
    return format_html(
        '<svg class="line" viewBox="0 0 {width} {height}" role="img" aria-labelledby="{name}-title">'
        '<title id="{name}-title">{title}</title>{levels}<polyline points="{points}"/>{dots}</svg>',
        width=CHART_WIDTH,
        height=CHART_HEIGHT,
        name=indicator_name,
        title=title,
        levels=format_html_join(
            "",
            '<line class="{}" x1="0" x2="{}" y1="{}" y2="{}"/>',
            (
                (kind, CHART_WIDTH, get_y_position(value), get_y_position(value))
                for kind, value in (("began", baseline_value), ("aim", target_value))
                if value is not None
            ),
        ),
        points=" ".join(f"{left},{top}" for left, top in points),
        dots=format_html_join("", '<circle cx="{}" cy="{}" r="3"/>', points),
    )


def compute_indicator_progress(
    baseline_value: Decimal | None, target_value: Decimal | None, current_value: Decimal | None
) -> int | None:
    """How much of the way is done, in percent of it; None where it can't be told.

    It is measured from where it began to where it is to go, so that a beginning at zero is as good as any; where both
    are the same there is no way.
    """
    if baseline_value is None or target_value is None or current_value is None or baseline_value == target_value:
        return None
    return round((current_value - baseline_value) / (target_value - baseline_value) * 100)


def describe_indicator_progress(
    baseline_value: Decimal | None, target_value: Decimal | None, current_value: Decimal | None
) -> str:
    done = compute_indicator_progress(baseline_value, target_value, current_value)
    if done is None:
        return ""
    if done < 0:
        return _("The figure moved away from the target.")
    return _("%(share)s%% of the way from the baseline to the target.") % {"share": done}
