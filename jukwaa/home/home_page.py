"""What the home page of a coalition shows: what is new, and who is in it."""

from datetime import date

from django.db.models import QuerySet

from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.models.people import Viewer
from jukwaa.coalitions.representation import CountRow, RepresentationTables
from jukwaa.core.date_parsing import parse_day
from jukwaa.records.kinds import record_kind_registry
from jukwaa.records.meeting_days import annotate_meeting_day
from jukwaa.records.models import Record
from jukwaa.records.translations import filter_preferred_language

MAX_NEWEST_RECORDS = 8


def find_founding_day(founded: str) -> date | None:
    """Return the day on which the coalition was founded; None if its text is a year, a month or anything else."""
    day = parse_day(founded.strip().casefold(), date.min)
    return day if day and f"{day.year:04}" in founded else None


def get_new_records(coalition: Coalition, viewer: Viewer, language: str) -> QuerySet[Record]:
    """Return the newest that have a page of their own, none made up; of translations, the one that is read."""
    visible = Record.objects.visible_to(viewer).of(coalition)
    elsewhere = [name for name, kind in record_kind_registry.items() if kind.is_part]
    listed = visible.published().exclude(kind__in=elsewhere).exclude(is_example=True)
    return filter_preferred_language(annotate_meeting_day(listed), viewer, language)[:MAX_NEWEST_RECORDS]


def sort_regions_by_size(representation_tables: RepresentationTables) -> list[CountRow]:
    """Largest first, those without a member last."""
    return sorted(representation_tables.by_region, key=lambda row: -row.number)
