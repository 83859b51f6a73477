"""News of calls, to the members that are asked; the outcome of a decision goes to all members."""

from collections.abc import Callable, Iterator
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Activity
from jukwaa.coalitions.names import public_name, shown
from jukwaa.coalitions.standing import Standing
from jukwaa.core.dates import written, written_moment
from jukwaa.drafting.asked import who_asks
from jukwaa.drafting.models import Call, Placement, Position
from jukwaa.drafting.positions import Positions, members_asked, people_asked
from jukwaa.updates.letters import Answer, News, Text, render_email
from jukwaa.updates.models import Topic
from jukwaa.updates.recipients import actor_of, coordinators, find_members, speakers_of_any
from jukwaa.updates.registries import notifications


def speakers_asked(call: Call, *, silent_only: bool = False) -> list[Person]:
    """Everybody who may speak for a member; or for one that has not spoken, or awaits instructions."""
    members, people = members_asked(call), people_asked(call)
    if silent_only:
        spoke = Position.objects.filter(call=call, stands=True).exclude(stance=Position.Stance.AWAITING)
        members = members.exclude(pk__in=spoke.filter(organisation__isnull=False).values("organisation"))
        people = people.exclude(pk__in=spoke.filter(organisation__isnull=True).values("person"))
    found = {person.pk: person for person in (*speakers_of_any(members), *people)}
    return list(found.values())


def call_called(pk: int) -> Call | None:
    rows = Call.objects.select_related("text__coalition", "text__owner", "revision", "restarts", "by")
    return rows.filter(pk=pk).first()


def address_of(call: Call) -> str:
    return reverse("drafting:call_detail", args=[call.text.coalition.slug, call.text_id, call.pk])


def last_day(call: Call) -> str:
    return written(timezone.localdate(call.closes_at - timedelta(seconds=1)))


@notifications.register(("call", "opened"), ("call", "restarted"))
def opened(activity: Activity) -> Iterator[News]:
    """Also of one that was restarted. It can be answered by mail, and names who opened it to those who may know."""
    call = call_called(activity.object_id)
    if call is None or not call.is_open:
        return

    def write_to(person: Person) -> Text:
        return _asked(call, Standing(person, call.text.coalition))

    yield _news(call, lambda: _asked(call, None), write_to=write_to, takes_position=True)


@notifications.register(("call", "extended"))
def notify_call_extended(activity: Activity) -> Iterator[News]:
    call = call_called(activity.object_id)
    if call is None or not call.is_open:
        return

    def write_to(_person: Person) -> Text:
        return write_decision("decision_extended", call)

    yield _news(
        call,
        lambda: write_decision("decision_extended", call, to_list=True),
        write_to=write_to,
        takes_position=True,
    )


@notifications.register(("call", "held"))
def notify_result_held(activity: Activity) -> Iterator[News]:
    """To the coordinators: nobody else has to act."""
    call = call_called(activity.object_id)
    hold = call.holds.filter(clarified_at=None).select_related("post").last() if call else None
    if call is None or hold is None:
        return

    def write() -> Text:
        names = {"title": call.text.title, "post": hold.post, "reason": hold.reason}
        return render_email("drafting/email/result_held.txt", address_of(call), **names)

    yield News(
        coalition=call.text.coalition,
        people=coordinators(call.text.coalition),
        topic=Topic.CONCERNS,
        write=write,
        record=call.text,
        but=actor_of(activity),
    )


def write_decision(event: str, call: Call, **more: object) -> Text:
    """Write an email about a decision, with its exact text and when the time to respond ends."""
    placements = Placement.objects.at(call.text, call.revision.step)
    names = {
        "title": call.text.title,
        "wording": "\n\n".join(placement.wording.body for placement in placements),
        "end": written_moment(call.closes_at),
        "silence": call.silence,
        "is_decision": True,
        "restarts": call.restarts,
    }
    return render_email(f"drafting/email/{event}.txt", address_of(call), **names, **more)


def _asked(call: Call, standing: Standing | None) -> Text:
    """Without a standing it is for the mailing list: a reply to that takes no position."""
    by = public_name(call.by, standing) if call.by else ""
    names = {"who": who_asks(call.text), "by": by, "to_list": standing is None}
    if call.text.is_decision:
        return write_decision("decision_asked", call, **names)
    names |= {"title": call.text.title, "day": last_day(call), "silence": call.silence}
    more = {"n": call.revision.number, "restarts": call.restarts}
    return render_email("drafting/email/call_opened.txt", address_of(call), **names, **more)


@notifications.register(("call", "declared"))
def declared(activity: Activity) -> Iterator[News]:
    call = call_called(activity.object_id)
    if call is None or not call.outcome:
        return
    if call.text.is_decision:
        yield _to_everyone(call)
    else:
        yield _news(call, lambda: _declared(call))


def _to_everyone(call: Call) -> News:
    """To all members, with the statements. Members in their own right are named as each reader may see them."""
    positions = Positions(call)

    def write_to(person: Person | None) -> Text:
        standing = Standing(person, call.text.coalition) if person else None
        statements = [
            {
                "who": shown(said.position.capacity, standing),
                "stance": said.position.get_stance_display(),
                "words": said.position.reason,
            }
            for said in positions.taken
            if said.position.reason
        ]
        more = {"outcome": call.outcome_name, "reason": call.reason, "statements": statements}
        return write_decision("decision_result", call, **more)

    return News(
        coalition=call.text.coalition,
        people=find_members(call.text.coalition),
        topic=Topic.CONCERNS,
        write=lambda: write_to(None),
        write_to=write_to,
        record=call.text,
        to_list=True,
    )


def _declared(call: Call) -> Text:
    names = {"title": call.text.title, "outcome": call.get_outcome_display(), "reason": call.reason}
    return render_email("drafting/email/call_declared.txt", address_of(call), **names)


def _news(
    call: Call,
    write: Callable[[], Text],
    *,
    write_to: Callable[[Person], Text] | None = None,
    takes_position: bool = False,
) -> News:
    return News(
        coalition=call.text.coalition,
        people=speakers_asked(call),
        topic=Topic.CONCERNS,
        write=write,
        write_to=write_to,
        record=call.text,
        answer=Answer(f"call:{call.pk}") if takes_position else None,
        to_list=takes_position and call.text.is_decision,
    )
