from django.apps import AppConfig


class EligibilityConfig(AppConfig):
    name = "jukwaa.eligibility"
    label = "eligibility"
