from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "jukwaa.events"
    label = "events"

    def ready(self) -> None:
        from jukwaa.events.calendar_sources import register as register_dates  # noqa: PLC0415 - as below
        from jukwaa.events.occurring import AROUND, EVENTS, occurrences  # noqa: PLC0415 - as below
        from jukwaa.records.kinds import Kind, register  # noqa: PLC0415 - apps must be ready first

        place = "events:pledge_place"
        register(
            Kind(name="event", label=_("Event"), url_name="events:event_detail", part_url_name=place, part_anchor="p")
        )
        register_dates(EVENTS, _("Events"), occurrences)
        register_dates(AROUND, _("Of the field around us"), occurrences)
