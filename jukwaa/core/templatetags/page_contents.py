"""Links to the sections of a long page, made from its headings."""

import re

from django import template
from django.template.loader import render_to_string
from django.utils.html import strip_tags
from django.utils.safestring import SafeString

register = template.Library()

MIN_HEADINGS_FOR_CONTENTS = 2  # sections that are worth links
_HEADING_PATTERN = re.compile(
    r'<section\b[^>]*\bid="([^"]+)"[^>]*>\s*<h2>(.*?)</h2>|<h2\b[^>]*\bid="([^"]+)"[^>]*>(.*?)</h2>', re.DOTALL
)


@register.simple_block_tag
def on_this_page(content: SafeString) -> SafeString:
    """Show links to the headings of the block, which have an `id` or begin a section with one, before the block."""
    links = [
        (section or heading, SafeString(strip_tags(first or second).strip()))
        for section, first, heading, second in _HEADING_PATTERN.findall(content)
    ]
    if len(links) < MIN_HEADINGS_FOR_CONTENTS:
        return content
    return render_to_string("components/on_this_page.html", {"links": links}) + content
