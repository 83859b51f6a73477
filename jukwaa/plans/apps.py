from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "jukwaa.plans"
    label = "plans"

    def ready(self) -> None:
        from jukwaa.accounts import personal_data as taken_along  # noqa: PLC0415 - apps must be ready first
        from jukwaa.plans import personal_data  # noqa: PLC0415 - apps must be ready first

        taken_along.register("teams_of_national_plans", personal_data.teams)
        taken_along.register("said_in_national_plans", personal_data.said)
