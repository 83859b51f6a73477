"""Why something is suggested, as sentences in the reader's language."""

from collections.abc import Callable, Mapping
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from jukwaa.cooperation.help_matching import HelpMatchReason
from jukwaa.cooperation.schema import get_help_type
from jukwaa.core.dates import format_long_date
from jukwaa.core.list_formatting import join_with_separator
from jukwaa.places.countries import get_country_name, get_subregion_name
from jukwaa.places.languages import get_language_name
from jukwaa.places.regions import RegionalGroup

MAX_LISTED_NAMES = 5
SENTENCE_BY_MATCH_REASON = {
    "sort": _("Same type of help: %(names)s"),
    "near": _("Similar type of help: %(names)s"),
    "words": _("Words in common: %(names)s"),
    "areas": _("Same area of work: %(names)s"),
    "countries": _("Same country: %(names)s"),
    "subregions": _("Same subregion: %(names)s"),
    "regions": _("Same region: %(names)s"),
    "anywhere": _("Not limited to a country"),
    "languages": _("Common language: %(names)s"),
    "between": _("Dates overlap: %(names)s"),
    "from": _("Dates overlap from %(names)s"),
    "until": _("Dates overlap until %(names)s"),
    "stale": _("Not confirmed as up to date since %(names)s"),
}


# What the values of a reason are called.
VALUE_FORMATTER_BY_REASON: dict[str, Callable[[str, str], str]] = {
    "sort": lambda name, _language: str(get_help_type(name).label),
    "near": lambda name, _language: str(get_help_type(name).label),
    "countries": get_country_name,
    "subregions": get_subregion_name,
    "regions": lambda name, _language: str(RegionalGroup(name).label),
    "languages": get_language_name,
}


def describe_match_reason(match_reason: HelpMatchReason, area_names: Mapping[int, str]) -> str:
    """`area_names` names those of the coalition by their numbers."""
    names = [_format_reason_value(match_reason.name, value, area_names) for value in match_reason.values]
    if match_reason.name == "between":
        return str(SENTENCE_BY_MATCH_REASON["between"]) % {"names": " \N{EN DASH} ".join(names)}
    shown = [*names[:MAX_LISTED_NAMES], *(["…"] if len(names) > MAX_LISTED_NAMES else [])]
    return str(SENTENCE_BY_MATCH_REASON[match_reason.name]) % {"names": join_with_separator(shown)}


def _format_reason_value(reason_name: str, reason_value: str | int | date, area_names: Mapping[int, str]) -> str:
    if isinstance(reason_value, date):
        return format_long_date(reason_value)
    if isinstance(reason_value, int):
        return area_names.get(reason_value, "")
    return (
        VALUE_FORMATTER_BY_REASON[reason_name](reason_value, get_language() or "en")
        if reason_name in VALUE_FORMATTER_BY_REASON
        else reason_value
    )
