from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "jukwaa.meetings"
    label = "meetings"
