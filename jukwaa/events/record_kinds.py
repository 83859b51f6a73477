"""The kind of record of events."""

from django.utils.translation import gettext_lazy as _

from jukwaa.records.kinds import RecordKind, record_kind_registry

record_kind_registry.register("event")(
    RecordKind(
        name="event",
        label=_("Event"),
        url_name="events:event_detail",
        part_url_name="events:pledge_place",
        part_anchor="p",
    )
)
