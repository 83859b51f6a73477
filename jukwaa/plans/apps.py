from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "jukwaa.plans"
    label = "plans"
