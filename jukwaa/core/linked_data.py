"""Data for machines in a page: JSON-LD in the vocabulary of schema.org."""

import json
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

SCHEMA_ORG_CONTEXT = "https://schema.org"
_HTML_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}  # what could end the element


def build_linked_thing(schema_type: str, path: str, **properties: Any) -> dict[str, Any]:
    """Return a thing of a type of schema.org with the address of its page; properties without a value are left out."""
    url = f"{settings.SITE_URL}{path}"
    return drop_empty_values(
        {"@context": SCHEMA_ORG_CONTEXT, "@type": schema_type, "@id": url, "url": url, **properties}
    )


def drop_empty_values(linked_properties: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in linked_properties.items() if value not in ("", None, [], {})}


def format_linked_date(date_value: date | datetime | None) -> str:
    """Return a day or a moment in ISO 8601, as schema.org's Date and DateTime."""
    return date_value.isoformat() if date_value is not None else ""


def render_linked_data(linked_data: dict[str, Any] | None) -> SafeString:
    """A block of data is no script: browsers don't run it, and the policy against inline code lets it stand."""
    if linked_data is None:
        return SafeString("")
    text = json.dumps(linked_data, ensure_ascii=False, separators=(",", ":")).translate(_HTML_ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))
