"""Why something is suggested, as sentences in the reader's language."""

from collections.abc import Callable, Mapping
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from jukwaa.cooperation.matching import Reason
from jukwaa.cooperation.schema import sort_called
from jukwaa.core.dates import written
from jukwaa.core.lists import in_a_row
from jukwaa.places.countries import country_name, subregion_name
from jukwaa.places.languages import language_name
from jukwaa.places.regions import RegionalGroup

MOST_NAMED = 5
SENTENCES = {
    "sort": _("Same type of help: %(names)s"),
    "near": _("Similar type of help: %(names)s"),
    "words": _("Words in common: %(names)s"),
    "areas": _("Same area of work: %(names)s"),
    "countries": _("Same country: %(names)s"),
    "subregions": _("Same subregion: %(names)s"),
    "regions": _("Same region: %(names)s"),
    "anywhere": _("Not limited to a country"),
    "languages": _("Common language: %(names)s"),
    "between": _("Same period: %(names)s"),
    "from": _("Same period: from %(names)s"),
    "until": _("Same period: until %(names)s"),
    "stale": _("Not confirmed as up to date since %(names)s"),
}


# What the values of a reason are called.
NAMES: dict[str, Callable[[str, str], str]] = {
    "sort": lambda name, _language: str(sort_called(name).label),
    "near": lambda name, _language: str(sort_called(name).label),
    "countries": country_name,
    "subregions": subregion_name,
    "regions": lambda name, _language: str(RegionalGroup(name).label),
    "languages": language_name,
}


def in_words(reason: Reason, areas: Mapping[int, str]) -> str:
    """`areas` names those of the coalition by their numbers."""
    names = [_name(reason.name, value, areas) for value in reason.values]
    if reason.name == "between":
        return str(SENTENCES["between"]) % {"names": " \N{EN DASH} ".join(names)}
    shown = [*names[:MOST_NAMED], *(["…"] if len(names) > MOST_NAMED else [])]
    return str(SENTENCES[reason.name]) % {"names": in_a_row(shown)}


def _name(name: str, value: str | int | date, areas: Mapping[int, str]) -> str:
    if isinstance(value, date):
        return written(value)
    if isinstance(value, int):
        return areas.get(value, "")
    return NAMES[name](value, get_language() or "en") if name in NAMES else value
