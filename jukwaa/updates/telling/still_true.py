"""Is it still true? On the day that an offer or a need is to be looked at again, and two weeks later once more.

The link in the mail opens a page whose button says so, without signing in; it is for its reader alone, for two months.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.cooperation.actions.offers import whose_left
from jukwaa.cooperation.models import Need, Offer
from jukwaa.cooperation.models.help import still_open
from jukwaa.mail.headers import OPEN_LABELS
from jukwaa.updates import tokens
from jukwaa.updates.letters import News, Text
from jukwaa.updates.models import Topic
from jukwaa.updates.telling.people import speakers

MISSED = timedelta(days=7)  # after an outage one still hears of what was due in the week before
AGAIN = timedelta(days=14)

type Reminder = tuple[str, News]


def still_true(today: date) -> Iterator[Reminder]:
    """A mail for each of those who may speak for whose it is, with a link of their own."""
    for model in (Offer, Need):
        for times, due in (("once", today), ("again", today - AGAIN)):
            rows = model.objects.filter(still_open(today), review_by__gt=due - MISSED, review_by__lte=due)
            rows = rows.annotate(has_left=whose_left()).filter(has_left=False, organisation__isnull=False)
            for given in rows.select_related("coalition", "organisation"):
                yield from _reminders(given, times)


def _reminders(given: Offer | Need, times: str) -> Iterator[Reminder]:
    if given.organisation is None:
        return
    for person in speakers(given.organisation):
        key = f"still-true:{given.pk}:{given.review_by}:{times}"
        yield (
            key,
            News(
                coalition=given.coalition,
                people=[person],
                topic=Topic.REMINDERS,
                write=_writer(given, person),
                record=given,
            ),
        )


def _writer(given: Offer | Need, person: Person) -> Callable[[], Text]:
    return lambda: _write(given, person)


def _write(given: Offer | Need, person: Person) -> Text:
    names = {"title": given.title}
    asks = _("You offer this:") if isinstance(given, Offer) else _("You need this:")
    return Text(
        _("Is it still true? %(title)s") % names,
        (
            asks,
            given.title,
            _("One press on the page below says that it is, or closes it. Nobody needs to sign in."),
        ),
        _page(given, person),
    )


def _page(given: Offer | Need, person: Person) -> str:
    """Of what not everybody inside may read, the page behind the wall alone."""
    if given.label not in OPEN_LABELS:
        return given.get_absolute_url()
    return tokens.path(tokens.STILL_TRUE, "cooperation:still_true", help=given.pk, person=person.pk)
