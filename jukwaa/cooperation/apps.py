from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CooperationConfig(AppConfig):
    name = "jukwaa.cooperation"
    label = "cooperation"

    def ready(self) -> None:
        from jukwaa.cooperation.calendar import deliverables, last_days  # noqa: PLC0415 - apps must be ready first
        from jukwaa.events.calendar_sources import register as register_dates  # noqa: PLC0415 - apps must be ready first
        from jukwaa.records.kinds import Kind, register  # noqa: PLC0415 - apps must be ready first

        register(
            Kind(name="help-offered", label=_("Help offered"), url_name="cooperation:offer_detail"),
            Kind(name="help-needed", label=_("Help needed"), url_name="cooperation:need_detail"),
            Kind(name="joint-work", label=_("Joint work"), url_name="cooperation:work_detail"),
        )
        register_dates("deliverable", _("To deliver"), deliverables)
        register_dates("help", _("Last day of an offer or a need"), last_days)
