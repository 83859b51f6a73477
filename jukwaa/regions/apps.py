from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegionsConfig(AppConfig):
    name = "jukwaa.regions"
    label = "regions"

    def ready(self) -> None:
        from jukwaa.events.calendar_sources import register as register_dates  # noqa: PLC0415 - apps must be ready first
        from jukwaa.records.kinds import Kind, register  # noqa: PLC0415 - apps must be ready first
        from jukwaa.records.signals import purged  # noqa: PLC0415 - with its neighbours
        from jukwaa.regions.dated import MILESTONE, days  # noqa: PLC0415 - apps must be ready first
        from jukwaa.regions.erasing import erase_deliveries, erase_voices  # noqa: PLC0415 - apps must be ready first

        register(
            Kind(name="outreach-plan", label=_("Outreach plan"), url_name="regions:outreach_detail"),
        )
        purged.connect(erase_voices)
        purged.connect(erase_deliveries)
        register_dates("outreach-plan", _("Day of an outreach plan"), days)
        register_dates(MILESTONE, _("To be done before"), days)
