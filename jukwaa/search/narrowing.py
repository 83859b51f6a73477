"""What the address of a search says: the query, and what it is narrowed to. What makes no sense there is left out."""

import re
from dataclasses import dataclass

from django.http import QueryDict

from jukwaa.coalitions.caching import kept
from jukwaa.coalitions.models import AreaOfWork, Coalition
from jukwaa.places.regions import UN_GROUPS, RegionalGroup
from jukwaa.records.kinds import all_kinds

_TAG = re.compile(r"[A-Za-z0-9-]{1,35}")


@dataclass(frozen=True, kw_only=True)
class Narrowing:
    query: str
    kind: str | None = None
    area: AreaOfWork | None = None
    region: RegionalGroup | None = None
    language: str | None = None
    page: int = 1
    newest_first: bool = False

    @property
    def is_narrow(self) -> bool:
        return any((self.kind, self.area, self.region, self.language))


def narrowing(asked: QueryDict, areas: list[AreaOfWork]) -> Narrowing:
    """The parts of an address, each checked."""
    kind, language, page = asked.get("kind", ""), asked.get("language", ""), asked.get("page", "")
    return Narrowing(
        query=" ".join(asked.get("q", "").replace("\0", " ").split()),
        kind=kind if kind in {known.name for known in all_kinds()} else None,
        area=next((area for area in areas if str(area.pk) == asked.get("area")), None),
        region=next((group for group in UN_GROUPS if group == asked.get("region")), None),
        language=language if _TAG.fullmatch(language) else None,
        page=int(page) if page.isdecimal() and len(page) <= 4 else 1,  # noqa: PLR2004 - digits of a page's number
        newest_first=asked.get("order") == "newest",
    )


def areas_of(coalition: Coalition) -> list[AreaOfWork]:
    return kept(coalition, "areas", lambda: list(AreaOfWork.objects.filter(coalition=coalition)))
