"""How the numbers in the text of an annual report are shown."""

from django import template
from django.utils import translation
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from jukwaa.eligibility.annual_report.catalogue import STATISTICS
from jukwaa.eligibility.annual_report.compose import Composed
from jukwaa.eligibility.annual_report.document import get_records_url
from jukwaa.eligibility.annual_report.numbers_in_text import split_numbers

register = template.Library()


@register.simple_tag
def show_numbers(composed: Composed, text: str) -> SafeString:
    """Return a text with its numbers of today, each as a link to its records."""
    period = composed.period

    def link(key: str) -> str:
        return get_records_url(period, key)

    with translation.override(composed.language):
        runs = list(split_numbers(text, STATISTICS, composed.facts.numbers, link))
    return format_html_join(
        "", "{}", ((format_html('<a href="{}">{}</a>', run.link, run.text) if run.link else run.text,) for run in runs)
    )
