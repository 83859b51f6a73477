"""Parse the address of a search into its query and filters. Invalid parts are ignored."""

import re
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.encoding import uri_to_iri

from jukwaa.coalitions.caching import get_or_build_cached
from jukwaa.coalitions.models import AreaOfWork, Coalition
from jukwaa.places.countries import COUNTRIES_BY_CODE
from jukwaa.places.regions import UN_REGIONAL_GROUPS, StakeholderGroup
from jukwaa.records.index import SearchFilters
from jukwaa.records.index.query import MAX_QUERY_LENGTH
from jukwaa.records.index.search_sql import UNKNOWN_YEAR_VALUE
from jukwaa.records.kinds import list_record_kinds

_LANGUAGE_TAG_PATTERN = re.compile(r"[A-Za-z0-9-]{1,35}")
_YEAR_PATTERN = re.compile(r"[12][0-9]{3}")


@dataclass(frozen=True, kw_only=True)
class SearchRequest:
    query: str
    filters: SearchFilters
    page: int = 1
    newest_first: bool = False
    as_typed: bool = False  # the reader wants no correction

    @property
    def is_narrow(self) -> bool:
        return self.filters != SearchFilters()

    @property
    def is_truncated(self) -> bool:
        """Whether there are more words than anybody would look for: the rest is not read."""
        return len(self.query) > MAX_QUERY_LENGTH

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
            "q": self.query[:MAX_QUERY_LENGTH],
            "region": filters.region,
            "stakeholder": filters.stakeholder,
            "year": filters.year,
        }
        return uri_to_iri(urlencode({name: value for name, value in parts.items() if value}))


def parse_search_request(query_data: QueryDict, areas_of_work: list[AreaOfWork]) -> SearchRequest:
    """The parts of an address, each checked."""
    page = query_data.get("page", "")
    return SearchRequest(
        query=" ".join(query_data.get("q", "").replace("\0", " ").split()),
        filters=_parse_search_filters(query_data, areas_of_work),
        page=int(page) if page.isdecimal() and len(page) <= 4 else 1,  # noqa: PLR2004 - digits of a page's number
        newest_first=query_data.get("order") == "newest",
        as_typed=query_data.get("as") == "typed",
    )


def _parse_search_filters(query_data: QueryDict, areas_of_work: list[AreaOfWork]) -> SearchFilters:
    kind, language, country, year = (query_data.get(name, "") for name in ("kind", "language", "country", "year"))
    groups = [group for group in StakeholderGroup if group != StakeholderGroup.UNKNOWN]
    return SearchFilters(
        kind=kind if kind in {known.name for known in list_record_kinds()} else None,
        area=next((area for area in areas_of_work if str(area.pk) == query_data.get("area")), None),
        region=next((group for group in UN_REGIONAL_GROUPS if group == query_data.get("region")), None),
        country=country if country in COUNTRIES_BY_CODE else None,
        language=language if _LANGUAGE_TAG_PATTERN.fullmatch(language) else None,
        stakeholder=next((group for group in groups if group == query_data.get("stakeholder")), None),
        year=year if year == UNKNOWN_YEAR_VALUE or _YEAR_PATTERN.fullmatch(year) else None,
    )


def load_areas_of_work(coalition: Coalition) -> list[AreaOfWork]:
    return get_or_build_cached(coalition, "areas", lambda: list(AreaOfWork.objects.filter(coalition=coalition)))
