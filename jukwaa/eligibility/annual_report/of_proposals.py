"""Numbers of an annual report: session proposals that were submitted to a forum, and those that it accepted."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from jukwaa.eligibility.annual_report.period import Period
from jukwaa.eligibility.annual_report.statistic import Listing, Statistic, describe_record, open_records
from jukwaa.proposals.models import Proposal, Submission

ACCEPTED = (Submission.Outcome.ACCEPTED, Submission.Outcome.CONDITIONS)


def find_submitted(period: Period) -> QuerySet[Proposal]:
    return Proposal.objects.of(period.coalition).filter(open_records(), period.moments("submission__at"))


def find_accepted(period: Period) -> QuerySet[Proposal]:
    """Return what a forum accepted in the period, with or without conditions, whenever it was submitted."""
    accepted = Proposal.objects.of(period.coalition).filter(open_records(), submission__outcome__in=ACCEPTED)
    return accepted.filter(period.days("submission__outcome_on"))


PROPOSALS = Listing(describe=describe_record("proposals:proposal_detail"))

STATISTICS = (
    Statistic(
        key="proposals-submitted", title=_("Session proposals submitted"), find=find_submitted, listing=PROPOSALS
    ),
    Statistic(key="proposals-accepted", title=_("Session proposals accepted"), find=find_accepted, listing=PROPOSALS),
)
