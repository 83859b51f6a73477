"""What coverage counts: deeds, each in the capacity in which it was done, frozen on that day.

A measure is a queryset of what a circle of readers may read and the way from a row to its capacity, its day and its
areas of work. What the directory says today counts for members, offers and needs alone: they are what an organisation
is and says today.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet, Subquery
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jukwaa.coalitions.models import Coalition
from jukwaa.cooperation.models import Need, Offer
from jukwaa.drafting.models import Input, Text
from jukwaa.events.models import Event, Pledge
from jukwaa.library.models import Item
from jukwaa.meetings.models import Attendance, Entry, Meeting
from jukwaa.records.models import Authorship, Record, State
from jukwaa.regions.circles import Circle

type Rows = QuerySet[Any]

MEMBERS, ACTIVE = "members", "active"


@dataclass(frozen=True, kw_only=True)
class Measure:
    """`definition` is a whole sentence: what counts, and when. `rows` is empty for what is made of the others."""

    name: str
    label: str | Promise
    definition: str | Promise
    rows: Callable[[Circle, Coalition], Rows] | None = None
    capacity: str = "capacity"
    on: str = "at"
    areas: str = ""

    @property
    def organisation(self) -> str:
        """The way to the organisation: of the capacity, or where the record names it itself."""
        return self.capacity if self.capacity.endswith("organisation") else f"{self.capacity}__organisation"


def _published(model: Any, circle: Circle, coalition: Coalition) -> Rows:
    rows: Rows = model.objects.of(coalition).filter(state=State.PUBLISHED, label__in=circle.labels)
    return rows


def _of(model: Any, circle: Circle, coalition: Coalition) -> Subquery:
    """The numbers of the records of this kind that count."""
    return Subquery(_published(model, circle, coalition).order_by().values("pk"))


def _attendances(circle: Circle, coalition: Coalition) -> Rows:
    """Nobody of a part under the Chatham House Rule, and no group of people that nobody named."""
    there = Attendance.objects.of_open_parts().filter(is_group=False)
    return there.filter(meeting__in=_of(Meeting, circle, coalition))


def _speeches(circle: Circle, coalition: Coalition) -> Rows:
    return _published(Entry, circle, coalition).filter(speakers__isnull=False)


def _authorships(model: Any) -> Callable[[Circle, Coalition], Rows]:
    return lambda circle, coalition: Authorship.objects.filter(record__in=_of(model, circle, coalition))


def _inputs(circle: Circle, coalition: Coalition) -> Rows:
    return Input.objects.filter(text__in=_of(Text, circle, coalition), hidden_at__isnull=True)


def _pledges(circle: Circle, coalition: Coalition) -> Rows:
    return Pledge.objects.standing().filter(occurrence__event__in=_of(Event, circle, coalition))


MEASURES = {
    measure.name: measure
    for measure in (
        Measure(
            name=MEMBERS,
            label=_("Members"),
            definition=_(
                "Organisations whose membership was in force on the last day of the year, or today. A member who came"
                " without saying since when counts from the first year on."
            ),
        ),
        Measure(
            name=ACTIVE,
            label=_("Active members"),
            definition=_("Member organisations that did any of what is counted below in that time."),
        ),
        Measure(
            name="attendees",
            label=_("Attendees"),
            definition=_("Organisations whose people came to a meeting, as the attendance says."),
            rows=_attendances,
            on="meeting__starts_on",
            areas="meeting__areas",
        ),
        Measure(
            name="speakers",
            label=_("Speakers"),
            definition=_(
                "Organisations whose words stand in the minutes of a meeting. Under the Chatham House Rule, nobody is"
                " counted."
            ),
            rows=_speeches,
            capacity="speakers",
            on="meeting__starts_on",
            areas="areas",
        ),
        Measure(
            name="authors",
            label=_("Authors"),
            definition=_("Organisations in whose name a published record was written, of whatever kind."),
            rows=_authorships(Record),
            on="record__published_at",
            areas="record__areas",
        ),
        Measure(
            name="practices",
            label=_("Library"),
            definition=_(
                "Organisations that shared something in the library: practices, models, case studies and the like."
            ),
            rows=_authorships(Item),
            on="record__published_at",
            areas="record__areas",
        ),
        Measure(
            name="inputs",
            label=_("Inputs"),
            definition=_("Organisations that gave input to a text, or support."),
            rows=_inputs,
            areas="text__areas",
        ),
        Measure(
            name="offers",
            label=_("Offers"),
            definition=_("Organisations that offered help, whether it was taken up or not."),
            rows=lambda circle, coalition: _published(Offer, circle, coalition),
            capacity="organisation",
            on="published_at",
            areas="areas",
        ),
        Measure(
            name="needs",
            label=_("Needs"),
            definition=_("Organisations that said what they need."),
            rows=lambda circle, coalition: _published(Need, circle, coalition),
            capacity="organisation",
            on="published_at",
            areas="areas",
        ),
        Measure(
            name="pledges",
            label=_("Pledges"),
            definition=_("Organisations that pledged to take part in an event, and did not take it back."),
            rows=_pledges,
            areas="occurrence__event__areas",
        ),
    )
}
