from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "jukwaa.library"
    label = "library"
