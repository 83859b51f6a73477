"""What the head of a public page says to search engines and link previews: `{% load page_head %}`."""

import re
from html import unescape
from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template import Context
from django.templatetags.static import static
from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.translation import get_language

from jukwaa.core.page_addresses import (
    OPEN_GRAPH_LOCALE_BY_LANGUAGE,
    build_canonical_url,
    build_language_urls,
    has_public_address,
)
from jukwaa.core.prose import render_prose_html

register = template.Library()
MAX_DESCRIPTION_LENGTH = 200  # characters: what previews show at most
HTML_BLOCK_END_PATTERN = re.compile(r"(</(?:p|li|h\d)>|<br)")  # where words of two blocks would run into each other
DEFAULT_PREVIEW_IMAGE = "core/preview.png"


@register.simple_block_tag(name="plain_text")
def extract_plain_text(content: str) -> str:
    """Return the words of a part of a template, without markup, in one line."""
    return " ".join(unescape(strip_tags(HTML_BLOCK_END_PATTERN.sub(r" \1", content))).split())


@register.inclusion_tag("components/page_preview.html", takes_context=True)
def page_preview(context: Context, title: str, description: str) -> dict[str, Any]:
    """Open Graph, the description and the canonical address; nothing on pages that visitors can't open."""
    request: HttpRequest = context["request"]
    if not has_public_address(request):
        return {}
    coalition = context.get("coalition")  # whose home page is called by its name
    language = get_language() or "en"
    about = description or (coalition.about if coalition else "")
    return {
        "title": coalition.name if coalition and request.path == coalition.get_absolute_url() else title,
        "description": Truncator(extract_plain_text(render_prose_html(about))).chars(MAX_DESCRIPTION_LENGTH),
        "site_name": coalition.name if coalition else "Jukwaa",
        "canonical": build_canonical_url(request),
        "locale": OPEN_GRAPH_LOCALE_BY_LANGUAGE[language],
        "image": f"{settings.SITE_URL}{static(DEFAULT_PREVIEW_IMAGE)}",
        "other_locales": [locale for code, locale in OPEN_GRAPH_LOCALE_BY_LANGUAGE.items() if code != language],
    }


@register.inclusion_tag("components/language_links.html", takes_context=True)
def language_links(context: Context) -> dict[str, Any]:
    """The page in each language of the interface. What people wrote on it stays in their own language."""
    request: HttpRequest = context["request"]
    return {"urls": build_language_urls(request) if has_public_address(request) else []}
