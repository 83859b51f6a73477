"""Where a child, or somebody who worries about one, can turn: from `data/helplines.toml`."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from jukwaa.places.countries import COUNTRIES_BY_CODE, PlacesDataError


class HelplineKind(TextChoices):
    """What one gets there."""

    HELPLINE = "helpline", _("Helpline: someone to talk to")
    HOTLINE = "hotline", _("Hotline: report child sexual abuse material")
    DIRECTORY = "directory", _("Directory of helplines and hotlines")


@dataclass(frozen=True, slots=True, kw_only=True)
class Helpline:
    """One place to turn to. `countries` is empty for the directories, which serve everybody."""

    kind: HelplineKind
    name: str
    url: str
    source: str
    year: int
    phone: str = ""
    countries: tuple[str, ...] = ()


def get_country_helplines(country_code: str) -> list[Helpline]:
    """Whom to call in a country; the international directories always stand at the end, for any code at all."""
    everywhere = [line for line in load_helplines() if not line.countries]
    return [line for line in load_helplines() if country_code in line.countries] + everywhere


@cache
def load_helplines() -> tuple[Helpline, ...]:
    """All that we know, in the order of the file."""
    return parse_helplines(files("jukwaa.places").joinpath("data/helplines.toml").read_text(encoding="utf-8"))


def parse_helplines(text: str) -> tuple[Helpline, ...]:
    """Helplines from the text of the data file. Raises PlacesDataError."""
    try:
        rows: Sequence[Mapping[str, Any]] = tomllib.loads(text)["helpline"]
    except (tomllib.TOMLDecodeError, KeyError) as error:
        raise PlacesDataError(f"helplines.toml: {error}") from error
    return tuple(_parse_helpline_row(row) for row in rows)


def _parse_helpline_row(helpline_row: Mapping[str, Any]) -> Helpline:
    name = helpline_row.get("name", "a helpline without a name")
    try:
        line = Helpline(
            **{
                **helpline_row,
                "kind": HelplineKind(helpline_row["kind"]),
                "countries": tuple(helpline_row.get("countries", [])),
            }
        )
    except (KeyError, TypeError, ValueError) as error:
        raise PlacesDataError(f"helplines.toml, {name}: {error}") from error
    if unknown := set(line.countries) - set(COUNTRIES_BY_CODE):
        raise PlacesDataError(f"helplines.toml, {name}: no country has the code {', '.join(sorted(unknown))}")
    if bool(line.countries) == (line.kind == HelplineKind.DIRECTORY):
        raise PlacesDataError(f"helplines.toml, {name}: a directory has no countries, and everything else has some")
    if not line.url.startswith("https://"):
        raise PlacesDataError(f"helplines.toml, {name}: the address must begin with https://")
    return line
