"""News of offers and needs: that both are brought together, introduced, and how it stands; and of questions to experts.

The mail of an introduction is the only one that holds a contact, and it is written while the consent of both stands.
"""

from collections.abc import Callable, Iterator

from django.urls import reverse

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Activity
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.cooperation import policies
from jukwaa.cooperation.models import Enquiry, Match, Need, Offer, Side, Step
from jukwaa.cooperation.shown import contact_on
from jukwaa.records.models import Label, Record, State
from jukwaa.records.policies import can_read
from jukwaa.updates.letters import News, Text, email, is_held, render_email
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
        asked = Step.objects.filter(match=match, state=Match.State.SUGGESTED).last()
        return render_email(
            "cooperation/email/introduction_asked.txt",
            address_of(match),
            title=match.side(side).title,
            is_offer=side == Side.OFFER,
            offer=match.offer.title,
            need=match.need.title,
            name=_whose(match, OTHER[side]),
            words=asked.words if asked else "",
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
        # Where mail is held, a coordinator reads it first, and it may leave when a side has thought again.
        held, contact = is_held(match.need.coalition), contact_on(match, other)
        lines = [line for line in (contact.name, contact.organisation, contact.email, contact.reach) if line]
        return render_email(
            "cooperation/email/introduced.txt",
            address_of(match),
            title=match.side(other).title,
            is_held=held,
            lines=lines,
        )

    return write


@notifications.register(("match", "moved"))
def moved(activity: Activity) -> Iterator[News]:
    """To the side that did not say so."""
    match = _match(activity)
    if match is None:
        return
    actor = activity.actor.current if activity.actor else None
    last = Step.objects.filter(match=match, person=actor, at__lte=activity.at).last()
    if last is None:
        return
    for side in Side:
        if side != last.side:
            yield _news(match, side, activity, _moving(match, side, last))


def _moving(match: Match, side: Side, step: Step) -> Callable[[], Text]:
    def write() -> Text:
        names = {"title": match.side(side).title, "state": step.get_state_display(), "words": step.words}
        return render_email("cooperation/email/match_moved.txt", address_of(match), **names)

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
    names = {"who": enquiry.capacity.name, "title": enquiry.need.title, "question": enquiry.question}
    write = email("cooperation/email/enquiry_asked.txt", address_of_enquiry(enquiry), **names)
    yield _about(enquiry, speakers(enquiry.organisation), activity, write)


@notifications.register(("enquiry", "answered"))
def answered(activity: Activity) -> Iterator[News]:
    """The answer, to those who speak today for the organisation that asked."""
    enquiry = _enquiry(activity)
    if enquiry is None or enquiry.answered_at is None:
        return
    names = {"who": enquiry.organisation.name, "title": enquiry.need.title, "answer": enquiry.answer}
    write = email("cooperation/email/enquiry_answered.txt", address_of_enquiry(enquiry), **names)
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
