from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "jukwaa.privacy"
    label = "privacy"
