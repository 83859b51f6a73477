from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "jukwaa.config"
    label = "config"
