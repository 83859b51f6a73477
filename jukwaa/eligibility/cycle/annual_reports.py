"""The annual report of a year, as the cycle shows it."""

from dataclasses import dataclass

from jukwaa.coalitions.models import Coalition
from jukwaa.eligibility.models import AnnualReport


@dataclass(frozen=True)
class AnnualReportState:
    url: str
    is_sent: bool


def find_annual_report(coalition: Coalition, year: int) -> AnnualReportState | None:
    """Return the annual report about a year, or None while nobody has edited, published or submitted it."""
    report = AnnualReport.objects.filter(coalition=coalition, year=year).first()
    if report is None:
        return None
    report.coalition = coalition
    return AnnualReportState(report.get_absolute_url(), is_sent=report.sent_on is not None)
