"""Build what a search result shows of its record besides the passage."""

from dataclasses import dataclass
from html import escape

from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from jukwaa.core.dates import format_short_date
from jukwaa.places.countries import COUNTRIES_BY_CODE, get_country_name
from jukwaa.places.languages import get_language_name
from jukwaa.records.index import SearchHit


@dataclass(frozen=True)
class TranslationLink:
    """The same record in another language."""

    name: str
    language: str
    url: str


@dataclass(frozen=True)
class ResultDetails:
    hit: SearchHit
    details: list[str]
    title: SafeString
    excerpt: SafeString
    translations: list[TranslationLink]


def build_result_details(search_hit: SearchHit, locale: str) -> ResultDetails:
    """Where it is about, its language if that is not the reader's, and in which others it can be read."""
    record = search_hit.record
    details = [_("issued by %(name)s") % {"name": record.issuer}] if record.issuer else []
    details += [get_country_name(code, locale) for code in record.countries if code in COUNTRIES_BY_CODE]
    if record.is_issued and record.published_at:
        details.append(_("shared on %(day)s") % {"day": format_short_date(timezone.localdate(record.published_at))})
    if _get_base_language(record.language) != _get_base_language(locale):
        details.append(get_language_name(record.language, locale))
    return ResultDetails(
        search_hit,
        details,
        _render_highlighted_pieces(search_hit.title),
        _render_highlighted_pieces(search_hit.excerpt),
        _build_translation_links(search_hit, locale),
    )


def _build_translation_links(search_hit: SearchHit, locale: str) -> list[TranslationLink]:
    """The reader's own language first."""
    others = sorted(
        search_hit.translations, key=lambda other: _get_base_language(other.language) != _get_base_language(locale)
    )
    return [
        TranslationLink(get_language_name(other.language, locale), other.language, other.get_absolute_url())
        for other in others
    ]


def _get_base_language(language_tag: str) -> str:
    return language_tag.partition("-")[0]


def _render_highlighted_pieces(marked_pieces: list[tuple[str, bool]]) -> SafeString:
    written = (f"<mark>{escape(text)}</mark>" if marked else escape(text) for text, marked in marked_pieces)
    return SafeString("".join(written))
