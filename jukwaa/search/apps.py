from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "jukwaa.search"
    label = "search"
