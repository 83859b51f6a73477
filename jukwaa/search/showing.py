"""What a result says of its record besides the passage."""

from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString

from jukwaa.places.countries import COUNTRIES, country_name
from jukwaa.places.languages import language_name
from jukwaa.records.index import Hit


@dataclass(frozen=True)
class Translated:
    """The same record in another language."""

    name: str
    language: str
    url: str


@dataclass(frozen=True)
class Shown:
    hit: Hit
    details: list[str]
    title: SafeString
    excerpt: SafeString
    translations: list[Translated]


def shown(hit: Hit, locale: str) -> Shown:
    """Where it is about, its language if that is not the reader's, and in which others it can be read."""
    record = hit.record
    details = [country_name(code, locale) for code in record.countries if code in COUNTRIES]
    if _base(record.language) != _base(locale):
        details.append(language_name(record.language, locale))
    return Shown(hit, details, _marked(hit.title), _marked(hit.excerpt), _translations(hit, locale))


def _translations(hit: Hit, locale: str) -> list[Translated]:
    """The reader's own language first."""
    others = sorted(hit.translations, key=lambda other: _base(other.language) != _base(locale))
    return [
        Translated(language_name(other.language, locale), other.language, other.get_absolute_url()) for other in others
    ]


def _base(tag: str) -> str:
    return tag.partition("-")[0]


def _marked(pieces: list[tuple[str, bool]]) -> SafeString:
    written = (f"<mark>{escape(text)}</mark>" if marked else escape(text) for text, marked in pieces)
    return SafeString("".join(written))
