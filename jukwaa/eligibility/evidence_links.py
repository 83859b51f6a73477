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


def get_page_status(address: str, checks: Mapping[str, LinkCheck]) -> PageStatus:
    if not address:
        return PageStatus.NO_ADDRESS
    check = checks.get(address)
    if check is None:
        return PageStatus.NOT_CHECKED
    return PageStatus.RESPONDED if check.has_responded else PageStatus.DID_NOT_RESPOND


def describe_link_check(coalition: Coalition, check: LinkCheck | None) -> str:
    """Return what was found when an address was last checked, as a sentence."""
    if check is None:
        return gettext("Not checked yet.")
    day = format_long_date(get_local_day(check.checked_at, coalition.time_zone))
    if check.has_responded:
        return gettext("Responded on %(day)s.") % {"day": day}
    return gettext("Did not respond on %(day)s: %(reason)s") % {"day": day, "reason": check.reason}


def build_page_links(
    coalition: Coalition, checks: Mapping[str, LinkCheck], public_until: date | None
) -> dict[str, list[EvidenceLink]]:
    """Return the pages of the mailing list, by the check that they belong to; the settings where there is none.

    `public_until` is the day of the last post that everyone can read in the archive here, if it is open.
    """
    pages = {
        "list page responds": (_("Subscription page of the mailing list"), coalition.list_page),
        "list archive responds": (_("Archive of the mailing list"), coalition.list_archive),
    }
    settings = EvidenceLink(_("Settings of the coalition"), reverse("coalitions:settings", args=[coalition.slug]))
    links = {
        name: [EvidenceLink(title, url, note=describe_link_check(coalition, checks.get(url)))] if url else [settings]
        for name, (title, url) in pages.items()
    }
    if public_until is not None:
        address, note = reverse("intake:list_posts", args=[coalition.slug]), gettext("Last post: %(day)s.")
        here = EvidenceLink(
            _("Archive of the mailing list"), address, note=note % {"day": format_long_date(public_until)}
        )
        links["list archive responds"] = [here]
    return links
