from django.apps import AppConfig


class CooperationConfig(AppConfig):
    name = "jukwaa.cooperation"
    label = "cooperation"
