"""All numbers of an annual report, by key."""

from collections.abc import Mapping

from jukwaa.eligibility.annual_report import of_meetings, of_people, of_proposals, of_sharing, of_texts
from jukwaa.eligibility.annual_report.statistic import Statistic

STATISTICS: Mapping[str, Statistic] = {
    statistic.key: statistic
    for statistics in (
        of_people.STATISTICS,
        of_meetings.STATISTICS,
        of_proposals.STATISTICS,
        of_texts.STATISTICS,
        of_sharing.STATISTICS,
    )
    for statistic in statistics
}
# What is there in a year without any activity, too.
STANDING = frozenset({"coordinators", "members", "individuals", "commitments-open"})
