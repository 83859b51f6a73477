from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CooperationConfig(AppConfig):
    name = "jukwaa.cooperation"
    label = "cooperation"

    def ready(self) -> None:
        from jukwaa.records.kinds import Kind, register  # noqa: PLC0415 - apps must be ready first

        register(
            Kind(name="help-offered", label=_("Help offered"), url_name="cooperation:offer_detail"),
            Kind(name="help-needed", label=_("Help needed"), url_name="cooperation:need_detail"),
            Kind(name="joint-work", label=_("Joint work"), url_name="cooperation:work_detail"),
        )
