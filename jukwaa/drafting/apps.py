from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DraftingConfig(AppConfig):
    name = "jukwaa.drafting"
    label = "drafting"

    def ready(self) -> None:
        from jukwaa.drafting.calendar import calls, consultations  # noqa: PLC0415 - apps must be ready first
        from jukwaa.drafting.erasing import erase_quotes, hide_quotes  # noqa: PLC0415 - apps must be ready first
        from jukwaa.events.calendar_sources import register as register_dates  # noqa: PLC0415 - apps must be ready first
        from jukwaa.records.kinds import Kind, register  # noqa: PLC0415 - apps must be ready first
        from jukwaa.records.signals import closed, purged, relabelled  # noqa: PLC0415 - with its neighbours

        register(
            Kind(name="text", label=_("Text"), url_name="drafting:text_detail", part_url_name="drafting:clause_detail")
        )
        register_dates("consultation", _("Last day for inputs"), consultations)
        register_dates("call", _("Last day for positions"), calls)
        closed.connect(hide_quotes)
        relabelled.connect(hide_quotes)
        purged.connect(erase_quotes)
