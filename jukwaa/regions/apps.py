from django.apps import AppConfig


class RegionsConfig(AppConfig):
    name = "jukwaa.regions"
    label = "regions"

    def ready(self) -> None:
        from jukwaa.accounts import personal_data as taken_along  # noqa: PLC0415 - apps must be ready first
        from jukwaa.records.signals import purged  # noqa: PLC0415 - with its neighbours
        from jukwaa.regions import personal_data  # noqa: PLC0415 - apps must be ready first
        from jukwaa.regions.erasing import erase_deliveries, erase_voices  # noqa: PLC0415 - apps must be ready first

        taken_along.register("invitations_written", personal_data.invitations)
        taken_along.register("said_to_know_somebody", personal_data.acquaintances)
        taken_along.register("invitations_answered", personal_data.answers)
        purged.connect(erase_voices)
        purged.connect(erase_deliveries)
