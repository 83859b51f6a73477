from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "jukwaa.core"
    label = "core"
