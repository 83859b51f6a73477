"""For each address of the self-check with arguments, what the walks fill in: see `tests/rows.py`."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from jukwaa.eligibility.models import AnnualReport, ConditionAnswer, CoordinationMeeting
from jukwaa.meetings.models import Meeting
from tests.row_builders import Rows
from tests.world import World

ANSWERED_RULE_NAMES = ("yearly-report", "dissent")


def list_report_year_rows(world: World) -> list[dict[str, Any]]:
    """The present year, in which the meetings of the world are held, and one that is over."""
    today = timezone.localdate()
    Meeting.objects.filter(coalition=world.coalition, starts_on=None).update(starts_on=today - timedelta(days=1))
    return [{"year": today.year}, {"year": 2022}]


def list_condition_rows(world: World) -> list[dict[str, Any]]:
    """One with an answer, one without."""
    year = timezone.localdate().year
    ConditionAnswer.objects.get_or_create(
        coalition=world.coalition,
        year=year,
        rule=ANSWERED_RULE_NAMES[0],
        defaults={"answer": "no", "note": "A note"},
    )
    return [{"year": year, "rule": rule} for rule in ANSWERED_RULE_NAMES]


def list_coordination_meeting_rows(world: World) -> list[dict[str, Any]]:
    """One that is over and not logged, one that was not attended, one that is to come."""
    now = timezone.now()
    for number, days in enumerate((-3, -30, 30)):
        starts_at = now + timedelta(days=days)
        CoordinationMeeting.objects.get_or_create(
            coalition=world.coalition,
            source_key=f"row-{number}",
            defaults={"title": f"Call {number}", "starts_at": starts_at, "attended": "no" if days == -30 else ""},
        )
    rows = CoordinationMeeting.objects.filter(coalition=world.coalition).order_by("pk")
    return [{"pk": pk} for pk in rows.values_list("pk", flat=True)]


def build_annual_report_rows(**more: Any) -> Rows:
    """The present year, whose report has been published with an edited section, and a draft."""

    def list_annual_report_rows(world: World) -> list[dict[str, Any]]:
        year = timezone.localdate().year
        edits = {"period": {"text": "A good year.", "basis": "", "covers": []}}
        published = {"published_at": timezone.now(), "edits": edits}
        AnnualReport.objects.get_or_create(coalition=world.coalition, year=year, defaults=published)
        return [{"year": each, **more} for each in (year, year - 1)]

    return list_annual_report_rows


ROWS_BY_ROUTE: dict[str, Rows] = {
    "eligibility:check_year": list_report_year_rows,
    "eligibility:condition_edit": list_condition_rows,
    "eligibility:annual_detail": build_annual_report_rows(),
    "eligibility:annual_file": build_annual_report_rows(ending="epub"),
    "eligibility:annual_records": build_annual_report_rows(key="meetings"),
    "eligibility:annual_edit": build_annual_report_rows(),
    "eligibility:annual_section_edit": build_annual_report_rows(key="period"),
    "eligibility:annual_section_restore": build_annual_report_rows(key="period"),
    "eligibility:annual_publish": build_annual_report_rows(),
    "eligibility:annual_unpublish": build_annual_report_rows(),
    "eligibility:annual_submission": build_annual_report_rows(),
}
ROWS_BY_ROUTE |= dict.fromkeys(
    [f"eligibility:coordination_{name}" for name in ("log", "edit", "remove")], list_coordination_meeting_rows
)
