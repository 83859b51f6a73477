"""People's text on its way to a page: Markdown in, a small safe part of HTML out."""

from collections.abc import Set as AbstractSet
from functools import lru_cache

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

ALLOWED_HTML_TAGS = {"p", "br", "em", "strong", "ul", "ol", "li", "blockquote", "code", "pre", "a", "h3", "h4", "hr"}


@lru_cache(maxsize=1)
def get_markdown_parser() -> MarkdownIt:
    return MarkdownIt("js-default", {"html": False, "linkify": False, "breaks": True}).disable(["image", "table"])


def render_prose_html(text: str, allowed_tags: AbstractSet[str] = ALLOWED_HTML_TAGS) -> SafeString:
    """What a person wrote, as paragraphs, lists and links; nothing of it can become markup of ours."""
    html = get_markdown_parser().render(text or "")
    clean = nh3.clean(
        html,
        tags=set(allowed_tags),
        attributes={"a": {"href"}},
        link_rel="nofollow noopener",
        url_schemes={"http", "https", "mailto"},
    )
    return mark_safe(clean)
