"""News of calls for consensus: to those who may speak for the member organisations that are asked."""

from collections.abc import Callable, Iterator
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Activity
from jukwaa.core.dates import written
from jukwaa.drafting.models import Call, Position
from jukwaa.drafting.positions import members_asked
from jukwaa.updates.letters import Answer, News, Text, render_email
from jukwaa.updates.models import Topic
from jukwaa.updates.recipients import speakers_of_any
from jukwaa.updates.registries import notifications


def speakers_asked(call: Call, *, silent_only: bool = False) -> list[Person]:
    """Everybody who may speak for a member organisation; or for one that has not spoken, or awaits instructions."""
    members = members_asked(call)
    if silent_only:
        spoke = Position.objects.filter(call=call, stands=True).exclude(stance=Position.Stance.AWAITING)
        members = members.exclude(pk__in=spoke.values("organisation"))
    return speakers_of_any(members)


def call_called(pk: int) -> Call | None:
    rows = Call.objects.select_related("text__coalition", "revision", "restarts")
    return rows.filter(pk=pk).first()


def address_of(call: Call) -> str:
    return reverse("drafting:call_detail", args=[call.text.coalition.slug, call.text_id, call.pk])


def last_day(call: Call) -> str:
    return written(timezone.localdate(call.closes_at - timedelta(seconds=1)))


@notifications.register(("call", "opened"), ("call", "restarted"))
def opened(activity: Activity) -> Iterator[News]:
    """Also of one that was restarted. It can be answered by mail."""
    call = call_called(activity.object_id)
    if call is None or not call.is_open:
        return
    yield _news(call, lambda: _asked(call), takes_position=True)


def _asked(call: Call) -> Text:
    names = {"title": call.text.title, "day": last_day(call), "n": call.revision.number, "restarts": call.restarts}
    return render_email("drafting/email/call_opened.txt", address_of(call), **names)


@notifications.register(("call", "declared"))
def declared(activity: Activity) -> Iterator[News]:
    call = call_called(activity.object_id)
    if call is None or not call.outcome:
        return
    yield _news(call, lambda: _declared(call))


def _declared(call: Call) -> Text:
    names = {"title": call.text.title, "outcome": call.get_outcome_display(), "reason": call.reason}
    return render_email("drafting/email/call_declared.txt", address_of(call), **names)


def _news(call: Call, write: Callable[[], Text], *, takes_position: bool = False) -> News:
    return News(
        coalition=call.text.coalition,
        people=speakers_asked(call),
        topic=Topic.CONCERNS,
        write=write,
        record=call.text,
        answer=Answer(f"call:{call.pk}") if takes_position else None,
    )
