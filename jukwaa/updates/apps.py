from django.apps import AppConfig


class UpdatesConfig(AppConfig):
    name = "jukwaa.updates"
    label = "updates"
