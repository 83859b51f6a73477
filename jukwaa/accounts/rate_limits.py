"""Rate limits that hold across all workers: each is a row, counted up by one conditional statement.

(allauth's own limits take a lock in the cache and don't say when one may try again.)

Signing in has to withstand three attacks at once: guessing codes, flooding an address with email, and locking somebody
out by doing either in their name. The first two call for limits, and each limit on an address is a tool for the third.
So requester and address are limited separately:

- A *requester* (a digest of their network) asks 20 times in ten minutes, and 5 times in 15 minutes and 20 times a day
  for one address. Whoever is refused here can go to another network; nobody else's network can use their share up.
- An *address* gets 15 emails in 15 minutes from all networks together. After 60 in a day, which no single network can
  cause, it gets one in 15 minutes. Whenever this refuses an email, another left less than 15 minutes ago, and the link
  in it is still valid: the owner of the address reads that on the page, and gets in. So no number of networks locks
  anybody out, and 156 emails a day are the most that anybody can cause.
- A *code* that is valid is always taken. Codes are tried on a page whose address only the browser knows that asked
  for them, five times for each request; so nobody can use up another person's tries, and tries need no other limit.
- *Guessing* is answered with longer codes instead of a refusal. Codes have nine digits after 10 wrong ones for an
  address, or 30 from a network, within a day, and from the fourth request for an address within 15 minutes on. So at
  most three codes of six digits are there to be guessed before they grow longer: 15 tries, one in 67,000, a day.
"""

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta

from allauth.core.internal.httpkit import get_client_ip
from allauth.core.internal.ratelimit import truncate_ip
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import ngettext

from jukwaa.accounts.models import Limit, Person
from jukwaa.core.refusals import ActionRefused


@dataclass(frozen=True)
class RateLimit:
    name: str
    amount: int
    span: timedelta


REQUESTS_PER_NETWORK = RateLimit("ask-here", 20, timedelta(minutes=10))
REQUESTS_PER_NETWORK_AND_ADDRESS = RateLimit("ask-here-address", 5, timedelta(minutes=15))
DAILY_PER_NETWORK_AND_ADDRESS = RateLimit("ask-here-address-daily", 20, timedelta(days=1))
REQUESTS_PER_ADDRESS = RateLimit("ask-address", 15, timedelta(minutes=15))
FREQUENT_REQUESTS_PER_ADDRESS = replace(
    REQUESTS_PER_ADDRESS, amount=4
)  # the same count: of this many, the last has a longer code
DAILY_REQUESTS_PER_ADDRESS = RateLimit("ask-address-daily", 60, timedelta(days=1))
SLOW_REQUESTS_PER_ADDRESS = RateLimit("ask-address-slowly", 1, timedelta(minutes=15))
ATTEMPTS_PER_NETWORK = RateLimit("try-here", 30, timedelta(minutes=10))  # passkeys
ADDRESS_CHANGES_PER_PERSON = RateLimit("change-address-person", 5, timedelta(days=1))
ADDRESS_CHANGES_PER_ADDRESS = RateLimit("change-address-to", 15, timedelta(days=1))
MERGES_PER_PERSON = RateLimit("merge-person", 5, timedelta(days=1))
MERGES_PER_ADDRESS = RateLimit("merge-address", 15, timedelta(days=1))
DATA_REQUESTS_PER_NETWORK = RateLimit("data-requests", 10, timedelta(hours=1))
DATA_REQUESTS_PER_ADDRESS = RateLimit("data-requests-address", 5, timedelta(days=1))
ADULT_CONTACTS_LIMIT = RateLimit("adult-contacts", 10, timedelta(hours=1))  # that one person names
WRONG_CODES_PER_ADDRESS = RateLimit("wrong-address", 10, timedelta(days=1))
WRONG_CODES_PER_NETWORK = RateLimit("wrong-here", 30, timedelta(days=1))

CODE_LENGTH, CODE_LENGTH_WHEN_GUESSED = 6, 9


class TooManyAttemptsError(ActionRefused):
    """Carries when one may try again, as a sentence and in seconds."""

    def __init__(self, retry_after: timedelta) -> None:
        self.seconds = max(1, int(retry_after.total_seconds()))
        minutes = -(-self.seconds // 60)
        sentence = ngettext(
            "Try again in %(minutes)d minute. There have been too many attempts in a short time.",
            "Try again in %(minutes)d minutes. There have been too many attempts in a short time.",
            minutes,
        )
        super().__init__(sentence % {"minutes": minutes})


class EmailSentAlreadyError(TooManyAttemptsError):
    """Raised where an address has had many emails of late: the link in the latest one still signs its owner in."""

    def __str__(self) -> str:
        minutes = -(-self.seconds // 60)
        sentence = ngettext(
            "We have just sent several emails to this address. Open the link in the latest one, or try again in"
            " %(minutes)d minute.",
            "We have just sent several emails to this address. Open the link in the latest one, or try again in"
            " %(minutes)d minutes.",
            minutes,
        )
        return sentence % {"minutes": minutes}


def limit_sign_in_requests(request: HttpRequest, email: str) -> None:
    """Count a request for a code. Raises TooManyTries for this requester, EmailSentAlreadyError for the address."""
    network, address = get_client_network(request), email.strip()
    count_attempt(REQUESTS_PER_NETWORK, network)
    count_attempt(REQUESTS_PER_NETWORK_AND_ADDRESS, f"{network} {address}")
    count_attempt(DAILY_PER_NETWORK_AND_ADDRESS, f"{network} {address}")
    try:
        count_attempt(REQUESTS_PER_ADDRESS, address)
        if is_limit_reached(DAILY_REQUESTS_PER_ADDRESS, address):
            count_attempt(SLOW_REQUESTS_PER_ADDRESS, address)
    except TooManyAttemptsError as reason:
        raise EmailSentAlreadyError(timedelta(seconds=reason.seconds)) from reason
    count_attempt_silently(DAILY_REQUESTS_PER_ADDRESS, address)


def limit_address_changes(request: HttpRequest, *, person: Person, address: str) -> None:
    """Count a request for another email address: both mailboxes get an email each time. Raises TooManyTries."""
    count_attempt(REQUESTS_PER_NETWORK, get_client_network(request))
    count_attempt(ADDRESS_CHANGES_PER_PERSON, str(person.pk))
    count_attempt(ADDRESS_CHANGES_PER_ADDRESS, address.strip())


def limit_merge_requests(request: HttpRequest, *, person: Person, address: str) -> None:
    """Count a request to merge another account: its mailbox gets an email each time. Raises TooManyTries."""
    count_attempt(REQUESTS_PER_NETWORK, get_client_network(request))
    count_attempt(MERGES_PER_PERSON, str(person.pk))
    count_attempt(MERGES_PER_ADDRESS, address.strip())


def record_wrong_code(request: HttpRequest, email: str) -> None:
    """Count a code that was not right, which lengthens the next ones and refuses nobody."""
    count_attempt_silently(WRONG_CODES_PER_ADDRESS, email)
    count_attempt_silently(WRONG_CODES_PER_NETWORK, get_client_network(request))


def get_code_length(request: HttpRequest, email: str) -> int:
    """Return how many digits a code needs: more while codes are guessed, or collected, for this address or network."""
    address = email.strip()
    guessed = is_limit_reached(WRONG_CODES_PER_ADDRESS, address) or is_limit_reached(
        WRONG_CODES_PER_NETWORK, get_client_network(request)
    )
    return (
        CODE_LENGTH_WHEN_GUESSED if guessed or is_limit_reached(FREQUENT_REQUESTS_PER_ADDRESS, address) else CODE_LENGTH
    )


def is_limit_reached(rate_limit: RateLimit, limited_subject: str) -> bool:
    """Return whether one more would be too many, without counting it."""
    current = Limit.objects.filter(key=_build_rate_limit_key(rate_limit, limited_subject), ends_at__gt=timezone.now())
    return current.filter(count__gte=rate_limit.amount).exists()


def count_attempt_silently(rate_limit: RateLimit, limited_subject: str) -> None:
    """Count one more, for those who ask with `is_limit_reached`; what goes beyond the amount changes nothing."""
    with suppress(TooManyAttemptsError):
        count_attempt(rate_limit, limited_subject)


def count_attempt(rate_limit: RateLimit, limited_subject: str) -> None:
    """One more try. Raises TooManyTries once the amount is used up, until the span has passed."""
    now = timezone.now()
    key = _build_rate_limit_key(rate_limit, limited_subject)
    mine = Limit.objects.filter(key=key)
    if mine.filter(ends_at__gt=now, count__lt=rate_limit.amount).update(count=F("count") + 1):
        return
    fresh = {"count": 1, "ends_at": now + rate_limit.span}
    if mine.filter(ends_at__lte=now).update(**fresh):
        return
    limit, created = Limit.objects.get_or_create(key=key, defaults=fresh)
    if created or mine.filter(ends_at__gt=now, count__lt=rate_limit.amount).update(count=F("count") + 1):
        return
    raise TooManyAttemptsError(limit.ends_at - now)


def _build_rate_limit_key(rate_limit: RateLimit, limited_subject: str) -> str:
    return salted_hmac(
        "jukwaa.accounts.limits", f"{rate_limit.name}:{limited_subject.lower()}", algorithm="sha256"
    ).hexdigest()


def get_client_network(request: HttpRequest) -> str:
    """Return the network of a request: its address, or for IPv6 the prefix of one household."""
    return str(truncate_ip(get_client_ip(request) or "unknown"))
