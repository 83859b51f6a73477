"""The annual report of a year, as the cycle shows it."""

from dataclasses import dataclass

from jukwaa.coalitions.models import Coalition


@dataclass(frozen=True)
class AnnualReportState:
    url: str
    is_sent: bool


def find_annual_report(_coalition: Coalition, _year: int) -> AnnualReportState | None:
    """Return the annual report about a year, or None while it has not been started."""
    return None  # annual reports are not kept yet
