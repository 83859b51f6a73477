"""News of consultations: that somebody is asked, and that inputs came."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from jukwaa.coalitions.models import Activity
from jukwaa.drafting.models import Consultation, Input
from jukwaa.drafting.reminders import beginning, drafters, nudge
from jukwaa.records.models import State
from jukwaa.updates.letters import News, Text
from jukwaa.updates.models import Topic


def _consultation(activity: Activity) -> Consultation | None:
    rows = Consultation.objects.select_related("text__coalition", "text__owner").filter(text__state=State.PUBLISHED)
    return rows.filter(pk=activity.object_id).first()


def opened(activity: Activity) -> Iterator[News]:
    """One that begins later is told by the clock, on its day."""
    consultation = _consultation(activity)
    if consultation is not None and consultation.is_open:
        yield from beginning(consultation)


def nudged(activity: Activity) -> Iterator[News]:
    consultation = _consultation(activity)
    if consultation is not None and consultation.is_open:
        yield nudge(consultation)


def gave(activity: Activity) -> Iterator[News]:
    """To the drafters, once a day however many came: two hundred mails would be read by nobody."""
    rows = Input.objects.select_related("consultation", "text__coalition", "text__owner")
    given = rows.filter(pk=activity.object_id).exclude(disposition=Input.Answer.WITHDRAWN).first()
    if given is None or given.hidden_at:
        return
    text, consultation = given.text, given.consultation

    def write() -> Text:
        return Text(
            _("Inputs came in: %(title)s") % {"title": text.title},
            (
                _("Somebody gave an input on “%(title)s”. There may be more by now.") % {"title": text.title},
                _("Each wants an answer. You hear of it once a day at most."),
            ),
            reverse("drafting:input_list", args=[text.coalition.slug, consultation.pk]) + "?answered=no",
        )

    yield News(
        coalition=text.coalition,
        people=drafters(text),
        topic=Topic.COMMENTS,
        write=write,
        record=text,
        once=f"inputs:{consultation.pk}:{activity.at:%Y-%m-%d}",
        but=frozenset({activity.actor_id} if activity.actor_id else ()),
    )
