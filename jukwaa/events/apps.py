from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "jukwaa.events"
    label = "events"

    def ready(self) -> None:
        from jukwaa.records.kinds import Kind, register  # noqa: PLC0415 - apps must be ready first

        register(Kind(name="event", label=_("Event"), url_name="events:event_detail"))
