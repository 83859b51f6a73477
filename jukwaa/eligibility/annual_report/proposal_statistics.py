"""Numbers of an annual report: session proposals that were submitted to a forum, and those that it accepted."""

from django.db.models import Q, QuerySet
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


def find_proposals(period: ReportPeriod) -> QuerySet[Proposal]:
    return Proposal.objects.of(period.coalition).filter(build_member_readable_record_q())


def build_submitted_condition(period: ReportPeriod) -> Q:
    return period.build_moment_condition("submission__at")


def build_accepted_condition(period: ReportPeriod) -> Q:
    """Return the condition that a forum accepted it in the period, with or without conditions."""
    accepted = Q(submission__outcome__in=ACCEPTED_OUTCOMES)
    return accepted & period.build_day_condition("submission__outcome_on")


PROPOSAL_LISTING = StatisticListing(describe=build_record_describer("proposals:proposal_detail"))

PROPOSAL_STATISTICS = (
    Statistic(
        key="proposals-submitted",
        title=_("Session proposals submitted"),
        find_rows=find_proposals,
        condition=build_submitted_condition,
        listing=PROPOSAL_LISTING,
    ),
    Statistic(
        key="proposals-accepted",
        title=_("Session proposals accepted"),
        find_rows=find_proposals,
        condition=build_accepted_condition,
        listing=PROPOSAL_LISTING,
    ),
)
