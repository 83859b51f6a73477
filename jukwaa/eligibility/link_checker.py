"""Asking for the addresses that the self-check names, as a stranger would: without an account, and by https alone.

The worker does it, outside of any transaction: other servers may take their time. Nothing of a page is kept.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.utils import timezone, translation

from jukwaa.coalitions.models import Coalition
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.remote_files import check_url_responds
from jukwaa.core.transactions import atomic_with_retry
from jukwaa.eligibility.models import ConditionAnswer, CoordinationMeeting, LinkCheck

MAX_CHECKED_ADDRESSES = 40  # addresses of a coalition
MAX_CHECK_DURATION = timedelta(
    minutes=2
)  # then the worker does something else; what was checked longest ago comes first
RECHECK_INTERVAL = timedelta(minutes=10)  # between two checks of one address
MAX_FAILURE_REASON_LENGTH = 200

type ResponseCheck = Callable[[str], None]


def list_link_addresses(coalition: Coalition) -> list[str]:
    """Return the page and the archive of the mailing list, and the links to evidence of this year and the last."""
    since = timezone.localdate().year - 1
    answers = ConditionAnswer.objects.filter(coalition=coalition, year__gte=since).exclude(link="")
    meetings = CoordinationMeeting.objects.of(coalition).filter(starts_at__year__gte=since).exclude(report_link="")
    found = [
        coalition.list_page,
        coalition.list_archive,
        *answers.order_by("-year", "rule").values_list("link", flat=True),
        *meetings.order_by("-starts_at").values_list("report_link", flat=True),
    ]
    return list(dict.fromkeys(filter(None, found)))[:MAX_CHECKED_ADDRESSES]


def check_coalition_links(coalition: Coalition, check_response: ResponseCheck = check_url_responds) -> int:
    """Ask for each address that was not asked for a moment ago, and keep whether it responded; return how many."""
    begun, number = timezone.now(), 0
    addresses = list_link_addresses(coalition)
    LinkCheck.objects.of(coalition).exclude(address__in=addresses).delete()
    with translation.override(coalition.language):
        for address in _list_due_addresses(coalition, addresses, begun):
            if timezone.now() - begun > MAX_CHECK_DURATION:
                break
            _save_link_check(coalition, address, _find_failure_reason(address, check_response), timezone.now())
            number += 1
    return number


def _list_due_addresses(coalition: Coalition, addresses: list[str], now: datetime) -> list[str]:
    """Return those that are due: first what was never checked, then what was checked longest ago."""
    checked = dict(LinkCheck.objects.of(coalition).values_list("address", "checked_at"))
    due = [address for address in addresses if address not in checked or checked[address] <= now - RECHECK_INTERVAL]
    return sorted(due, key=lambda address: checked[address].timestamp() if address in checked else 0.0)


def _find_failure_reason(address: str, check_response: ResponseCheck) -> str:
    """Return why an address did not respond, as a short sentence; nothing if it did."""
    try:
        check_response(address)
    except ActionRefused as refusal:
        return str(refusal)[:MAX_FAILURE_REASON_LENGTH]
    return ""


@atomic_with_retry
def _save_link_check(coalition: Coalition, address: str, failure_reason: str, checked_at: datetime) -> None:
    found = {"checked_at": checked_at, "has_responded": not failure_reason, "reason": failure_reason}
    LinkCheck.objects.update_or_create(coalition=coalition, address=address, defaults=found)
