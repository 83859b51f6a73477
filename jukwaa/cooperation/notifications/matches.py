"""News of offers and needs: that both are brought together, introduced, and how it stands; and of questions to experts.

The mail of an introduction is the only one that holds a contact, and it is written while the consent of both stands.
"""

from collections.abc import Callable, Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Activity
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.cooperation import policies
from jukwaa.cooperation.models import Enquiry, Match, Need, Offer, Side, Step
from jukwaa.cooperation.shown import contact_on
from jukwaa.records.models import Label, Record, State
from jukwaa.records.policies import can_read
from jukwaa.updates.letters import News, Text, is_held
from jukwaa.updates.models import Topic
from jukwaa.updates.recipients import actor_of, speakers
from jukwaa.updates.registries import notifications

OTHER = {Side.OFFER: Side.NEED, Side.NEED: Side.OFFER}


@notifications.register(("match", "suggested"), ("match", "asked"))
def suggested(activity: Activity) -> Iterator[News]:
    """To each side that has not agreed: somebody asks whether it would be introduced."""
    match = _match(activity)
    if match is None or match.state != Match.State.SUGGESTED:
        return
    agreed = {each.side for each in match.consents.all() if each.withdrawn_at is None}
    for side in Side:
        if side not in agreed:
            yield _news(match, side, activity, _asking(match, side))


def _asking(match: Match, side: Side) -> Callable[[], Text]:
    def write() -> Text:
        names = {"offer": match.offer.title, "need": match.need.title, "name": _whose(match, OTHER[side])}
        first = (
            _("You offer “%(offer)s”. %(name)s needs this: “%(need)s”.")
            if side == Side.OFFER
            else _("You need “%(need)s”. %(name)s offers this: “%(offer)s”.")
        )
        asked = Step.objects.filter(match=match, state=Match.State.SUGGESTED).last()
        return Text(
            _("May you be introduced? %(title)s") % {"title": match.side(side).title},
            (
                first % names,
                *([asked.words] if asked and asked.words else []),
                _("Say on its page whether you agree. Your contact is passed on once both sides have, and not before."),
            ),
            address_of(match),
        )

    return write


def _whose(match: Match, side: Side) -> str:
    organisation = match.side(side).organisation
    return organisation.name if organisation else match.side(side).whose


@notifications.register(("match", "introduced"))
def introduced(activity: Activity) -> Iterator[News]:
    """To both sides, each with the contact of the other."""
    match = _match(activity)
    if match is None or not policies.both_consent(match):
        return
    for side in Side:
        yield _news(match, side, activity, _introducing(match, OTHER[side]), everybody=True)


def _introducing(match: Match, other: Side) -> Callable[[], Text]:
    def write() -> Text:
        contact = contact_on(match, other)
        lines = [line for line in (contact.name, contact.organisation, contact.email, contact.reach) if line]
        if is_held(
            match.need.coalition
        ):  # a coordinator reads it first, and it may leave when a side has thought again
            lines = [_("It stands on its page, for your side alone.")]
        return Text(
            _("You are introduced: %(title)s") % {"title": match.side(other).title},
            (
                _("Both sides have agreed. Whom you can write to about “%(title)s”:")
                % {"title": match.side(other).title},
                "\n".join(lines),
                _("Say on its page what comes of it: whether you agree on something, and what it changed."),
            ),
            address_of(match),
        )

    return write


@notifications.register(("match", "moved"))
def moved(activity: Activity) -> Iterator[News]:
    """To the side that did not say so."""
    match = _match(activity)
    if match is None:
        return
    last = Step.objects.filter(match=match, person=activity.actor, at__lte=activity.at).last()
    if last is None:
        return
    for side in Side:
        if side != last.side:
            yield _news(match, side, activity, _moving(match, side, last))


def _moving(match: Match, side: Side, step: Step) -> Callable[[], Text]:
    def write() -> Text:
        names = {"title": match.side(side).title, "state": step.get_state_display()}
        return Text(
            _("%(title)s: %(state)s") % names,
            (
                _("It was said of “%(title)s”: %(state)s.") % names,
                step.words,
                _("You can say yours on its page, in your own words."),
            ),
            address_of(match),
        )

    return write


def _match(activity: Activity) -> Match | None:
    rows = Match.objects.select_related(
        *(f"{side}__{name}" for side in Side.values for name in ("organisation", "contact", "coalition"))
    )
    return rows.filter(pk=activity.object_id, offer__state=State.PUBLISHED, need__state=State.PUBLISHED).first()


def address_of(match: Match) -> str:
    return reverse("cooperation:match_detail", args=[match.need.coalition.slug, match.pk])


def _news(match: Match, side: Side, activity: Activity, write: Callable[[], Text], *, everybody: bool = False) -> News:
    """For those who speak for a side and read the other too; nothing of either in a mail that its label forbids."""
    labels = list(Label)
    both: tuple[Record, Record] = (match.offer, match.need)
    stricter = max(both, key=lambda given: labels.index(Label(given.label)))
    actor = activity.actor_id
    return News(
        coalition=match.need.coalition,
        people=[
            person for person in _speaking(match.side(side)) if can_read(ViewerContext(person), match.side(OTHER[side]))
        ],
        topic=Topic.CONCERNS,
        write=write,
        record=stricter,
        but=frozenset({actor} if actor and not everybody else ()),
    )


def _speaking(given: Offer | Need) -> list[Person]:
    return speakers(given.organisation) if given.organisation else []


@notifications.register(("enquiry", "asked"))
def asked(activity: Activity) -> Iterator[News]:
    """A question, to those who speak for the organisation that is asked."""
    enquiry = _enquiry(activity)
    if enquiry is None or enquiry.answered_at is not None:
        return

    def write() -> Text:
        names = {"who": enquiry.capacity.name, "title": enquiry.need.title}
        return Text(
            _("A question to your organisation: %(title)s") % names,
            (
                _("%(who)s asks, since your organisation is known here for it:") % names,
                enquiry.question,
                _("A few sentences help. You say yourselves whether the answer may be shared."),
            ),
            address_of_enquiry(enquiry),
        )

    yield _about(enquiry, speakers(enquiry.organisation), activity, write)


@notifications.register(("enquiry", "answered"))
def answered(activity: Activity) -> Iterator[News]:
    """The answer, to those who speak today for the organisation that asked."""
    enquiry = _enquiry(activity)
    if enquiry is None or enquiry.answered_at is None:
        return

    def write() -> Text:
        names = {"who": enquiry.organisation.name, "title": enquiry.need.title}
        return Text(
            _("%(who)s has answered: %(title)s") % names,
            (_("%(who)s has answered your question:") % names, enquiry.answer),
            address_of_enquiry(enquiry),
        )

    asking = speakers(enquiry.need.organisation) if enquiry.need.organisation else []
    yield _about(enquiry, asking, activity, write)


def address_of_enquiry(enquiry: Enquiry) -> str:
    return reverse("cooperation:enquiry_detail", args=[enquiry.need.coalition.slug, enquiry.pk])


def _enquiry(activity: Activity) -> Enquiry | None:
    rows = Enquiry.objects.select_related("need__coalition", "need__organisation", "organisation", "capacity", "person")
    return rows.filter(pk=activity.object_id, need__state=State.PUBLISHED).first()


def _about(enquiry: Enquiry, people: list[Person], activity: Activity, write: Callable[[], Text]) -> News:
    return News(
        coalition=enquiry.need.coalition,
        people=people,
        topic=Topic.CONCERNS,
        write=write,
        record=enquiry.need,
        but=actor_of(activity),
    )
