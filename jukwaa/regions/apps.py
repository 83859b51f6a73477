from django.apps import AppConfig


class RegionsConfig(AppConfig):
    name = "jukwaa.regions"
    label = "regions"

    def ready(self) -> None:
        from jukwaa.records.signals import purged  # noqa: PLC0415 - with its neighbours
        from jukwaa.regions.erasing import erase_deliveries, erase_voices  # noqa: PLC0415 - apps must be ready first

        purged.connect(erase_voices)
        purged.connect(erase_deliveries)
