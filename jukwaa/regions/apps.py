from django.apps import AppConfig


class RegionsConfig(AppConfig):
    name = "jukwaa.regions"
    label = "regions"
