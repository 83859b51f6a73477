"""News of offers and needs: that both are brought together, introduced, and how it stands; and of questions to experts.

The mail of an introduction is the only one that holds a contact, and it is written while the consent of both stands.
"""

from collections.abc import Callable, Iterator

from django.urls import reverse

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Activity
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.cooperation import policies
from jukwaa.cooperation.models import Enquiry, Match, MatchSide, Need, Offer, Step
from jukwaa.cooperation.presenters import get_match_contact
from jukwaa.records.models import Label, Record, State
from jukwaa.records.policies import can_read
from jukwaa.updates.letters import is_mail_held
from jukwaa.updates.models import EmailTopic
from jukwaa.updates.notification_emails import EmailText, NotificationEmail, defer_email_rendering, render_email
from jukwaa.updates.recipients import find_organisation_representatives, get_actor_ids
from jukwaa.updates.registries import notifications

OTHER_SIDE = {MatchSide.OFFER: MatchSide.NEED, MatchSide.NEED: MatchSide.OFFER}


@notifications.register(("match", "suggested"), ("match", "asked"))
def notify_match_suggested(activity: Activity) -> Iterator[NotificationEmail]:
    """To each side that has not agreed: somebody asks whether it would be introduced."""
    match = _find_match_of_activity(activity)
    if match is None or match.state != Match.State.SUGGESTED:
        return
    agreed = {each.side for each in match.consents.all() if each.withdrawn_at is None}
    for side in MatchSide:
        if side not in agreed:
            yield _build_match_news(match, side, activity, _build_match_request_email(match, side))


def _build_match_request_email(match: Match, match_side: MatchSide) -> Callable[[], EmailText]:
    def write_email() -> EmailText:
        asked = Step.objects.filter(match=match, state=Match.State.SUGGESTED).last()
        return render_email(
            "cooperation/email/introduction_asked.txt",
            get_match_url(match),
            title=match.side(match_side).title,
            is_offer=match_side == MatchSide.OFFER,
            offer=match.offer.title,
            need=match.need.title,
            name=_get_owner_name(match, OTHER_SIDE[match_side]),
            words=asked.words if asked else "",
        )

    return write_email


def _get_owner_name(match: Match, match_side: MatchSide) -> str:
    organisation = match.side(match_side).organisation
    return organisation.name if organisation else match.side(match_side).whose


@notifications.register(("match", "introduced"))
def notify_match_introduced(activity: Activity) -> Iterator[NotificationEmail]:
    """To both sides, each with the contact of the other."""
    match = _find_match_of_activity(activity)
    if match is None or not policies.has_both_consents(match):
        return
    for side in MatchSide:
        yield _build_match_news(
            match, side, activity, _build_introduction_email(match, OTHER_SIDE[side]), includes_actor=True
        )


def _build_introduction_email(match: Match, other_side: MatchSide) -> Callable[[], EmailText]:
    def write_email() -> EmailText:
        # Where mail is held, a coordinator reads it first, and it may leave when a side has thought again.
        held, contact = is_mail_held(match.need.coalition), get_match_contact(match, other_side)
        lines = [line for line in (contact.name, contact.organisation, contact.email, contact.reach) if line]
        return render_email(
            "cooperation/email/introduced.txt",
            get_match_url(match),
            title=match.side(other_side).title,
            is_held=held,
            lines=lines,
        )

    return write_email


@notifications.register(("match", "moved"))
def notify_match_updated(activity: Activity) -> Iterator[NotificationEmail]:
    """To the side that did not say so."""
    match = _find_match_of_activity(activity)
    if match is None:
        return
    actor = activity.actor.current if activity.actor else None
    last = Step.objects.filter(match=match, person=actor, at__lte=activity.at).last()
    if last is None:
        return
    for side in MatchSide:
        if side != last.side:
            yield _build_match_news(match, side, activity, _build_update_email(match, side, last))


def _build_update_email(match: Match, match_side: MatchSide, match_step: Step) -> Callable[[], EmailText]:
    def write_email() -> EmailText:
        names = {
            "title": match.side(match_side).title,
            "state": match_step.get_state_display(),
            "words": match_step.words,
        }
        return render_email("cooperation/email/match_moved.txt", get_match_url(match), **names)

    return write_email


def _find_match_of_activity(activity: Activity) -> Match | None:
    rows = Match.objects.select_related(
        *(f"{side}__{name}" for side in MatchSide.values for name in ("organisation", "contact", "coalition"))
    )
    return rows.filter(pk=activity.object_id, offer__state=State.PUBLISHED, need__state=State.PUBLISHED).first()


def get_match_url(match: Match) -> str:
    return reverse("cooperation:match_detail", args=[match.need.coalition.slug, match.pk])


def _build_match_news(
    match: Match,
    match_side: MatchSide,
    activity: Activity,
    write_email: Callable[[], EmailText],
    *,
    includes_actor: bool = False,
) -> NotificationEmail:
    """For those who speak for a side and read the other too; nothing of either in a mail that its label forbids."""
    labels = list(Label)
    both: tuple[Record, Record] = (match.offer, match.need)
    stricter = max(both, key=lambda given: labels.index(Label(given.label)))
    actor = activity.actor_id
    return NotificationEmail(
        coalition=match.need.coalition,
        people=[
            person
            for person in _find_owner_representatives(match.side(match_side))
            if can_read(ViewerContext(person), match.side(OTHER_SIDE[match_side]))
        ],
        topic=EmailTopic.CONCERNS,
        write=write_email,
        record=stricter,
        but=frozenset({actor} if actor and not includes_actor else ()),
    )


def _find_owner_representatives(help_record: Offer | Need) -> list[Person]:
    return find_organisation_representatives(help_record.organisation) if help_record.organisation else []


@notifications.register(("enquiry", "asked"))
def notify_enquiry_asked(activity: Activity) -> Iterator[NotificationEmail]:
    """A question, to those who speak for the organisation that is asked."""
    enquiry = _find_enquiry_of_activity(activity)
    if enquiry is None or enquiry.answered_at is not None:
        return
    names = {"who": enquiry.capacity.name, "title": enquiry.need.title, "question": enquiry.question}
    write = defer_email_rendering("cooperation/email/enquiry_asked.txt", get_enquiry_url(enquiry), **names)
    yield _build_enquiry_news(enquiry, find_organisation_representatives(enquiry.organisation), activity, write)


@notifications.register(("enquiry", "answered"))
def notify_enquiry_answered(activity: Activity) -> Iterator[NotificationEmail]:
    """The answer, to those who speak today for the organisation that asked."""
    enquiry = _find_enquiry_of_activity(activity)
    if enquiry is None or enquiry.answered_at is None:
        return
    names = {"who": enquiry.organisation.name, "title": enquiry.need.title, "answer": enquiry.answer}
    write = defer_email_rendering("cooperation/email/enquiry_answered.txt", get_enquiry_url(enquiry), **names)
    asking = find_organisation_representatives(enquiry.need.organisation) if enquiry.need.organisation else []
    yield _build_enquiry_news(enquiry, asking, activity, write)


def get_enquiry_url(enquiry: Enquiry) -> str:
    return reverse("cooperation:enquiry_detail", args=[enquiry.need.coalition.slug, enquiry.pk])


def _find_enquiry_of_activity(activity: Activity) -> Enquiry | None:
    rows = Enquiry.objects.select_related("need__coalition", "need__organisation", "organisation", "capacity", "person")
    return rows.filter(pk=activity.object_id, need__state=State.PUBLISHED).first()


def _build_enquiry_news(
    enquiry: Enquiry, recipients: list[Person], activity: Activity, write_email: Callable[[], EmailText]
) -> NotificationEmail:
    return NotificationEmail(
        coalition=enquiry.need.coalition,
        people=recipients,
        topic=EmailTopic.CONCERNS,
        write=write_email,
        record=enquiry.need,
        but=get_actor_ids(activity),
    )
