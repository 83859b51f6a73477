"""News of calls, to the members that are asked; the outcome of a decision goes to all members."""

from collections.abc import Callable, Iterator

from django.urls import reverse

from jukwaa.accounts.models import Person
from jukwaa.coalitions.display_names import get_display_name, get_public_name
from jukwaa.coalitions.models import Activity, Coalition, Role
from jukwaa.coalitions.standing import Standing
from jukwaa.core.dates import format_moment
from jukwaa.drafting.closing_times import format_call_end
from jukwaa.drafting.consultation_audience import get_consulting_party_name
from jukwaa.drafting.models import Call, Placement, Position
from jukwaa.drafting.positions import CallPositions, find_invited_individuals, find_invited_members
from jukwaa.updates.models import EmailTopic
from jukwaa.updates.notification_emails import EmailText, NotificationEmail, ReplyOption, render_email
from jukwaa.updates.recipients import (
    find_coalition_coordinators,
    find_people_with_seat,
    find_representatives_of_any,
    find_role_holders,
    get_actor_ids,
)
from jukwaa.updates.registries import notifications


def find_call_respondents(call: Call, *, silent_only: bool = False) -> list[Person]:
    """Everybody who may speak for a member; or for one that has not spoken, or awaits instructions."""
    members, people = find_invited_members(call), find_invited_individuals(call)
    if silent_only:
        spoke = Position.objects.filter(call=call, stands=True).exclude(stance=Position.Stance.AWAITING)
        members = members.exclude(pk__in=spoke.filter(organisation__isnull=False).values("organisation"))
        people = people.exclude(pk__in=spoke.filter(organisation__isnull=True).values("person"))
    found = {person.pk: person for person in (*find_representatives_of_any(members), *people)}
    return list(found.values())


def find_call_managers(coalition: Coalition) -> list[Person]:
    """The coordinators and the chair, each once: as `can_manage_call`."""
    return list(
        dict.fromkeys([*find_coalition_coordinators(coalition), *find_role_holders(coalition, Role.Kind.CHAIR)])
    )


def get_call_or_none(pk: int) -> Call | None:
    rows = Call.objects.select_related("text__coalition", "text__owner", "revision", "restarts", "by")
    return rows.filter(pk=pk).first()


def get_call_address(call: Call) -> str:
    return reverse("drafting:call_detail", args=[call.text.coalition.slug, call.text_id, call.pk])


def format_last_day(call: Call) -> str:
    return format_call_end(call.closes_at)


@notifications.register(("call", "opened"), ("call", "restarted"))
def notify_call_opened(activity: Activity) -> Iterator[NotificationEmail]:
    """Also of one that was restarted. It can be answered by mail, and names who opened it to those who may know."""
    call = get_call_or_none(activity.object_id)
    if call is None or not call.is_open:
        return

    def write_email_to(person: Person) -> EmailText:
        return _render_call_opened_email(call, Standing(person, call.text.coalition))

    yield _build_call_news(
        call, lambda: _render_call_opened_email(call, None), write_email_to=write_email_to, takes_position=True
    )


@notifications.register(("call", "extended"))
def notify_call_extended(activity: Activity) -> Iterator[NotificationEmail]:
    call = get_call_or_none(activity.object_id)
    if call is None or not call.is_open:
        return

    def write_email_to(_recipient: Person) -> EmailText:
        return render_call_decision_email("decision_extended", call)

    yield _build_call_news(
        call,
        lambda: render_call_decision_email("decision_extended", call, to_list=True),
        write_email_to=write_email_to,
        takes_position=True,
    )


@notifications.register(("call", "held"))
def notify_result_put_on_hold(activity: Activity) -> Iterator[NotificationEmail]:
    """To the coordinators and the chair: nobody else has to act."""
    call = get_call_or_none(activity.object_id)
    hold = call.holds.filter(clarified_at=None).select_related("post").last() if call else None
    if call is None or hold is None:
        return

    def write_email() -> EmailText:
        names = {"title": call.text.title, "post": hold.post, "reason": hold.reason}
        return render_email("drafting/email/result_held.txt", get_call_address(call), **names)

    yield NotificationEmail(
        coalition=call.text.coalition,
        people=find_call_managers(call.text.coalition),
        topic=EmailTopic.CONCERNS,
        write=write_email,
        record=call.text,
        but=get_actor_ids(activity),
    )


def render_call_decision_email(event: str, call: Call, **more: object) -> EmailText:
    """Write an email about a decision, with its exact text and when the time to respond ends."""
    placements = Placement.objects.at(call.text, call.revision.step)
    names = {
        "title": call.text.title,
        "wording": "\n\n".join(placement.wording.body for placement in placements),
        "end": format_moment(call.closes_at),
        "silence": call.silence,
        "is_decision": True,
        "restarts": call.restarts,
    }
    return render_email(f"drafting/email/{event}.txt", get_call_address(call), **names, **more)


def _render_call_opened_email(call: Call, viewer_standing: Standing | None) -> EmailText:
    """Without a standing it is for the mailing list: a reply to that takes no position."""
    by = get_public_name(call.by, viewer_standing) if call.by else ""
    names = {"who": get_consulting_party_name(call.text), "by": by, "to_list": viewer_standing is None}
    if call.text.is_decision:
        return render_call_decision_email("decision_asked", call, **names)
    names |= {"title": call.text.title, "day": format_last_day(call), "silence": call.silence}
    more = {"n": call.revision.number, "restarts": call.restarts}
    return render_email("drafting/email/call_opened.txt", get_call_address(call), **names, **more)


@notifications.register(("call", "declared"))
def notify_call_declared(activity: Activity) -> Iterator[NotificationEmail]:
    call = get_call_or_none(activity.object_id)
    if call is None or not call.outcome:
        return
    if call.text.is_decision:
        yield _build_decision_news(call)
    else:
        yield _build_call_news(call, lambda: _render_call_declared_email(call))


def _build_decision_news(call: Call) -> NotificationEmail:
    """To all members, with the statements. Members in their own right are named as each reader may see them."""
    positions = CallPositions(call)

    def write_email_to(person: Person | None) -> EmailText:
        standing = Standing(person, call.text.coalition) if person else None
        statements = [
            {
                "who": get_display_name(said.position.capacity, standing),
                "stance": said.position.get_stance_display(),
                "words": said.position.reason,
            }
            for said in positions.taken_positions
            if said.position.reason
        ]
        more = {"outcome": call.call_outcome_label, "reason": call.reason, "statements": statements}
        return render_call_decision_email("decision_result", call, **more)

    return NotificationEmail(
        coalition=call.text.coalition,
        people=find_people_with_seat(call.text.coalition),
        topic=EmailTopic.CONCERNS,
        write=lambda: write_email_to(None),
        write_to=write_email_to,
        record=call.text,
        to_list=True,
    )


def _render_call_declared_email(call: Call) -> EmailText:
    names = {"title": call.text.title, "outcome": call.get_outcome_display(), "reason": call.reason}
    return render_email("drafting/email/call_declared.txt", get_call_address(call), **names)


def _build_call_news(
    call: Call,
    write_email: Callable[[], EmailText],
    *,
    write_email_to: Callable[[Person], EmailText] | None = None,
    takes_position: bool = False,
) -> NotificationEmail:
    return NotificationEmail(
        coalition=call.text.coalition,
        people=find_call_respondents(call),
        topic=EmailTopic.CONCERNS,
        write=write_email,
        write_to=write_email_to,
        record=call.text,
        answer=ReplyOption(f"call:{call.pk}") if takes_position else None,
        to_list=takes_position and call.text.is_decision,
    )
