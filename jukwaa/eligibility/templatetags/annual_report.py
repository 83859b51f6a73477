"""How the numbers in the text of an annual report are shown."""

from collections.abc import Iterable

from django import template
from django.utils import translation
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from jukwaa.core.documents.outgoing import Run
from jukwaa.eligibility.annual_report.catalogue import STATISTICS
from jukwaa.eligibility.annual_report.compose import Composed
from jukwaa.eligibility.annual_report.document import get_records_url
from jukwaa.eligibility.annual_report.numbers_in_text import split_numbers

BREAK = SafeString("<br>")
register = template.Library()


@register.simple_tag
def show_numbers(composed: Composed, text: str) -> SafeString:
    """Return a text with its numbers of today, each as a link to its records."""
    period = composed.period

    def link(key: str) -> str:
        return get_records_url(period, key)

    with translation.override(composed.language):
        lines = [split_numbers(line, STATISTICS, composed.facts.numbers, link) for line in text.splitlines()]
        return format_html_join(BREAK, "{}", ((_join(runs),) for runs in lines))


def _join(runs: Iterable[Run]) -> SafeString:
    parts = (format_html('<a href="{}">{}</a>', run.link, run.text) if run.link else run.text for run in runs)
    return format_html_join("", "{}", ((part,) for part in parts))
