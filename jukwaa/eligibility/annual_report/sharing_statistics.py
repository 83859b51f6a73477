"""Numbers of an annual report: what was shared and used, offers and needs, and outreach."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from jukwaa.cooperation.models import Match, Need, Offer
from jukwaa.cooperation.models.help import Step
from jukwaa.drafting.models import Edition
from jukwaa.eligibility.annual_report.period import ReportPeriod
from jukwaa.eligibility.annual_report.statistic import (
    Rows,
    Statistic,
    StatisticListing,
    build_grouping_by_reference,
    build_member_readable_record_q,
    build_record_describer,
)
from jukwaa.library.models import Item, Use
from jukwaa.regions.models import Milestone, Outreach


def find_items_in_period(period: ReportPeriod) -> QuerySet[Item]:
    """Return what members shared. A text of the coalition in the library is an output, and not counted again."""
    texts = Edition.objects.filter(item=OuterRef("pk"))
    return Item.objects.of(period.coalition).filter(
        build_member_readable_record_q(), period.build_moment_condition("published_at"), ~Exists(texts)
    )


def find_uses_in_period(period: ReportPeriod) -> Rows:
    """Return the uses that everyone can read, as on the page of the item."""
    readable = Use.objects.readable_by(AnonymousUser())
    return readable.filter(build_member_readable_record_q("item"), item__coalition=period.coalition, year=period.year)


def find_used_items(period: ReportPeriod) -> QuerySet[Item]:
    return Item.objects.filter(Exists(find_uses_in_period(period).filter(item=OuterRef("pk"))))


def find_offers_in_period(period: ReportPeriod) -> QuerySet[Offer]:
    return Offer.objects.of(period.coalition).filter(
        build_member_readable_record_q(), period.build_moment_condition("published_at")
    )


def find_needs_in_period(period: ReportPeriod) -> QuerySet[Need]:
    return Need.objects.of(period.coalition).filter(
        build_member_readable_record_q(), period.build_moment_condition("published_at")
    )


def find_matches_in_period(period: ReportPeriod) -> Rows:
    """Return offers and needs that were brought together: both sides agreed in the period, and it did not fail."""
    agreed = Step.objects.filter(period.build_moment_condition("at"), match=OuterRef("pk"), state=Match.State.AGREED)
    both = (build_member_readable_record_q("offer"), build_member_readable_record_q("need"))
    found = Match.objects.filter(*both, need__coalition=period.coalition, state__in=Match.FOR_ALL_READERS)
    return found.filter(Exists(agreed))


def find_outreach_plans_in_period(period: ReportPeriod) -> QuerySet[Outreach]:
    return Outreach.objects.of(period.coalition).filter(
        build_member_readable_record_q(), period.build_day_condition("on")
    )


def find_milestones_in_period(period: ReportPeriod) -> Rows:
    done = Milestone.objects.filter(build_member_readable_record_q("outreach"), period.build_day_condition("done_on"))
    return done.filter(outreach__coalition=period.coalition)


ITEM_LISTING = StatisticListing(describe=build_record_describer("library:item_detail"))
OUTREACH_LISTING = StatisticListing(describe=build_record_describer("regions:outreach_detail"))

SHARING_STATISTICS = (
    Statistic(
        key="items", title=_("Items shared in the library"), find_rows=find_items_in_period, listing=ITEM_LISTING
    ),
    Statistic(
        key="uses",
        title=_("Reported uses of items"),
        find_rows=find_uses_in_period,
        listing=StatisticListing(
            describe=build_record_describer("library:item_detail"), behind=build_grouping_by_reference(Item, "item")
        ),
    ),
    Statistic(key="items-used", title=_("Items that were used"), find_rows=find_used_items, listing=ITEM_LISTING),
    Statistic(
        key="offers",
        title=_("Offers of help"),
        find_rows=find_offers_in_period,
        listing=StatisticListing(describe=build_record_describer("cooperation:offer_detail")),
    ),
    Statistic(
        key="needs",
        title=_("Published needs"),
        find_rows=find_needs_in_period,
        listing=StatisticListing(describe=build_record_describer("cooperation:need_detail")),
    ),
    Statistic(
        key="matches",
        title=_("Offers and needs that were matched"),
        find_rows=find_matches_in_period,
        listing=StatisticListing(
            describe=build_record_describer("cooperation:need_detail"), behind=build_grouping_by_reference(Need, "need")
        ),
    ),
    Statistic(
        key="outreach", title=_("Outreach plans"), find_rows=find_outreach_plans_in_period, listing=OUTREACH_LISTING
    ),
    Statistic(
        key="milestones",
        title=_("Milestones reached"),
        find_rows=find_milestones_in_period,
        listing=StatisticListing(
            describe=build_record_describer("regions:outreach_detail"),
            behind=build_grouping_by_reference(Outreach, "outreach"),
        ),
    ),
)
