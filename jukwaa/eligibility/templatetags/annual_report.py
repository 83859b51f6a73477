"""How the numbers in the text of an annual report are shown."""

from collections.abc import Iterable

from django import template
from django.utils import translation
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from jukwaa.core.documents.outgoing import InlineRun
from jukwaa.eligibility.annual_report.all_statistics import STATISTICS_BY_KEY
from jukwaa.eligibility.annual_report.composition import ComposedReport
from jukwaa.eligibility.annual_report.number_markers import split_into_text_runs
from jukwaa.eligibility.annual_report.report_document import get_records_url

HTML_LINE_BREAK = SafeString("<br>")
register = template.Library()


@register.simple_tag
def show_numbers(composed: ComposedReport, text: str) -> SafeString:
    """Return a text with its numbers of today, each as a link to its records."""
    period = composed.period

    def link(key: str) -> str:
        return get_records_url(period, key)

    with translation.override(composed.language):
        lines = [
            split_into_text_runs(line, STATISTICS_BY_KEY, composed.facts.values_by_key, link)
            for line in text.splitlines()
        ]
        return format_html_join(HTML_LINE_BREAK, "{}", ((_render_report_runs(runs),) for runs in lines))


def _render_report_runs(text_runs: Iterable[InlineRun]) -> SafeString:
    parts = (format_html('<a href="{}">{}</a>', run.link, run.text) if run.link else run.text for run in text_runs)
    return format_html_join("", "{}", ((part,) for part in parts))
