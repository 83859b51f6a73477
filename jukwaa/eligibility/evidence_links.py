"""Links below a condition: the records behind it, and addresses with what was found when they were checked."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jukwaa.coalitions.models import Coalition
from jukwaa.core.dates import written
from jukwaa.eligibility.links import LinkCheck
from jukwaa.eligibility.subject import Page
from jukwaa.meetings.times import get_local_day


@dataclass(frozen=True)
class EvidenceLink:
    """`note` says what was found when the address was checked."""

    title: str | Promise
    url: str
    language: str = ""
    note: str = ""


def get_page(address: str, checks: Mapping[str, LinkCheck]) -> Page:
    if not address:
        return Page.NO_ADDRESS
    check = checks.get(address)
    if check is None:
        return Page.NOT_CHECKED
    return Page.RESPONDED if check.has_responded else Page.DID_NOT_RESPOND


def describe_check(coalition: Coalition, check: LinkCheck | None) -> str:
    """Return what was found when an address was last checked, as a sentence."""
    if check is None:
        return gettext("Not checked yet.")
    day = written(get_local_day(check.checked_at, coalition.time_zone))
    if check.has_responded:
        return gettext("Responded on %(day)s.") % {"day": day}
    return gettext("Did not respond on %(day)s: %(reason)s") % {"day": day, "reason": check.reason}


def build_page_links(coalition: Coalition, checks: Mapping[str, LinkCheck]) -> dict[str, list[EvidenceLink]]:
    """Return the pages of the mailing list, by the check that they belong to; the settings where there is none."""
    pages = {
        "list page responds": (_("Page to subscribe to the mailing list"), coalition.list_page),
        "list archive responds": (_("Archive of the mailing list"), coalition.list_archive),
    }
    settings = EvidenceLink(_("Settings of the coalition"), reverse("coalitions:settings", args=[coalition.slug]))
    return {
        name: [EvidenceLink(title, url, note=describe_check(coalition, checks.get(url)))] if url else [settings]
        for name, (title, url) in pages.items()
    }
