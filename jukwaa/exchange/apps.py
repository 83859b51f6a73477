from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "jukwaa.exchange"
    label = "exchange"
