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

STATISTICS_BY_KEY: Mapping[str, Statistic] = {
    statistic.key: statistic
    for statistics in (
        member_statistics.MEMBER_STATISTICS,
        meeting_statistics.MEETING_STATISTICS,
        proposal_statistics.PROPOSAL_STATISTICS,
        text_statistics.TEXT_STATISTICS,
        sharing_statistics.SHARING_STATISTICS,
    )
    for statistic in statistics
}
# What is there in a year without any activity, too.
ONGOING_STATISTIC_KEYS = frozenset({"coordinators", "members", "individuals", "commitments-open"})
