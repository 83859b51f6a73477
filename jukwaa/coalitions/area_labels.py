"""The names of the areas that Jukwaa ships with (`data/itu-cop.toml`), in the language of the page.

The record keeps the names as they are; the names that a coalition gives its own areas are its own words.
"""

from django.utils.translation import gettext, gettext_noop

SHIPPED_AREA_NAMES = frozenset(
    {
        gettext_noop("Legal Measures"),
        gettext_noop("Technical & Procedural Measures"),
        gettext_noop("Organizational Structures"),
        gettext_noop("Capacity Building"),
        gettext_noop("International Cooperation"),
        gettext_noop("Children"),
        gettext_noop("Parents, Guardians and Educators"),
        gettext_noop("Industry"),
        gettext_noop("Policy Makers"),
    }
)


def get_area_label(area_name: str) -> str:
    return gettext(area_name) if area_name in SHIPPED_AREA_NAMES else area_name
