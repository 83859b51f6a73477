from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "jukwaa.events"
    label = "events"
