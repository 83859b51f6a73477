"""What the address of a search says: the query, and what it is narrowed to. What makes no sense there is left out."""

import re
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.encoding import uri_to_iri

from jukwaa.coalitions.caching import kept
from jukwaa.coalitions.models import AreaOfWork, Coalition
from jukwaa.places.countries import COUNTRIES
from jukwaa.places.regions import UN_GROUPS, StakeholderGroup
from jukwaa.records.index import Filters
from jukwaa.records.index.query import LONGEST_QUERY
from jukwaa.records.kinds import all_kinds

_TAG = re.compile(r"[A-Za-z0-9-]{1,35}")
_YEAR = re.compile(r"[12][0-9]{3}")


@dataclass(frozen=True, kw_only=True)
class Narrowing:
    query: str
    filters: Filters
    page: int = 1
    newest_first: bool = False
    as_typed: bool = False  # the reader wants no correction

    @property
    def is_narrow(self) -> bool:
        return self.filters != Filters()

    @property
    def is_cut(self) -> bool:
        """Whether there are more words than anybody would look for: the rest is not read."""
        return len(self.query) > LONGEST_QUERY

    @property
    def address(self) -> str:
        """The query string of this search, whichever page of it: what is not said stands for itself, in one order."""
        filters = self.filters
        parts = {
            "area": str(filters.area.pk) if filters.area else "",
            "country": filters.country,
            "kind": filters.kind,
            "language": filters.language,
            "order": "newest" if self.newest_first else "",
            "q": self.query[:LONGEST_QUERY],
            "region": filters.region,
            "stakeholder": filters.stakeholder,
            "year": filters.year,
        }
        return uri_to_iri(urlencode({name: value for name, value in parts.items() if value}))


def narrowing(asked: QueryDict, areas: list[AreaOfWork]) -> Narrowing:
    """The parts of an address, each checked."""
    page = asked.get("page", "")
    return Narrowing(
        query=" ".join(asked.get("q", "").replace("\0", " ").split()),
        filters=_filters(asked, areas),
        page=int(page) if page.isdecimal() and len(page) <= 4 else 1,  # noqa: PLR2004 - digits of a page's number
        newest_first=asked.get("order") == "newest",
        as_typed=asked.get("as") == "typed",
    )


def _filters(asked: QueryDict, areas: list[AreaOfWork]) -> Filters:
    kind, language, country, year = (asked.get(name, "") for name in ("kind", "language", "country", "year"))
    groups = [group for group in StakeholderGroup if group != StakeholderGroup.UNKNOWN]
    return Filters(
        kind=kind if kind in {known.name for known in all_kinds()} else None,
        area=next((area for area in areas if str(area.pk) == asked.get("area")), None),
        region=next((group for group in UN_GROUPS if group == asked.get("region")), None),
        country=country if country in COUNTRIES else None,
        language=language if _TAG.fullmatch(language) else None,
        stakeholder=next((group for group in groups if group == asked.get("stakeholder")), None),
        year=year if _YEAR.fullmatch(year) else None,
    )


def areas_of(coalition: Coalition) -> list[AreaOfWork]:
    return kept(coalition, "areas", lambda: list(AreaOfWork.objects.filter(coalition=coalition)))
