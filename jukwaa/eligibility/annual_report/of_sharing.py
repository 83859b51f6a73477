"""Numbers of an annual report: what was shared and used, offers and needs, and outreach."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from jukwaa.cooperation.models import Match, Need, Offer
from jukwaa.cooperation.models.help import Step
from jukwaa.drafting.models import Edition
from jukwaa.eligibility.annual_report.period import Period
from jukwaa.eligibility.annual_report.statistic import Listing, Rows, Statistic, describe_record, grouped, open_records
from jukwaa.library.models import Item, Use
from jukwaa.regions.models import Milestone, Outreach


def find_items(period: Period) -> QuerySet[Item]:
    """Return what members shared. A text of the coalition in the library is an output, and not counted again."""
    texts = Edition.objects.filter(item=OuterRef("pk"))
    return Item.objects.of(period.coalition).filter(open_records(), period.moments("published_at"), ~Exists(texts))


def find_uses(period: Period) -> Rows:
    """Return the uses that everyone can read, as on the page of the item."""
    readable = Use.objects.with_readable_words(AnonymousUser())
    return readable.filter(open_records("item"), item__coalition=period.coalition, year=period.year)


def find_used(period: Period) -> QuerySet[Item]:
    return Item.objects.filter(Exists(find_uses(period).filter(item=OuterRef("pk"))))


def find_offers(period: Period) -> QuerySet[Offer]:
    return Offer.objects.of(period.coalition).filter(open_records(), period.moments("published_at"))


def find_needs(period: Period) -> QuerySet[Need]:
    return Need.objects.of(period.coalition).filter(open_records(), period.moments("published_at"))


def find_matches(period: Period) -> Rows:
    """Return offers and needs that were brought together: both sides agreed in the period, and it did not fail."""
    agreed = Step.objects.filter(period.moments("at"), match=OuterRef("pk"), state=Match.State.AGREED)
    both = (open_records("offer"), open_records("need"))
    found = Match.objects.filter(*both, need__coalition=period.coalition, state__in=Match.FOR_ALL_READERS)
    return found.filter(Exists(agreed))


def find_outreach(period: Period) -> QuerySet[Outreach]:
    return Outreach.objects.of(period.coalition).filter(open_records(), period.days("on"))


def find_milestones(period: Period) -> Rows:
    done = Milestone.objects.filter(open_records("outreach"), period.days("done_on"))
    return done.filter(outreach__coalition=period.coalition)


ITEMS = Listing(describe=describe_record("library:item_detail"))
OUTREACH = Listing(describe=describe_record("regions:outreach_detail"))

STATISTICS = (
    Statistic(key="items", title=_("Items shared in the library"), find=find_items, listing=ITEMS),
    Statistic(
        key="uses",
        title=_("Reported uses of items"),
        find=find_uses,
        listing=Listing(describe=describe_record("library:item_detail"), behind=grouped(Item, "item")),
    ),
    Statistic(key="items-used", title=_("Items that were used"), find=find_used, listing=ITEMS),
    Statistic(
        key="offers",
        title=_("Offers of help"),
        find=find_offers,
        listing=Listing(describe=describe_record("cooperation:offer_detail")),
    ),
    Statistic(
        key="needs",
        title=_("Needs for help"),
        find=find_needs,
        listing=Listing(describe=describe_record("cooperation:need_detail")),
    ),
    Statistic(
        key="matches",
        title=_("Offers and needs that were matched"),
        find=find_matches,
        listing=Listing(describe=describe_record("cooperation:need_detail"), behind=grouped(Need, "need")),
    ),
    Statistic(key="outreach", title=_("Outreach plans"), find=find_outreach, listing=OUTREACH),
    Statistic(
        key="milestones",
        title=_("Milestones reached"),
        find=find_milestones,
        listing=Listing(describe=describe_record("regions:outreach_detail"), behind=grouped(Outreach, "outreach")),
    ),
)
