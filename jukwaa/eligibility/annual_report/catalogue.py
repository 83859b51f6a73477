"""All numbers of an annual report, by key."""

from collections.abc import Mapping

from jukwaa.eligibility.annual_report import of_meetings, of_people, of_sharing, of_texts
from jukwaa.eligibility.annual_report.figures import Figure

FIGURES: Mapping[str, Figure] = {
    figure.key: figure
    for figures in (of_people.FIGURES, of_meetings.FIGURES, of_texts.FIGURES, of_sharing.FIGURES)
    for figure in figures
}
# What is there in a year without any activity, too.
STANDING = frozenset({"coordinators", "members", "individuals", "commitments-open"})
