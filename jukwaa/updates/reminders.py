"""What is due: once a day, everything that is due by now. Each mail has a key, so that none is sent twice.

A day is a day in UTC: a mail is no alarm clock, and one more hour of night does no harm.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Affiliation, Organisation, Role
from jukwaa.cooperation.notifications import joint_work as work
from jukwaa.cooperation.reminders import still_true
from jukwaa.core.dates import written
from jukwaa.drafting.models import Call
from jukwaa.drafting.notifications.calls import address_of, how_to_answer, last_day, speakers_asked
from jukwaa.drafting.reminders import consultations
from jukwaa.events.reminders import events
from jukwaa.intake.models import Reading
from jukwaa.library.models import Item
from jukwaa.meetings.models import Commitment
from jukwaa.meetings.notifications import OPEN
from jukwaa.records.models import State
from jukwaa.updates.letters import News, Text, send_news
from jukwaa.updates.models import Topic
from jukwaa.updates.recipients import coordinators, speakers

SOON = timedelta(days=3)
MISSED = timedelta(days=7)  # after an outage one still hears of what was due in the week before
TERM = timedelta(days=30)
UNFINISHED = timedelta(days=14)

type Reminder = tuple[str, News]


def remind(now: datetime) -> int:
    """Remind of all that is due; the number says how many mails were written or had been written before."""
    today = now.date()
    reminders = [*commitments(today), *affiliations(today), *terms(today), *readings(now), *items(today), *calls(now)]
    reminders += consultations(now)
    reminders += still_true(today)
    reminders += work.due(today)
    reminders += events(now)
    return sum(send_news(news, key=key) for key, news in reminders)


def commitments(today: date) -> Iterator[Reminder]:
    """Three days before, and on the day: to whoever speaks for the owner."""
    rows = Commitment.objects.filter(
        progress__in=OPEN,
        entry__state=State.PUBLISHED,
        owner__isnull=False,
        due_on__gte=today - MISSED,
        due_on__lte=today + SOON,
    )
    for commitment in rows.select_related("entry__coalition", "owner__organisation", "owner__person"):
        when = "soon" if commitment.due_on and commitment.due_on > today else "day"
        yield f"due:{commitment.pk}:{commitment.due_on}:{when}", _due(commitment, commitment.due_on or today)


def _due(commitment: Commitment, due: date) -> News:
    owner, entry = commitment.owner, commitment.entry

    def write() -> Text:
        day = written(due)
        return Text(
            _("Due on %(day)s: %(title)s") % {"day": day, "title": entry.title},
            (
                _("This was promised for %(day)s:") % {"day": day},
                entry.text,
                _("Say there how it stands: in hand, kept, or given up. Whatever it is, it helps to know."),
            ),
            entry.get_absolute_url(),
        )

    people: list[Person] = []
    if owner is not None:
        people = speakers(owner.organisation) if owner.organisation else [owner.person] if owner.person else []
    return News(coalition=entry.coalition, people=people, topic=Topic.REMINDERS, write=write, record=entry)


def affiliations(today: date) -> Iterator[Reminder]:
    """Once a month for an organisation, as long as somebody in it was not confirmed for a year."""
    due = Affiliation.objects.to_confirm(today).filter(confirmed_on__isnull=False)
    organisations = Organisation.objects.filter(affiliations__in=due, merged_into=None).distinct()
    for organisation in organisations.select_related("coalition"):
        rows = due.filter(organisation=organisation).select_related("person")
        yield f"confirm:{organisation.pk}:{today:%Y-%m}", _to_confirm(organisation, [row.person for row in rows])


def _to_confirm(organisation: Organisation, people: list[Person]) -> News:
    def write() -> Text:
        return Text(
            _("Who belongs to %(organisation)s?") % {"organisation": organisation},
            (
                _("Once a year somebody confirms who belongs to %(organisation)s. It is time for these people:")
                % {"organisation": organisation},
                "\n".join(f"- {person}" for person in people),
                _("Without it, after a month, they read and speak as themselves alone."),
            ),
            reverse("coalitions:confirmations", args=[organisation.coalition.slug]),
        )

    due = {person.pk for person in people}
    vouching = [person for person in speakers(organisation) if due - {person.pk}]
    to = vouching or coordinators(organisation.coalition)
    return News(coalition=organisation.coalition, people=to, topic=Topic.REMINDERS, write=write)


def terms(today: date) -> Iterator[Reminder]:
    """Roles that end within a month: to the holder and the coordinators."""
    ending = Role.objects.in_force(today).filter(ends_on__lte=today + TERM)
    for role in ending.select_related("person", "coalition"):
        yield f"term:{role.pk}:{role.ends_on}", _ending(role, role.ends_on or today)


def _ending(role: Role, ends_on: date) -> News:
    def write() -> Text:
        names = {"role": role.get_kind_display(), "person": role.person, "day": written(ends_on)}
        return Text(
            _("A term ends on %(day)s") % names,
            (
                _("The term of %(person)s ends on %(day)s. The role is: %(role)s.") % names,
                _("A coordinator can hand the role over, or give it anew. Nothing is lost between two terms."),
            ),
            reverse("coalitions:roles", args=[role.coalition.slug]),
        )

    to = [role.person, *coordinators(role.coalition)]
    return News(coalition=role.coalition, people=to, topic=Topic.REMINDERS, write=write)


def readings(now: datetime) -> Iterator[Reminder]:
    """Left on the desk for two weeks: one reminder, and no second one."""
    left = Reading.objects.unfinished().filter(started_at__lte=now - UNFINISHED, document__isnull=False)
    for reading in left.select_related("coalition", "document", "started_by"):
        yield f"reading:{reading.pk}", _unfinished(reading)


def _unfinished(reading: Reading) -> News:
    def write() -> Text:
        return Text(
            _("A reading waits for you: %(title)s") % {"title": reading.title},
            (
                _("“%(title)s” lies on the reading desk. What you decided is kept, and nothing of it is in the record.")
                % {"title": reading.title},
                _("You can finish it, enter what you have, or give it up. This reminder comes once."),
            ),
            reading.get_absolute_url(),
        )

    return News(
        coalition=reading.coalition,
        people=[reading.started_by],
        topic=Topic.REMINDERS,
        write=write,
        record=reading.document,
    )


def items(today: date) -> Iterator[Reminder]:
    """On the day that an item of the library is to be looked at again by: to whoever shared it."""
    due = Item.objects.filter(state=State.PUBLISHED, review_by__gte=today - MISSED, review_by__lte=today)
    for item in due.select_related("coalition").prefetch_related("authorships__person"):
        yield f"review:{item.pk}:{item.review_by}", _to_look_at(item)


def _to_look_at(item: Item) -> News:
    def write() -> Text:
        return Text(
            _("Does it still hold? %(title)s") % {"title": item.title},
            (
                _("You wanted “%(title)s” to be looked at again by now.") % {"title": item.title},
                _(
                    "Say on its page what has changed, or choose a later day. "
                    "If it no longer holds, you can withdraw it."
                ),
            ),
            item.get_absolute_url(),
        )

    people = [authorship.person for authorship in item.authorships.all()]
    return News(coalition=item.coalition, people=people, topic=Topic.REMINDERS, write=write, record=item)


def calls(now: datetime) -> Iterator[Reminder]:
    """Three days before a call closes: to those whose organisation has not taken a position, or awaits instructions."""
    open_to_readers = Call.objects.filter(outcome="", text__state=State.PUBLISHED)
    closing = open_to_readers.filter(closes_at__gt=now, closes_at__lte=now + SOON)
    for call in closing.select_related("text__coalition", "revision"):
        yield f"call:{call.pk}:{call.closes_at:%Y-%m-%d}", _closing(call)


def _closing(call: Call) -> News:
    def write() -> Text:
        names = {"title": call.text.title, "day": last_day(call)}
        return Text(
            _("Until %(day)s: does your organisation agree? %(title)s") % names,
            (
                _("Your organisation has not taken a position on “%(title)s”. It can until %(day)s.") % names,
                how_to_answer(),
            ),
            address_of(call),
        )

    return News(
        coalition=call.text.coalition,
        people=speakers_asked(call, silent_only=True),
        topic=Topic.REMINDERS,
        write=write,
        record=call.text,
        answers=f"call:{call.pk}",
    )
