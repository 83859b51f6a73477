"""CLDR's locales, by the language codes that Django uses."""

from functools import lru_cache

from babel import Locale, UnknownLocaleError
from django.utils.translation import to_locale


@lru_cache(maxsize=256)
def get_cldr_locale(locale: str) -> Locale:
    """CLDR's locale for "pt-br", "zh-hans" or "pt_BR"; English for what it does not know."""
    try:
        return Locale.parse(to_locale(locale.replace("_", "-").lower()))
    except (UnknownLocaleError, ValueError):
        return Locale("en")
