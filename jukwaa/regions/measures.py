"""What coverage counts: deeds, each in the capacity in which it was done, frozen on that day.

A measure is a kind of deed, and the way from it to its record, its capacity and its day. Who may read the record
decides whether the deed counts. What the directory says today counts for members, offers and needs alone: they are what
an organisation is and says today.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jukwaa.cooperation.models import Need, Offer
from jukwaa.drafting.models import Input
from jukwaa.events.models import Pledge
from jukwaa.meetings.models import Attendance, Entry
from jukwaa.records.models import Authorship

MEMBERS, ACTIVE = "members", "active"


@dataclass(frozen=True, kw_only=True)
class Measure:
    """`definition` is a whole sentence: what counts, and when.

    `model` is empty for what is no deed. `record` leads from it to the record that is read, and is empty where it is
    the record itself. `kind` is that of the records, where they have one kind: the database begins with these. `only`
    leaves out deeds of a record that don't count. `part_of` names the measure with which the deeds are read, and
    `is_part` tells which of them count here, too.
    """

    name: str
    label: str | Promise
    definition: str | Promise
    model: type[Model] | None = None
    only: Callable[[Any], QuerySet[Any]] | None = None
    record: str = ""
    kind: str = ""
    capacity: str = "capacity"
    on: str = "at"
    part_of: str = ""
    is_part: Q = field(default_factory=Q)

    @property
    def organisation(self) -> str:
        """The way to the organisation: of the capacity, or where the record names it itself."""
        return self.capacity if self.capacity.endswith("organisation") else f"{self.capacity}__organisation"

    def build_record_lookup(self, field: str) -> str:
        return f"{self.record}__{field}" if self.record else field


MEASURE_BY_NAME = {
    measure.name: measure
    for measure in (
        Measure(
            name=MEMBERS,
            label=_("Members"),
            definition=_(
                "Organisations that were members on the last day of the year, or are members today. Members "
                "without a start date are counted from the first year."
            ),
        ),
        Measure(
            name=ACTIVE,
            label=_("Active members"),
            definition=_("Member organisations that took part in at least one of the activities below in that period."),
        ),
        Measure(
            name="attendees",
            label=pgettext_lazy("organisations", "Attendees"),
            definition=_("Organisations recorded as attending a meeting."),
            model=Attendance,
            kind="meeting",
            only=lambda rows: rows.named_in_public().filter(is_group=False),
            record="meeting",
            on="meeting__starts_on",
        ),
        Measure(
            name="speakers",
            label=pgettext_lazy("organisations", "Speakers"),
            definition=_(
                "Organisations with statements in the minutes of a meeting. Meetings under the Chatham House "
                "Rule are not counted."
            ),
            model=Entry,
            only=lambda rows: rows.filter(speakers__isnull=False),
            capacity="speakers",
            on="meeting__starts_on",
        ),
        Measure(
            name="authors",
            label=_("Authors"),
            definition=_("Organisations on whose behalf a record of any type was published."),
            model=Authorship,
            record="record",
            on="record__published_at",
        ),
        Measure(
            name="practices",
            label=_("Library"),
            definition=_(
                "Organisations that shared something in the library, such as practices, models or case studies."
            ),
            part_of="authors",
            is_part=Q(record__item__isnull=False),
        ),
        Measure(
            name="inputs",
            label=_("Inputs"),
            definition=_("Organisations that submitted input on a text, or supported the text."),
            model=Input,
            kind="text",
            only=lambda rows: rows.filter(hidden_at__isnull=True),
            record="text",
        ),
        Measure(
            name="offers",
            label=_("Offers"),
            definition=_("Organisations that offered help, whether it was taken up or not."),
            model=Offer,
            kind="help-offered",
            capacity="organisation",
            on="published_at",
        ),
        Measure(
            name="needs",
            label=_("Needs"),
            definition=_("Organisations that published a need."),
            model=Need,
            kind="help-needed",
            capacity="organisation",
            on="published_at",
        ),
        Measure(
            name="pledges",
            label=_("Pledges"),
            definition=_("Organisations that pledged to take part in an event and did not withdraw the pledge."),
            model=Pledge,
            kind="event",
            only=lambda rows: rows.standing(),
            record="occurrence__event",
        ),
    )
}


def get_measure_and_parts(measure_name: str) -> list[str]:
    """The measure itself, and those all of whose deeds count for it."""
    return [measure_name, *(part.name for part in MEASURE_BY_NAME.values() if part.part_of == measure_name)]
