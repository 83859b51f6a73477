"""What a result says of its record besides the passage."""

from dataclasses import dataclass

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from jukwaa.places.countries import COUNTRIES, country_name
from jukwaa.places.languages import language_name
from jukwaa.records.index import Hit


@dataclass(frozen=True)
class Shown:
    hit: Hit
    details: list[str]
    title: SafeString
    excerpt: SafeString


def shown(hit: Hit, locale: str) -> Shown:
    """Where it is about, and its language if that is not the reader's."""
    record = hit.record
    details = [country_name(code, locale) for code in record.countries if code in COUNTRIES]
    if record.language.partition("-")[0] != locale.partition("-")[0]:
        details.append(language_name(record.language, locale))
    return Shown(hit, details, _marked(hit.title), _marked(hit.excerpt))


def _marked(pieces: list[tuple[str, bool]]) -> SafeString:
    begin, end = SafeString("<mark>"), SafeString("</mark>")
    written = ((begin, text, end) if marked else ("", text, "") for text, marked in pieces)
    return format_html_join("", "{}{}{}", written)
