from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegionsConfig(AppConfig):
    name = "jukwaa.regions"
    label = "regions"

    def ready(self) -> None:
        from jukwaa.accounts import personal_data as taken_along  # noqa: PLC0415 - apps must be ready first
        from jukwaa.events.calendar_sources import register as register_dates  # noqa: PLC0415 - apps must be ready first
        from jukwaa.library import told  # noqa: PLC0415 - models must be ready
        from jukwaa.records.kinds import Kind, register  # noqa: PLC0415 - apps must be ready first
        from jukwaa.records.signals import purged  # noqa: PLC0415 - with its neighbours
        from jukwaa.regions import personal_data  # noqa: PLC0415 - apps must be ready first
        from jukwaa.regions.calendar import MILESTONE, days  # noqa: PLC0415 - apps must be ready first
        from jukwaa.regions.erasing import erase_deliveries, erase_voices  # noqa: PLC0415 - apps must be ready first
        from jukwaa.regions.models.observations import OBSERVATION  # noqa: PLC0415 - models must be ready
        from jukwaa.regions.observing import said_to  # noqa: PLC0415 - models must be ready

        register(
            Kind(name="outreach-plan", label=_("Outreach plan"), url_name="regions:outreach_detail"),
        )
        taken_along.register("invitations_written", personal_data.invitations)
        taken_along.register("said_to_know_somebody", personal_data.acquaintances)
        taken_along.register("invitations_answered", personal_data.answers)
        told.register(OBSERVATION, _("What others of the region see"), said_to)
        purged.connect(erase_voices)
        purged.connect(erase_deliveries)
        register_dates("outreach-plan", _("Day of an outreach plan"), days)
        register_dates(MILESTONE, _("To be done before"), days)
