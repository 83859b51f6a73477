"""All numbers of an annual report, by key."""

from collections.abc import Mapping

from jukwaa.eligibility.annual_report import (
    meeting_statistics,
    member_statistics,
    proposal_statistics,
    sharing_statistics,
    text_statistics,
)
from jukwaa.eligibility.annual_report.statistic import Statistic

STATISTICS: Mapping[str, Statistic] = {
    statistic.key: statistic
    for statistics in (
        member_statistics.STATISTICS,
        meeting_statistics.STATISTICS,
        proposal_statistics.STATISTICS,
        text_statistics.STATISTICS,
        sharing_statistics.STATISTICS,
    )
    for statistic in statistics
}
# What is there in a year without any activity, too.
ONGOING_STATISTICS = frozenset({"coordinators", "members", "individuals", "commitments-open"})
