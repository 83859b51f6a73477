"""What a plan begins with: `data/milestones.toml`, counted back from its day."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from django.utils import translation

from jukwaa.library.schema import LocalizedText, SchemaError, load_toml_rows, localize_schema_text, parse_localized_text


@dataclass(frozen=True)
class MilestoneTemplate:
    name: str
    months_before: int
    said: LocalizedText


@cache
def load_milestone_templates() -> tuple[MilestoneTemplate, ...]:
    """The earliest first. Raises SchemaError."""
    rows = load_toml_rows(files("jukwaa.regions").joinpath("data"), "milestones.toml", "milestone")
    found = []
    for row in rows:
        months = row.get("months_before")
        if not isinstance(months, int) or months < 1:
            raise SchemaError(f"milestones.toml: {row.get('name')} does not say how many months before the day it is")
        found.append(MilestoneTemplate(str(row.get("name", "")), months, parse_localized_text(row, "label")))
    return tuple(sorted(found, key=lambda step: -step.months_before))


def schedule_plan_milestones(milestone_date: date, today: date, language: str) -> Iterator[tuple[str, date]]:
    """Titles in the language of the plan, with their days; what would lie in the past is left out."""
    with translation.override(language):
        for step in load_milestone_templates():
            if (day := subtract_months(milestone_date, step.months_before)) >= today:
                yield localize_schema_text(step.said), day


def subtract_months(forum_day: date, month_count: int) -> date:
    """The same day of an earlier month, or its last one where it is shorter."""
    number = forum_day.year * 12 + forum_day.month - 1 - month_count
    year, month = divmod(number, 12)
    return date(year, month + 1, min(forum_day.day, monthrange(year, month + 1)[1]))
