"""Numbers of an annual report: session proposals that were submitted to a forum, and those that it accepted."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from jukwaa.eligibility.annual_report.period import ReportPeriod
from jukwaa.eligibility.annual_report.statistic import (
    Statistic,
    StatisticListing,
    build_member_readable_record_q,
    build_record_describer,
)
from jukwaa.proposals.models import Proposal, Submission

ACCEPTED_OUTCOMES = (Submission.Outcome.ACCEPTED, Submission.Outcome.CONDITIONS)


def find_submitted_proposals(period: ReportPeriod) -> QuerySet[Proposal]:
    return Proposal.objects.of(period.coalition).filter(
        build_member_readable_record_q(), period.build_moment_condition("submission__at")
    )


def find_accepted_proposals(period: ReportPeriod) -> QuerySet[Proposal]:
    """Return what a forum accepted in the period, with or without conditions, whenever it was submitted."""
    accepted = Proposal.objects.of(period.coalition).filter(
        build_member_readable_record_q(), submission__outcome__in=ACCEPTED_OUTCOMES
    )
    return accepted.filter(period.build_day_condition("submission__outcome_on"))


PROPOSAL_LISTING = StatisticListing(describe=build_record_describer("proposals:proposal_detail"))

PROPOSAL_STATISTICS = (
    Statistic(
        key="proposals-submitted",
        title=_("Session proposals submitted"),
        find=find_submitted_proposals,
        listing=PROPOSAL_LISTING,
    ),
    Statistic(
        key="proposals-accepted",
        title=_("Session proposals accepted"),
        find=find_accepted_proposals,
        listing=PROPOSAL_LISTING,
    ),
)
