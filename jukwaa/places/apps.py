from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "jukwaa.places"
    label = "places"
