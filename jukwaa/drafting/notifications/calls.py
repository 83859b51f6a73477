"""News of calls for consensus: to those who may speak for the member organisations that are asked."""

from collections.abc import Callable, Iterator
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Activity
from jukwaa.core.dates import written
from jukwaa.drafting.models import Call, Position
from jukwaa.drafting.positions import members_asked
from jukwaa.updates.letters import Answer, News, Text
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
    names = {"title": call.text.title, "day": last_day(call), "n": call.revision.number}
    if call.restarts is None:
        subject = _("Does your organisation agree? %(title)s") % names
        first = (
            _("Member organisations are asked whether they agree to “%(title)s”, revision %(n)s, until %(day)s.")
            % names
        )
    else:
        subject = _("Asked again: %(title)s") % names
        first = (
            _("“%(title)s” has changed in substance. All are asked again, about revision %(n)s, until %(day)s.") % names
        )
    why = [call.restarts.reason] if call.restarts and call.restarts.reason else []
    return Text(subject, (first, *why, how_to_answer()), address_of(call))


def how_to_answer() -> str:
    return _(
        "You can answer this mail. Begin with one of these: support; reservation: and why; object: and why; "
        "stand aside; awaiting instructions. Whoever awaits instructions is not taken to be silent."
    )


@notifications.register(("call", "declared"))
def declared(activity: Activity) -> Iterator[News]:
    call = call_called(activity.object_id)
    if call is None or not call.outcome:
        return
    yield _news(call, lambda: _declared(call))


def _declared(call: Call) -> Text:
    names = {"title": call.text.title, "outcome": call.get_outcome_display()}
    return Text(
        _("What came of the call on %(title)s") % names,
        (_("The coordinator has declared what came of the call on “%(title)s”: %(outcome)s.") % names, call.reason),
        address_of(call),
    )


def _news(call: Call, write: Callable[[], Text], *, takes_position: bool = False) -> News:
    return News(
        coalition=call.text.coalition,
        people=speakers_asked(call),
        topic=Topic.CONCERNS,
        write=write,
        record=call.text,
        answer=Answer(f"call:{call.pk}") if takes_position else None,
    )
