from django.apps import AppConfig


class ProposalsConfig(AppConfig):
    name = "jukwaa.proposals"
    label = "proposals"
