from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RecordsConfig(AppConfig):
    name = "jukwaa.records"
    label = "records"

    def ready(self) -> None:
        from jukwaa.records.kinds import Kind, register  # noqa: PLC0415 - apps must be ready first

        register(Kind(name="document", label=_("Document"), url_name="records:document_detail"))
