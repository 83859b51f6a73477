"""Who is near a gap: organisations of a region that could be invited to work on an area, each with how it is known.

In alphabetical order, and never by how much they have done. Only what its reader may see.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, When, Window
from django.db.models.functions import DenseRank

from jukwaa.coalitions import directory
from jukwaa.coalitions.models import AreaOfWork, Organisation
from jukwaa.coalitions.standing import Standing
from jukwaa.meetings.models import Attendance, Meeting
from jukwaa.places.regions import RegionalGroup
from jukwaa.places.text_folding import fold_text
from jukwaa.records.models import Authorship, Record, State

MAX_GAP_CANDIDATES = 100  # on the page; a country narrows them
MAX_CANDIDATE_RECORDS_SHOWN = 3  # of what each wrote and came to
MAX_CANDIDATE_ROWS_READ = 2000  # rows of what was written and of who came


@dataclass
class CoverageGapCandidate:
    organisation: Organisation
    wrote: list[Record] = field(default_factory=list)
    came_to: list[Record] = field(default_factory=list)

    @property
    def is_member(self) -> bool:
        return bool(getattr(self.organisation, "is_member", False))

    @property
    def was_member(self) -> bool:
        return bool(getattr(self.organisation, "was_member", False))


def find_coverage_gap_candidates(
    viewer_standing: Standing, area_of_work: AreaOfWork, region: RegionalGroup, country: str = ""
) -> list[CoverageGapCandidate]:
    """Those of the directory from there, and those that spoke from there once: none that works on it as a member."""
    from_there = Q(capacity__organisation__isnull=False, capacity__regional_group=region)
    authorships, attendances = (
        find_candidate_authorships(viewer_standing, from_there)[:MAX_CANDIDATE_ROWS_READ],
        find_candidate_attendances(viewer_standing, from_there)[:MAX_CANDIDATE_ROWS_READ],
    )
    wrote = group_records_by_key((row.capacity.organisation_id, row.record) for row in authorships if row.capacity)
    came = group_records_by_key((row.capacity.organisation_id, row.meeting) for row in attendances)
    works = Organisation.areas.through.objects.filter(organisation=OuterRef("pk"), areaofwork=area_of_work)
    rows = directory.get_visible_organisations(viewer_standing).filter(
        Q(regional_group=region) | Q(pk__in=[*wrote, *came]), merged_into__isnull=True
    )
    if country:
        rows = rows.filter(country=country)
    rows = rows.with_standing().exclude(Exists(works), is_member=True)  # type: ignore[misc]  # annotated
    found = [
        CoverageGapCandidate(
            row, wrote.get(row.pk, [])[:MAX_CANDIDATE_RECORDS_SHOWN], came.get(row.pk, [])[:MAX_CANDIDATE_RECORDS_SHOWN]
        )
        for row in rows
    ]
    for each in found:
        each.organisation.coalition = viewer_standing.coalition
        for record in (*each.wrote, *each.came_to):
            record.coalition = viewer_standing.coalition
    return sorted(found, key=lambda each: fold_text(each.organisation.name))


def find_candidate_authorships(viewer_standing: Standing, capacity_condition: Q) -> QuerySet[Authorship]:
    """Return who wrote published records that the viewer may read, newest first, in capacities that meet this."""
    records = (
        Record.objects.visible_to(viewer_standing.viewer).of(viewer_standing.coalition).filter(state=State.PUBLISHED)
    )
    rows = Authorship.objects.filter(capacity_condition, records.exists_for("record"))
    return rows.order_by("-record").select_related("record", "capacity")


def find_candidate_attendances(viewer_standing: Standing, capacity_condition: Q) -> QuerySet[Attendance]:
    """Return who attended meetings that the viewer may read: nobody of one under the Chatham House Rule."""
    meetings = (
        Meeting.objects.visible_to(viewer_standing.viewer).of(viewer_standing.coalition).filter(state=State.PUBLISHED)
    )
    rows = Attendance.objects.named_in_public().filter(
        capacity_condition, meetings.exists_for("meeting"), is_group=False
    )
    return rows.order_by("-meeting").select_related("meeting", "capacity")


def filter_newest_records_per_organisation(found_rows: QuerySet[Any], record: str, max_records: int) -> QuerySet[Any]:
    """Return the rows with the newest records of each organisation, and of each person without one.

    So an organisation that has written for ten years costs no more than one that came yesterday.
    """
    alone = Case(When(capacity__organisation__isnull=True, then=F("capacity__person")))
    newest = Window(DenseRank(), partition_by=[F("capacity__organisation"), alone], order_by=F(record).desc())
    found: QuerySet[Any] = found_rows.alias(newest=newest).filter(newest__lte=max_records)
    return found


def group_records_by_key[Key](keyed_records: Iterable[tuple[Key, Record]]) -> dict[Key, list[Record]]:
    """Return the records of each key in their order, each once."""
    found: dict[Key, dict[int, Record]] = defaultdict(dict)
    for key, record in keyed_records:
        found[key].setdefault(record.pk, record)
    return {key: list(records.values()) for key, records in found.items()}
