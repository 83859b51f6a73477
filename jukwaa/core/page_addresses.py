"""The address of a public page for search engines and link previews, and its addresses in other languages."""

from collections.abc import Mapping
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.utils.http import MAX_URL_LENGTH

LANGUAGE_QUERY_PARAMETER = "lang"
# Added by other sites to the addresses that people share: they change nothing on the page.
TRACKING_QUERY_PARAMETERS = frozenset({"fbclid", "gclid", "igshid", "mc_cid", "mc_eid", "msclkid", "next"})
TRACKING_PARAMETER_PREFIX = "utm_"
# Open Graph names a language with a country: https://ogp.me/#optional
OPEN_GRAPH_LOCALE_BY_LANGUAGE: Mapping[str, str] = {"en": "en_GB", "fr": "fr_FR", "es": "es_ES", "ar": "ar_AR"}


def has_public_address(request: HttpRequest) -> bool:
    """Return whether this is a page that a visitor may open and whose address is no secret."""
    match = request.resolver_match
    if match is None or request.method != "GET" or "token" in match.kwargs or request.user.is_authenticated:
        return False
    return not getattr(match.func, "login_required", True)


def build_canonical_url(request: HttpRequest) -> str:
    """Return the one address of this page: of this site, in one order, without what other sites add to it."""
    return _build_page_url(request.path, _list_url_parameters(request))


def build_language_urls(request: HttpRequest) -> list[tuple[str, str]]:
    """Return (language, address) for each language of the interface, and `x-default` for the one browsers ask for."""
    others = [(name, value) for name, value in _list_url_parameters(request) if name != LANGUAGE_QUERY_PARAMETER]
    urls = [
        (code, _build_page_url(request.path, [*others, (LANGUAGE_QUERY_PARAMETER, code)]))
        for code, _name in settings.LANGUAGES
    ]
    return [*urls, ("x-default", _build_page_url(request.path, others))]


def _list_url_parameters(request: HttpRequest) -> list[tuple[str, str]]:
    languages = dict(settings.LANGUAGES)
    return sorted(
        (name, value)
        for name, values in request.GET.lists()
        for value in values
        if value
        and name not in TRACKING_QUERY_PARAMETERS
        and not name.startswith(TRACKING_PARAMETER_PREFIX)
        and (name != LANGUAGE_QUERY_PARAMETER or value in languages)
    )


def _build_page_url(path: str, query_parameters: list[tuple[str, str]]) -> str:
    query = f"?{urlencode(query_parameters)}" if query_parameters else ""
    return f"{settings.SITE_URL}{path}{query}"[:MAX_URL_LENGTH]
