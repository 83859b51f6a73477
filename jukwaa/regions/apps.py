from django.apps import AppConfig


class RegionsConfig(AppConfig):
    name = "jukwaa.regions"
    label = "regions"

    def ready(self) -> None:
        from jukwaa.records.signals import record_purged  # noqa: PLC0415 - with its neighbours
        from jukwaa.regions.erasure import erase_record_deliveries, erase_record_voices  # noqa: PLC0415 - apps must be ready first

        record_purged.connect(erase_record_voices)
        record_purged.connect(erase_record_deliveries)
