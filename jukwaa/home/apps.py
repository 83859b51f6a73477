from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "jukwaa.home"
    label = "home"
