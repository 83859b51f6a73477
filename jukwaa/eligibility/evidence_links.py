"""Links below a condition: the records behind it, and addresses with what was found when they were checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jukwaa.coalitions.models import Coalition
from jukwaa.core.dates import format_long_date
from jukwaa.eligibility.coalition_year import PageStatus
from jukwaa.eligibility.link_checks import LinkCheck
from jukwaa.meetings.times import get_local_day


@dataclass(frozen=True)
class EvidenceLink:
    """`note` says what was found when the address was checked."""

    title: str | Promise
    url: str
    language: str = ""
    note: str = ""


def get_page_status(address: str, checks_by_address: Mapping[str, LinkCheck]) -> PageStatus:
    if not address:
        return PageStatus.NO_ADDRESS
    check = checks_by_address.get(address)
    if check is None:
        return PageStatus.NOT_CHECKED
    return PageStatus.RESPONDED if check.has_responded else PageStatus.DID_NOT_RESPOND


def describe_link_check(coalition: Coalition, link_check: LinkCheck | None) -> str:
    """Return what was found when an address was last checked, as a sentence."""
    if link_check is None:
        return gettext("Not checked yet.")
    day = format_long_date(get_local_day(link_check.checked_at, coalition.time_zone))
    if link_check.has_responded:
        return gettext("The page opened on %(day)s.") % {"day": day}
    return gettext("The page did not open on %(day)s: %(reason)s") % {"day": day, "reason": link_check.reason}


def build_page_links(
    coalition: Coalition, checks_by_address: Mapping[str, LinkCheck], last_public_post_day: date | None
) -> dict[str, list[EvidenceLink]]:
    """Return the pages of the mailing list, by the check that they belong to; the settings where there is none.

    `last_public_post_day` is the day of the last post that everyone can read in the archive here, if it is open.
    """
    pages = {
        "list page responds": (_("Subscription page of the mailing list"), coalition.list_page),
        "list archive responds": (_("Archive of the mailing list"), coalition.list_archive),
    }
    settings = EvidenceLink(_("Coalition settings"), reverse("coalitions:settings", args=[coalition.slug]))
    links = {
        name: [EvidenceLink(title, url, note=describe_link_check(coalition, checks_by_address.get(url)))]
        if url
        else [settings]
        for name, (title, url) in pages.items()
    }
    if last_public_post_day is not None:
        address, note = reverse("intake:list_posts", args=[coalition.slug]), gettext("Last post: %(day)s.")
        here = EvidenceLink(
            _("Archive of the mailing list"), address, note=note % {"day": format_long_date(last_public_post_day)}
        )
        links["list archive responds"] = [here]
    return links
