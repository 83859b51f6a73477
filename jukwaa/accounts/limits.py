"""Limits on tries that hold across all workers: each is a row, counted up by one conditional statement.

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
class Rate:
    name: str
    amount: int
    span: timedelta


ASK_FROM_HERE = Rate("ask-here", 20, timedelta(minutes=10))
ASK_FROM_HERE_FOR_ADDRESS = Rate("ask-here-address", 5, timedelta(minutes=15))
ASK_FROM_HERE_FOR_ADDRESS_DAILY = Rate("ask-here-address-daily", 20, timedelta(days=1))
ASK_FOR_ADDRESS = Rate("ask-address", 15, timedelta(minutes=15))
MANY_FOR_ADDRESS = replace(ASK_FOR_ADDRESS, amount=4)  # the same count: of this many, the last has a longer code
ASK_FOR_ADDRESS_DAILY = Rate("ask-address-daily", 60, timedelta(days=1))
ASK_FOR_ADDRESS_SLOWLY = Rate("ask-address-slowly", 1, timedelta(minutes=15))
TRY_FROM_HERE = Rate("try-here", 30, timedelta(minutes=10))  # passkeys
CHANGE_OF_PERSON = Rate("change-address-person", 5, timedelta(days=1))
CHANGE_TO_ADDRESS = Rate("change-address-to", 15, timedelta(days=1))
MERGE_OF_PERSON = Rate("merge-person", 5, timedelta(days=1))
MERGE_OF_ADDRESS = Rate("merge-address", 15, timedelta(days=1))
DATA_REQUESTS = Rate("data-requests", 10, timedelta(hours=1))
DATA_REQUESTS_OF_ADDRESS = Rate("data-requests-address", 5, timedelta(days=1))
ADULT_CONTACTS = Rate("adult-contacts", 10, timedelta(hours=1))  # that one person names
WRONG_FOR_ADDRESS = Rate("wrong-address", 10, timedelta(days=1))
WRONG_FROM_HERE = Rate("wrong-here", 30, timedelta(days=1))

CODE_LENGTH, CODE_LENGTH_WHEN_GUESSED = 6, 9


class TooManyTries(ActionRefused):
    """Carries when one may try again, as a sentence and in seconds."""

    def __init__(self, wait: timedelta) -> None:
        self.seconds = max(1, int(wait.total_seconds()))
        minutes = -(-self.seconds // 60)
        sentence = ngettext(
            "Try again in %(minutes)d minute. There have been too many tries in a short time.",
            "Try again in %(minutes)d minutes. There have been too many tries in a short time.",
            minutes,
        )
        super().__init__(sentence % {"minutes": minutes})


class EmailSentAlreadyError(TooManyTries):
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


def count_sign_in_request(request: HttpRequest, email: str) -> None:
    """Count a request for a code. Raises TooManyTries for this requester, EmailSentAlreadyError for the address."""
    network, address = here(request), email.strip()
    count(ASK_FROM_HERE, network)
    count(ASK_FROM_HERE_FOR_ADDRESS, f"{network} {address}")
    count(ASK_FROM_HERE_FOR_ADDRESS_DAILY, f"{network} {address}")
    try:
        count(ASK_FOR_ADDRESS, address)
        if is_used_up(ASK_FOR_ADDRESS_DAILY, address):
            count(ASK_FOR_ADDRESS_SLOWLY, address)
    except TooManyTries as reason:
        raise EmailSentAlreadyError(timedelta(seconds=reason.seconds)) from reason
    note(ASK_FOR_ADDRESS_DAILY, address)


def count_address_change(request: HttpRequest, *, person: Person, address: str) -> None:
    """Count a request for another email address: both mailboxes get an email each time. Raises TooManyTries."""
    count(ASK_FROM_HERE, here(request))
    count(CHANGE_OF_PERSON, str(person.pk))
    count(CHANGE_TO_ADDRESS, address.strip())


def count_merge_request(request: HttpRequest, *, person: Person, address: str) -> None:
    """Count a request to merge another account: its mailbox gets an email each time. Raises TooManyTries."""
    count(ASK_FROM_HERE, here(request))
    count(MERGE_OF_PERSON, str(person.pk))
    count(MERGE_OF_ADDRESS, address.strip())


def note_wrong_code(request: HttpRequest, email: str) -> None:
    """Count a code that was not right, which lengthens the next ones and refuses nobody."""
    note(WRONG_FOR_ADDRESS, email)
    note(WRONG_FROM_HERE, here(request))


def code_length(request: HttpRequest, email: str) -> int:
    """Return how many digits a code needs: more while codes are guessed, or collected, for this address or network."""
    address = email.strip()
    guessed = is_used_up(WRONG_FOR_ADDRESS, address) or is_used_up(WRONG_FROM_HERE, here(request))
    return CODE_LENGTH_WHEN_GUESSED if guessed or is_used_up(MANY_FOR_ADDRESS, address) else CODE_LENGTH


def is_used_up(rate: Rate, subject: str) -> bool:
    """Return whether one more would be too many, without counting it."""
    current = Limit.objects.filter(key=_key(rate, subject), ends_at__gt=timezone.now())
    return current.filter(count__gte=rate.amount).exists()


def note(rate: Rate, subject: str) -> None:
    """Count one more, for those who ask with `is_used_up`; what goes beyond the amount changes nothing."""
    with suppress(TooManyTries):
        count(rate, subject)


def count(rate: Rate, subject: str) -> None:
    """One more try. Raises TooManyTries once the amount is used up, until the span has passed."""
    now = timezone.now()
    key = _key(rate, subject)
    mine = Limit.objects.filter(key=key)
    if mine.filter(ends_at__gt=now, count__lt=rate.amount).update(count=F("count") + 1):
        return
    fresh = {"count": 1, "ends_at": now + rate.span}
    if mine.filter(ends_at__lte=now).update(**fresh):
        return
    limit, created = Limit.objects.get_or_create(key=key, defaults=fresh)
    if created or mine.filter(ends_at__gt=now, count__lt=rate.amount).update(count=F("count") + 1):
        return
    raise TooManyTries(limit.ends_at - now)


def _key(rate: Rate, subject: str) -> str:
    return salted_hmac("jukwaa.accounts.limits", f"{rate.name}:{subject.lower()}", algorithm="sha256").hexdigest()


def here(request: HttpRequest) -> str:
    """Where the request comes from: an address, or for IPv6 the network of one household."""
    return str(truncate_ip(get_client_ip(request) or "unknown"))
