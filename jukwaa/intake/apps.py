from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "jukwaa.intake"
    label = "intake"
