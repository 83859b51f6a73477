"""What a result says of its record besides the passage."""

from dataclasses import dataclass

from jukwaa.places.countries import COUNTRIES, country_name
from jukwaa.places.languages import language_name
from jukwaa.records.index import Hit


@dataclass(frozen=True)
class Shown:
    hit: Hit
    details: list[str]


def shown(hit: Hit, locale: str) -> Shown:
    """Where it is about, and its language if that is not the reader's."""
    record = hit.record
    details = [country_name(code, locale) for code in record.countries if code in COUNTRIES]
    if record.language.partition("-")[0] != locale.partition("-")[0]:
        details.append(language_name(record.language, locale))
    return Shown(hit, details)
